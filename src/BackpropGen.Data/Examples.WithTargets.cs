using System;
using System.Globalization;

namespace BackpropGen.Data;

/// <summary>Examples, each an input and its target.</summary>
/// <typeparam name="TTarget">What a target consists of: <see cref="float"/> values, or <see cref="int"/> labels.</typeparam>
/// <typeparam name="TSelf">The set itself, so that a part of a set is of the set's type.</typeparam>
public abstract class Examples<TTarget, TSelf> : Examples
    where TSelf : Examples<TTarget, TSelf>
{
    private protected Examples(ReadOnlyMemory<float> inputs, int inputSize, ReadOnlyMemory<TTarget> targets, int targetSize, int[]? rows)
        : base(inputs, inputSize, rows)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(targetSize, 1);
        if (targets.Length != (long)StoredCount * targetSize)
        {
            throw new ArgumentException(
                string.Format(
                    CultureInfo.InvariantCulture,
                    "{0} target values for {1} examples of {2} each; expected {3}.",
                    targets.Length,
                    StoredCount,
                    targetSize,
                    (long)StoredCount * targetSize),
                nameof(targets));
        }

        Targets = targets;
        TargetSize = targetSize;
    }

    /// <summary>The memory behind this view.</summary>
    private protected ReadOnlyMemory<TTarget> Targets { get; }

    /// <summary>Target values, or labels, per example.</summary>
    public int TargetSize { get; }

    /// <summary>What belongs to an example's input, [<see cref="TargetSize"/>]: a view.</summary>
    /// <param name="example">In [0, <see cref="Examples.Count"/>).</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such example.</exception>
    public ReadOnlySpan<TTarget> Target(int example) => Targets.Span.Slice(Row(example) * TargetSize, TargetSize);

    /// <summary>Gathers the targets of some examples, in the order asked for.</summary>
    /// <param name="examples">Which, each in [0, <see cref="Examples.Count"/>).</param>
    /// <param name="destination">Receives [examples, <see cref="TargetSize"/>].</param>
    /// <exception cref="ArgumentException">The destination's length does not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such example.</exception>
    public void CopyTargets(ReadOnlySpan<int> examples, Span<TTarget> destination) => Gather(Targets.Span, TargetSize, examples, destination);

    /// <summary>A part of the set, in the order asked for; an example may stand in it more than once.</summary>
    /// <param name="examples">Which, each in [0, <see cref="Examples.Count"/>).</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such example.</exception>
    public TSelf Subset(ReadOnlySpan<int> examples)
    {
        var chosen = new int[examples.Length];
        for (int i = 0; i < chosen.Length; i++)
        {
            chosen[i] = Row(examples[i]);
        }

        return View(chosen);
    }

    /// <summary>The examples from <paramref name="start"/> on.</summary>
    /// <param name="start">The first, in [0, <see cref="Examples.Count"/>].</param>
    /// <param name="count">How many; the last must be there.</param>
    /// <exception cref="ArgumentOutOfRangeException">The part reaches beyond the set.</exception>
    public TSelf Slice(int start, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Count - start);
        var chosen = new int[count];
        for (int i = 0; i < count; i++)
        {
            chosen[i] = Row(start + i);
        }

        return View(chosen);
    }

    /// <summary>Splits the set by chance: the same seed, the same parts, on every machine.</summary>
    /// <param name="share">The first part's share, in (0, 1); rounded to whole examples, at least one in each part.</param>
    /// <param name="seed">Any number.</param>
    /// <exception cref="ArgumentOutOfRangeException">The share is not in (0, 1).</exception>
    /// <exception cref="InvalidOperationException">There are fewer than two examples.</exception>
    public (TSelf First, TSelf Second) Split(double share, int seed)
    {
        if (Count < 2)
        {
            throw new InvalidOperationException(string.Format(CultureInfo.InvariantCulture, "A set of {0} examples cannot be split; it takes two.", Count));
        }

        (int[] first, int[] second) = Shuffling.Split(Count, share, seed);
        return (Subset(first), Subset(second));
    }

    /// <summary>A copy of the targets, example by example.</summary>
    private protected TTarget[] AllTargets()
    {
        var all = new TTarget[Count * TargetSize];
        for (int i = 0; i < Count; i++)
        {
            Target(i).CopyTo(all.AsSpan(i * TargetSize, TargetSize));
        }

        return all;
    }

    private protected abstract TSelf View(int[] rows);
}
