using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace BackpropGen.Comparison;

internal enum Activation
{
    Linear,
    Relu,
    Tanh,
    Sigmoid,
}

internal enum Loss
{
    Mse,
    CrossEntropy,
}

internal enum Phase
{
    Infer,
    Train,
}

/// <summary>A perceptron: what the competitors know as a line of text, and this compiler as attributes.</summary>
/// <param name="Widths">Of the values between the layers, input and output included; at least two.</param>
/// <param name="Hidden">Between the layers.</param>
/// <param name="Output">Behind the last one.</param>
internal sealed record NetworkSpec(IReadOnlyList<int> Widths, Activation Hidden, Activation Output, Loss Loss)
{
    public int Inputs => Widths[0];

    public int Outputs => Widths[^1];

    public int Layers => Widths.Count - 1;

    /// <summary>The widths alone: <c>784-128-10</c>.</summary>
    public string Shape => string.Join('-', Widths.Select(width => width.ToString(CultureInfo.InvariantCulture)));

    /// <summary>As the competitors' programs read it: <c>784-128-10/relu/linear/cross-entropy</c>.</summary>
    public string Text => $"{Shape}/{Name(Hidden)}/{Name(Output)}/{LossName}";

    /// <summary>As a table says it: <c>784-128-10 relu, cross-entropy</c>.</summary>
    public string Description => $"{Shape} {Name(Layers > 1 ? Hidden : Output)}, {LossName}";

    private string LossName => Loss == Loss.Mse ? "mse" : "cross-entropy";

    /// <summary>Plain gradient descent, as the competitors do it.</summary>
    /// <param name="rate">The declared learning rate.</param>
    public string Attributes(string rate)
    {
        IEnumerable<string> layers = Enumerable.Range(0, Layers).SelectMany(l => new[]
        {
            FormattableString.Invariant($"Affine({Widths[l]}, {Widths[l + 1]})"),
            (l == Layers - 1 ? Output : Hidden) is var activation && activation == Activation.Linear ? string.Empty : activation.ToString(),
        });
        return string.Join(' ', layers.Where(l => l.Length > 0).Append(Loss + "Loss").Append($"Sgd({rate})").Select(l => $"[{l}]"));
    }

    /// <summary>Floating-point operations of the matrix products of one call; none for dX of the first layer, which nobody reads.</summary>
    public double Flop(Phase phase, int batch)
    {
        double forward = Enumerable.Range(0, Layers).Sum(l => (double)Widths[l] * Widths[l + 1]);
        return 2 * batch * (phase == Phase.Infer ? forward : 3 * forward - (double)Widths[0] * Widths[1]);
    }

    private static string Name(Activation activation) => activation switch
    {
        Activation.Linear => "linear",
        Activation.Relu => "relu",
        Activation.Tanh => "tanh",
        _ => "sigmoid",
    };
}

/// <summary>One thing to measure.</summary>
/// <param name="Batch">Samples per call.</param>
internal sealed record Workload(NetworkSpec Network, Phase Phase, int Batch)
{
    public string PhaseName => Phase == Phase.Infer ? "infer" : "train";

    public double Flop => Network.Flop(Phase, Batch);
}
