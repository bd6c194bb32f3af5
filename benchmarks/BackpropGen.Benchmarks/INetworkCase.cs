using System;
using System.Collections.Generic;

namespace BackpropGen.Benchmarks;

/// <summary>A network of this compiler, and what its opponents have to know of it. A struct, so that the benchmark's calls are direct ones.</summary>
public interface INetworkCase
{
    /// <summary>Of the values between the layers, input and output included.</summary>
    IReadOnlyList<int> Widths { get; }

    /// <summary>Between the layers.</summary>
    Activation Hidden { get; }

    /// <summary>Behind the last one; with <see cref="Activation.None"/> the loss is the cross-entropy of logits, otherwise the mean squared error.</summary>
    Activation Output { get; }

    /// <summary>Samples of a training step.</summary>
    int Batch { get; }

    ITrainable Network { get; }

    void Forward(ReadOnlySpan<float> input, Span<float> output);

    float TrainStep(ReadOnlySpan<float> input, ReadOnlySpan<float> targets, ReadOnlySpan<int> labels);
}

public enum Activation
{
    None,
    Relu,
    Tanh,
    Sigmoid,
}
