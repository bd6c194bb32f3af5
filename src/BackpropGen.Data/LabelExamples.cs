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

    /// <summary>Examples of an array; copied.</summary>
    /// <param name="inputs">[n, input size].</param>
    /// <param name="labels">[n], none negative.</param>
    /// <param name="classNames">What the classes are called, by index; null where they have no names.</param>
    /// <exception cref="ArgumentException">There are more or fewer labels than inputs, inputs have no values, or a label is no class.</exception>
    public static LabelExamples From(float[,] inputs, ReadOnlySpan<int> labels, IReadOnlyList<string>? classNames = null)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        CheckRows(inputs.GetLength(0), labels.Length, nameof(labels));
        return new LabelExamples(Copied(inputs), inputs.GetLength(1), labels.ToArray(), classNames);
    }

    /// <summary>Examples of records, one after the other.</summary>
    /// <typeparam name="TRecord">The records' type.</typeparam>
    /// <param name="records">The records.</param>
    /// <param name="inputSize">Values per example, at least 1.</param>
    /// <param name="input">Writes a record's input: <c>(flower, x) => { x[0] = flower.Length; x[1] = flower.Width; }</c>.</param>
    /// <param name="label">A record's class, not negative.</param>
    /// <param name="classNames">What the classes are called, by index; null where they have no names.</param>
    /// <exception cref="ArgumentException">A label is no class.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The size is below 1.</exception>
    public static LabelExamples From<TRecord>(
        IEnumerable<TRecord> records, int inputSize, SampleWriter<TRecord> input, Func<TRecord, int> label, IReadOnlyList<string>? classNames = null)
    {
        ArgumentNullException.ThrowIfNull(records);
        ArgumentNullException.ThrowIfNull(label);
        var labels = new List<int>();
        float[] inputs = Written(records, inputSize, input, record => labels.Add(label(record)));
        return new LabelExamples(inputs, inputSize, labels.ToArray(), classNames);
    }

    /// <summary>The same examples with their inputs scaled: a copy.</summary>
    /// <param name="inputs">Fitted on the training part.</param>
    /// <exception cref="ArgumentException">The scaling is of another number of values.</exception>
    public LabelExamples Scaled(Scaling inputs) => new(ScaledInputs(inputs), InputSize, AllTargets(), TargetSize, ClassNames, null);

    private protected override LabelExamples View(int[] rows) => new(Inputs, InputSize, Targets, TargetSize, ClassNames, rows);
}
