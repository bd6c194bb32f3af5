using System;
using System.Linq;

namespace BackpropGen.Compiler.Tests;

/// <summary>Samples for a network, with values and with labels to compare its outputs with, where it takes them.</summary>
internal sealed record Batch(int Samples, float[] Input, float[] Target, int[] Labels)
{
    public static Batch Of(EmittedNetwork network, int samples, int seed = 1)
    {
        var random = new Random(seed);
        LossAttribute? loss = network.Truth.Shape.Loss?.Attribute;
        return new Batch(
            samples,
            Values(random, samples * network.InputSize, -2, 2),
            loss is null || loss.Targets == TargetKind.None ? [] : Values(random, samples * network.OutputSize, 0, 1),
            loss?.Targets == TargetKind.ValuesOrLabels
                ? Enumerable.Range(0, samples * network.Truth.Positions).Select(_ => random.Next(network.Truth.Shape.Output.Classes)).ToArray()
                : []);
    }

    public static float[] Values(Random random, int count, double from, double to) =>
        Enumerable.Range(0, count).Select(_ => (float)(from + ((to - from) * random.NextDouble()))).ToArray();

    public float Loss(EmittedNetwork network) =>
        network.OnLabels is { } onLabels ? onLabels.Loss(Input, Labels) : network.OnValues!.Loss(Input, Target);

    public float Backward(EmittedNetwork network, float[]? inputGradient = null) =>
        network.OnLabels is { } onLabels ? onLabels.Backward(Input, Labels, inputGradient) : network.OnValues!.Backward(Input, Target, inputGradient);

    public float TrainStep(EmittedNetwork network) =>
        network.OnLabels is { } onLabels ? onLabels.TrainStep!(Input, Labels) : network.OnValues!.TrainStep!(Input, Target);
}
