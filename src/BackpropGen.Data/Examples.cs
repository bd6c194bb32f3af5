using System;
using System.Collections.Generic;
using System.Globalization;
using System.Runtime.InteropServices;

namespace BackpropGen.Data;

/// <summary>
/// Examples to learn from: an input each, and what belongs to it (<see cref="LabelExamples"/>, <see cref="TargetExamples"/>). A view:
/// the values stay where they are, and a part of a set is a list of its rows. Immutable as long as nobody writes to the memory behind it.
/// </summary>
public abstract class Examples
{
    private readonly int[]? rows;

    private protected Examples(ReadOnlyMemory<float> inputs, int inputSize, int[]? rows)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputSize, 1);
        if (inputs.Length % inputSize != 0)
        {
            throw new ArgumentException(
                string.Format(CultureInfo.InvariantCulture, "{0} input values are no whole number of examples of {1} values.", inputs.Length, inputSize),
                nameof(inputs));
        }

        Inputs = inputs;
        this.rows = rows;
        InputSize = inputSize;
        StoredCount = inputs.Length / inputSize;
    }

    /// <summary>How many examples there are.</summary>
    public int Count => rows?.Length ?? StoredCount;

    /// <summary>Values per example that go into the network.</summary>
    public int InputSize { get; }

    /// <summary>The memory behind this view: [<see cref="StoredCount"/>, <see cref="InputSize"/>].</summary>
    private protected ReadOnlyMemory<float> Inputs { get; }

    /// <summary>How many examples lie in the memory behind this view.</summary>
    private protected int StoredCount { get; }

    /// <summary>An example's input, [<see cref="InputSize"/>]: a view.</summary>
    /// <param name="example">In [0, <see cref="Count"/>).</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such example.</exception>
    public ReadOnlySpan<float> Input(int example) => Inputs.Span.Slice(Row(example) * InputSize, InputSize);

    /// <summary>Gathers the inputs of some examples, in the order asked for.</summary>
    /// <param name="examples">Which, each in [0, <see cref="Count"/>).</param>
    /// <param name="destination">Receives [examples, <see cref="InputSize"/>].</param>
    /// <exception cref="ArgumentException">The destination's length does not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such example.</exception>
    public void CopyInputs(ReadOnlySpan<int> examples, Span<float> destination) => Gather(Inputs.Span, InputSize, examples, destination);

    /// <summary>Where an example lies in the memory behind this view.</summary>
    private protected int Row(int example)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(example);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(example, Count);
        return rows is null ? example : rows[example];
    }

    private protected static void CheckRows(int inputs, int others, string name)
    {
        if (inputs != others)
        {
            throw new ArgumentException(string.Format(CultureInfo.InvariantCulture, "{0} {1} for {2} inputs; expected {2}.", others, name, inputs), name);
        }
    }

    private protected static float[] Copied(float[,] values) => values.Length == 0 ? [] : MemoryMarshal.CreateSpan(ref values[0, 0], values.Length).ToArray();

    /// <summary>The inputs of records, each of which is then given to <paramref name="rest"/>.</summary>
    private protected static float[] Written<TRecord>(IEnumerable<TRecord> records, int inputSize, SampleWriter<TRecord> input, Action<TRecord> rest)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentOutOfRangeException.ThrowIfLessThan(inputSize, 1);
        var inputs = new List<float>();
        foreach (TRecord record in records)
        {
            input(record, Grown(inputs, inputSize));
            rest(record);
        }

        return [.. inputs];
    }

    /// <summary>So many zeros more at the end of a list.</summary>
    private protected static Span<float> Grown(List<float> values, int count)
    {
        int start = values.Count;
        CollectionsMarshal.SetCount(values, start + count);
        Span<float> added = CollectionsMarshal.AsSpan(values)[start..];
        added.Clear();
        return added;
    }

    /// <summary>A copy of the inputs, example by example, scaled where there is a scaling.</summary>
    private protected float[] ScaledInputs(Scaling? scaling)
    {
        if (scaling is not null)
        {
            CheckSize(scaling, InputSize, "inputs");
        }

        var all = new float[Count * InputSize];
        for (int i = 0; i < Count; i++)
        {
            Input(i).CopyTo(all.AsSpan(i * InputSize, InputSize));
        }

        scaling?.ApplyInPlace(all);
        return all;
    }

    private protected static void CheckSize(Scaling scaling, int size, string name)
    {
        if (scaling.Size != size)
        {
            throw new ArgumentException(
                string.Format(CultureInfo.InvariantCulture, "A scaling of {0} values for {1} of {2} values each; expected one of {2}.", scaling.Size, name, size), name);
        }
    }

    private protected void Gather<T>(ReadOnlySpan<T> source, int size, ReadOnlySpan<int> examples, Span<T> destination)
    {
        if (destination.Length != (long)examples.Length * size)
        {
            throw new ArgumentException(
                string.Format(
                    CultureInfo.InvariantCulture,
                    "The destination holds {0} values; {1} examples of {2} values need {3}.",
                    destination.Length,
                    examples.Length,
                    size,
                    (long)examples.Length * size),
                nameof(destination));
        }

        for (int i = 0; i < examples.Length; i++)
        {
            source.Slice(Row(examples[i]) * size, size).CopyTo(destination.Slice(i * size, size));
        }
    }
}
