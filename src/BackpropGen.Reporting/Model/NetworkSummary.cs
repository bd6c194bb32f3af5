using System;
using System.Collections.Generic;

namespace BackpropGen.Reporting;

/// <summary>A network after its training. Immutable.</summary>
/// <param name="Name">Its class.</param>
/// <param name="InputSize">Values per sample that go in.</param>
/// <param name="OutputSize">Values per sample that come out.</param>
/// <param name="ParameterCount">Frozen ones included.</param>
/// <param name="Fingerprint">Of the architecture.</param>
/// <param name="StepCount">Steps taken since the network was initialized.</param>
/// <param name="Layers">The attributes as written; empty where they cannot be told.</param>
/// <param name="Tensors">In the network's order.</param>
/// <param name="GradientExamples">How many examples the gradients were taken on; 0 where they were not.</param>
internal sealed record NetworkSummary(
    string Name,
    int InputSize,
    int OutputSize,
    int ParameterCount,
    string Fingerprint,
    long StepCount,
    IReadOnlyList<DeclaredLayer> Layers,
    IReadOnlyList<TensorSummary> Tensors,
    int GradientExamples)
{
    /// <summary>Of a network as it is now. Gradients are taken on some of the examples; the network is left as it was.</summary>
    public static NetworkSummary Of(ITrainable network, Data.Examples? examples)
    {
        int gradientExamples = 0;
        float[]? gradients = examples is null ? null : GradientProbe.Take(network, examples, out gradientExamples);
        var tensors = new List<TensorSummary>();
        foreach (NetworkTensor tensor in network.Tensors)
        {
            tensors.Add(new TensorSummary(
                tensor,
                Histogram.Of(network.Parameters.Slice(tensor.Offset, tensor.Length)),
                gradients is null || !tensor.IsTrainable ? null : Histogram.Of(gradients.AsSpan(tensor.Offset, tensor.Length))));
        }

        return new NetworkSummary(
            network.GetType().Name,
            network.InputSize,
            network.OutputSize,
            network.Parameters.Length,
            network.Fingerprint,
            network.StepCount,
            DeclaredLayer.Of(network),
            tensors,
            gradientExamples);
    }
}
