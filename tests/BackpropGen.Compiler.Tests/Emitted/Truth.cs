using System;
using System.Collections.Generic;
using System.Linq;

namespace BackpropGen.Compiler.Tests;

/// <summary>What a network computes, from its statements as the layers state them, in double and one element after another.</summary>
internal sealed class Truth
{
    public Truth(NetworkDeclaration declaration)
    {
        (IReadOnlyList<ShapeError> errors, NetworkShape shape) = ShapeWalk.Walk(declaration.Layers);
        if (errors.Count > 0)
        {
            throw new InvalidOperationException(errors[0].Message);
        }

        Shape = shape;
    }

    public NetworkShape Shape { get; }

    /// <summary>Labels per sample.</summary>
    public int Positions => (int)(Shape.Output.Size / Shape.Output.Classes);

    /// <summary>Forward, and backward from the loss where <paramref name="target"/> or <paramref name="labels"/> is given or the loss reads none.</summary>
    public Result Run(ReadOnlySpan<float> parameters, float[] input, float[]? target = null, int[]? labels = null) =>
        Run(parameters, input, target, labels, null);

    /// <summary>Forward, and backward from the given gradient of the output.</summary>
    public Result RunFrom(ReadOnlySpan<float> parameters, float[] input, float[] outputGradient) =>
        Run(parameters, input, null, null, outputGradient);

    private Result Run(ReadOnlySpan<float> parameters, float[] input, float[]? target, int[]? labels, float[]? outputGradient)
    {
        Network network = Network.Define(Shape);
        int samples = input.Length / (int)Shape.Input.Size;
        var interpreter = new Interpreter(samples) { [network.Input] = Wide(input) };
        foreach (Tensor tensor in network.Parameters)
        {
            interpreter[tensor] = Wide(parameters.Slice(tensor.Slot!.Offset, tensor.Slot.Length));
        }

        interpreter.Run(network.Forward);
        var dy = new Tensor("dy", TensorRole.OutputGradient, ElementKind.F32, [.. network.Output.Extents]);
        var dx = new Tensor("dx", TensorRole.InputGradient, ElementKind.F32, [.. network.Input.Extents]);
        double loss = double.NaN;
        if (outputGradient is not null)
        {
            interpreter[dy] = Wide(outputGradient);
        }
        else
        {
            var defined = new DefinedLoss(network, Shape.Loss!, labels is not null);
            if (defined.Target is not null)
            {
                interpreter[defined.Target] = Wide(target);
            }
            else if (defined.Labels is not null)
            {
                interpreter[defined.Labels] = labels!.Select(l => (double)l).ToArray();
            }

            interpreter.Run(defined.Forward);
            interpreter.Run([new Statement(defined.G, default, defined.Factor, Store.Assign, new Origin(-1, "Factor"))]);
            loss = interpreter[defined.Total][0] * interpreter[defined.G][0];
            interpreter.Run(defined.Backward(dy));
        }

        interpreter.Run(network.Backward(dy, dx));
        var gradients = new double[parameters.Length];
        foreach (Tensor tensor in network.Parameters.Where(p => p.Slot!.IsTrainable))
        {
            interpreter[network.GradientOf(tensor)].CopyTo(gradients, tensor.Slot!.Offset);
        }

        return new Result(interpreter[network.Output], loss, interpreter[dy], gradients, interpreter[dx]);
    }

    private static double[] Wide(ReadOnlySpan<float> values)
    {
        var wide = new double[values.Length];
        for (int i = 0; i < wide.Length; i++)
        {
            wide[i] = values[i];
        }

        return wide;
    }

    public sealed record Result(double[] Output, double Loss, double[] OutputGradient, double[] ParameterGradients, double[] InputGradient);
}
