using System;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using BackpropGen.Data;

namespace BackpropGen.Training;

internal sealed class TargetBatch<TNetwork>(TNetwork network, TargetExamples examples, string what) : Batch(network, examples, what)
    where TNetwork : ITargetTrainable
{
    private float[] targets = [];

    // Empty for a loss that reads no target, which would refuse one.
    private ReadOnlySpan<float> Targets => ReadsTarget ? AllTargets : default;

    private ReadOnlySpan<float> AllTargets => targets.AsSpan(0, Count * examples.TargetSize);

    private bool ReadsTarget { get; } = network is not IDeclaredLoss { ReadsTarget: false };

    public override void Allocate(int capacity)
    {
        base.Allocate(capacity);
        targets = new float[checked(capacity * examples.TargetSize)];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override float TrainStep() => network.TrainStep(Inputs, Targets);

    public override float Backward() => network.Backward(Inputs, Targets);

    public override float Loss() => network.Loss(Inputs, Targets);

    public override MetricBatch Examine()
    {
        network.Forward(Inputs, Outputs);
        return new MetricBatch(Shape, Count, Outputs, AllTargets, default);
    }

    public override int FindNonFiniteTarget() => ReadsTarget ? NonFinite.IndexIn(AllTargets) : -1;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void GatherTargets(ReadOnlySpan<int> order) => examples.CopyTargets(order, targets.AsSpan(0, order.Length * examples.TargetSize));

    protected override void AppendTarget(IncrementalHash hash, int example) =>
        hash.AppendData(System.Runtime.InteropServices.MemoryMarshal.AsBytes(examples.Target(example)));

    protected override MetricShape CheckTargets(bool checksValues)
    {
        if (examples.TargetSize != network.OutputSize)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"The {What} examples have {examples.TargetSize} target values each; the network puts out {network.OutputSize}."), What);
        }

        if (checksValues)
        {
            for (int i = 0; i < examples.Count; i++)
            {
                RequireFinite(examples.Target(i), i, "Target");
            }
        }

        int classes = Declared is { Classes: > 0 } ? Declared.Classes : network.OutputSize;
        int stride = Declared is { ClassStride: > 0 } ? Declared.ClassStride : 1;
        return new MetricShape(network.OutputSize, false, classes, stride, examples.Target(0).ToArray());
    }
}
