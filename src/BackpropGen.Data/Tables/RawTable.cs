using System;
using System.Collections.Generic;
using System.Globalization;

namespace BackpropGen.Data;

/// <summary>
/// Rows with typed columns, as they were read: what is missing is not filled in yet, and categories are texts. A part of it is a view of the same rows.
/// <see cref="TableEncoding"/> makes examples of it, from what it has learned of the training part alone. Immutable.
/// </summary>
public sealed class RawTable
{
    private readonly int[]? _rows;

    internal RawTable(TableContent content, int[]? rows)
    {
        Content = content;
        _rows = rows;
    }

    internal TableContent Content { get; }

    /// <summary>The columns that were asked for, in that order.</summary>
    public IReadOnlyList<Column> Columns => Content.Columns;

    /// <summary>How many rows there are.</summary>
    public int Count => _rows?.Length ?? Content.Lines.Count;

    /// <summary>How many rows of the file were left out because a value was missing: of the file, not of a part.</summary>
    public int DroppedRows => Content.DroppedRows;

    /// <summary>The line of the file that a row starts on, from 1.</summary>
    /// <param name="row">In [0, <see cref="Count"/>).</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public int Line(int row) => Content.Lines[Stored(row)][0];

    /// <summary>Splits the rows by chance: the same seed, the same parts, on every machine, and the same as <see cref="Examples{TTarget, TSelf}.Split"/> of as many examples.</summary>
    /// <param name="share">The first part's share, in (0, 1); rounded to whole rows, at least one in each part.</param>
    /// <param name="seed">Any number.</param>
    /// <exception cref="ArgumentOutOfRangeException">The share is not in (0, 1).</exception>
    /// <exception cref="InvalidOperationException">There are fewer than two rows.</exception>
    public (RawTable First, RawTable Second) Split(double share, int seed)
    {
        if (Count < 2)
        {
            throw new InvalidOperationException(string.Format(CultureInfo.InvariantCulture, "A table of {0} rows cannot be split; it takes two.", Count));
        }

        (int[] first, int[] second) = Shuffling.Split(Count, share, seed);
        return (Subset(first), Subset(second));
    }

    /// <summary>Some of the rows, in the order asked for; a row may stand there more than once.</summary>
    /// <param name="rows">Which, each in [0, <see cref="Count"/>).</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public RawTable Subset(ReadOnlySpan<int> rows)
    {
        var chosen = new int[rows.Length];
        for (int i = 0; i < chosen.Length; i++)
        {
            chosen[i] = Stored(rows[i]);
        }

        return new RawTable(Content, chosen);
    }

    /// <summary>The rows from <paramref name="start"/> on.</summary>
    /// <param name="start">The first, in [0, <see cref="Count"/>].</param>
    /// <param name="count">How many; the last must be there.</param>
    /// <exception cref="ArgumentOutOfRangeException">The part reaches beyond the table.</exception>
    public RawTable Slice(int start, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Count - start);
        var chosen = new int[count];
        for (int i = 0; i < count; i++)
        {
            chosen[i] = Stored(start + i);
        }

        return new RawTable(Content, chosen);
    }

    /// <summary>Where a row lies in <see cref="Content"/>.</summary>
    internal int Stored(int row)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, Count);
        return _rows is null ? row : _rows[row];
    }
}
