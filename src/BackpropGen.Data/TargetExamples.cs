using System;
using System.Collections.Generic;

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

    /// <summary>Examples of arrays; copied.</summary>
    /// <param name="inputs">[n, input size].</param>
    /// <param name="targets">[n, target size].</param>
    /// <exception cref="ArgumentException">The arrays have different numbers of rows, or rows without values.</exception>
    public static TargetExamples From(float[,] inputs, float[,] targets)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(targets);
        CheckRows(inputs.GetLength(0), targets.GetLength(0), nameof(targets));
        return new TargetExamples(Copied(inputs), inputs.GetLength(1), Copied(targets), targets.GetLength(1));
    }

    /// <summary>Examples of records, one after the other.</summary>
    /// <typeparam name="TRecord">The records' type.</typeparam>
    /// <param name="records">The records.</param>
    /// <param name="inputSize">Values per example, at least 1.</param>
    /// <param name="input">Writes a record's input: <c>(car, x) => { x[0] = car.Weight; x[1] = car.Year; }</c>.</param>
    /// <param name="targetSize">Values per target, at least 1.</param>
    /// <param name="target">Writes a record's target.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1.</exception>
    public static TargetExamples From<TRecord>(IEnumerable<TRecord> records, int inputSize, SampleWriter<TRecord> input, int targetSize, SampleWriter<TRecord> target)
    {
        ArgumentNullException.ThrowIfNull(records);
        ArgumentNullException.ThrowIfNull(target);
        ArgumentOutOfRangeException.ThrowIfLessThan(targetSize, 1);
        var targets = new List<float>();
        float[] inputs = Written(records, inputSize, input, record => target(record, Grown(targets, targetSize)));
        return new TargetExamples(inputs, inputSize, targets.ToArray(), targetSize);
    }

    /// <summary>The same examples with their inputs and targets scaled: a copy.</summary>
    /// <param name="inputs">Fitted on the training part; null leaves them.</param>
    /// <param name="targets">Fitted on the training part; null leaves them.</param>
    /// <exception cref="ArgumentException">A scaling is of another number of values.</exception>
    public TargetExamples Scaled(Scaling? inputs, Scaling? targets = null)
    {
        float[] scaled = AllTargets();
        if (targets is not null)
        {
            CheckSize(targets, TargetSize, nameof(targets));
            targets.ApplyInPlace(scaled);
        }

        return new TargetExamples(ScaledInputs(inputs), InputSize, scaled, TargetSize);
    }

    private protected override TargetExamples View(int[] rows) => new(Inputs, InputSize, Targets, TargetSize, rows);
}
