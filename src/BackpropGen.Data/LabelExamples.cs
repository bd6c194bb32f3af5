using System;
using System.Collections.Generic;

namespace BackpropGen.Data;

/// <summary>Examples of classes: an input each, and the index of its class (or of one class per position, where a sample has several).</summary>
public sealed class LabelExamples : Examples<int, LabelExamples>
{
    /// <summary>A view of examples in memory; nothing is copied.</summary>
    /// <param name="inputs">[n, <paramref name="inputSize"/>], row-major.</param>
    /// <param name="inputSize">Values per example, at least 1.</param>
    /// <param name="labels">[n, <paramref name="labelsPerExample"/>], none negative.</param>
    /// <param name="classNames">What the classes are called, by index; null where they have no names.</param>
    /// <param name="labelsPerExample">More than 1 where a sample has several positions.</param>
    /// <exception cref="ArgumentException">Lengths do not fit together, or a label is no class.</exception>
    public LabelExamples(
        ReadOnlyMemory<float> inputs, int inputSize, ReadOnlyMemory<int> labels, IReadOnlyList<string>? classNames = null, int labelsPerExample = 1)
        : this(inputs, inputSize, labels, labelsPerExample, classNames, null)
    {
        ReadOnlySpan<int> all = labels.Span;
        for (int i = 0; i < all.Length; i++)
        {
            if (all[i] < 0 || (classNames is not null && all[i] >= classNames.Count))
            {
                throw new ArgumentException(
                    FormattableString.Invariant($"Label {i} is {all[i]}; expected a class in [0, {classNames?.Count ?? int.MaxValue})."), nameof(labels));
            }
        }
    }

    private LabelExamples(
        ReadOnlyMemory<float> inputs, int inputSize, ReadOnlyMemory<int> labels, int labelsPerExample, IReadOnlyList<string>? classNames, int[]? rows)
        : base(inputs, inputSize, labels, labelsPerExample, rows) => ClassNames = classNames;

    /// <summary>What the classes are called, by index; null where they have no names.</summary>
    public IReadOnlyList<string>? ClassNames { get; }

    private protected override LabelExamples View(int[] rows) => new(Inputs, InputSize, Targets, TargetSize, ClassNames, rows);
}
