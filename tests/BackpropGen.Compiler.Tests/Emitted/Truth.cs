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

    /// <summary>dL/doutput at the given outputs, as a user computes it for <c>BackwardFrom</c>.</summary>
    public float[] OutputGradient(float[] output, float[]? target, int[]? labels)
    {
        Network network = Network.Define(Shape);
        var interpreter = new Interpreter(output.Length / (int)Shape.Output.Size) { [network.Output] = Wide(output) };
        (_, Tensor dy) = RunLoss(interpreter, network, target, labels);
        return [.. interpreter[dy].Select(v => (float)v)];
    }

    /// <summary>Forward, and backward from the loss against <paramref name="target"/> or <paramref name="labels"/>.</summary>
    public Result Run(ReadOnlySpan<float> parameters, float[] input, float[]? target = null, int[]? labels = null)
    {
        Network network = Network.Define(Shape);
        var interpreter = new Interpreter(input.Length / (int)Shape.Input.Size) { [network.Input] = Wide(input) };
        foreach (Tensor tensor in network.Parameters)
        {
            interpreter[tensor] = Wide(parameters.Slice(tensor.Slot!.Offset, tensor.Slot.Length));
        }

        interpreter.Run(network.Forward);
        (double loss, Tensor dy) = RunLoss(interpreter, network, target, labels);
        var dx = new Tensor("dx", TensorRole.InputGradient, ElementKind.F32, [.. network.Input.Extents]);
        interpreter.Run(network.Backward(dy, dx));
        var gradients = new double[parameters.Length];
        foreach (Tensor tensor in network.Parameters.Where(p => p.Slot!.IsTrainable))
        {
            interpreter[network.GradientOf(tensor)].CopyTo(gradients, tensor.Slot!.Offset);
        }

        return new Result(interpreter[network.Output], loss, gradients, interpreter[dx]);
    }

    private (double Loss, Tensor OutputGradient) RunLoss(Interpreter interpreter, Network network, float[]? target, int[]? labels)
    {
        var loss = new DefinedLoss(network, Shape.Loss!, labels is not null);
        if (loss.Target is not null)
        {
            interpreter[loss.Target] = Wide(target);
        }
        else if (loss.Labels is not null)
        {
            interpreter[loss.Labels] = labels!.Select(l => (double)l).ToArray();
        }

        interpreter.Run(loss.Forward);
        interpreter.Run([new Statement(loss.G, default, loss.Factor, Store.Assign, new Origin(-1, "Factor"))]);
        var dy = new Tensor("dy", TensorRole.OutputGradient, ElementKind.F32, [.. network.Output.Extents]);
        interpreter.Run(loss.Backward(dy));
        return (interpreter[loss.Total][0] * interpreter[loss.G][0], dy);
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

    public sealed record Result(double[] Output, double Loss, double[] ParameterGradients, double[] InputGradient);
}
