using System;

namespace BackpropGen.Data;

/// <summary>Examples of values: an input each, and the output that belongs to it.</summary>
public sealed class TargetExamples : Examples<float, TargetExamples>
{
    /// <summary>A view of examples in memory; nothing is copied.</summary>
    /// <param name="inputs">[n, <paramref name="inputSize"/>], row-major.</param>
    /// <param name="inputSize">Values per example, at least 1.</param>
    /// <param name="targets">[n, <paramref name="targetSize"/>], row-major.</param>
    /// <param name="targetSize">Values per target, at least 1.</param>
    /// <exception cref="ArgumentException">Lengths do not fit together.</exception>
    public TargetExamples(ReadOnlyMemory<float> inputs, int inputSize, ReadOnlyMemory<float> targets, int targetSize)
        : base(inputs, inputSize, targets, targetSize, null)
    {
    }

    private TargetExamples(ReadOnlyMemory<float> inputs, int inputSize, ReadOnlyMemory<float> targets, int targetSize, int[] rows)
        : base(inputs, inputSize, targets, targetSize, rows)
    {
    }

    private protected override TargetExamples View(int[] rows) => new(Inputs, InputSize, Targets, TargetSize, rows);
}
