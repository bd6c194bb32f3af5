using System;

namespace BackpropGen.Comparison;

/// <summary>
/// A network under measurement, and loops of calls to it. Every compiled network gets a subclass of its own, so that the calls are those
/// of a user's program: direct ones to the class's public members.
/// </summary>
public abstract class Subject
{
    /// <summary>The network, for its parameters and its learning rate.</summary>
    public abstract ITrainable Network { get; }

    /// <summary>That many times <c>Forward</c>.</summary>
    public abstract void Infer(ReadOnlySpan<float> input, Span<float> output, int calls);

    /// <summary>That many times <c>TrainStep</c>, on what the network's loss takes.</summary>
    /// <returns>The loss of the last step.</returns>
    public abstract float Train(ReadOnlySpan<float> input, ReadOnlySpan<float> targets, ReadOnlySpan<int> labels, int calls);
}
