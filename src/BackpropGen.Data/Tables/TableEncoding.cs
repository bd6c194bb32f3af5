using System;
using System.Collections.Generic;
using System.Linq;

namespace BackpropGen.Data;

/// <summary>
/// How rows become examples: a number is a feature, a category as many as there are categories. What this takes from the data (categories, classes, means
/// and medians in place of what is missing) comes from the table that it is fitted on, the training part, and from no other. Immutable.
/// </summary>
public sealed class TableEncoding
{
    private readonly FeatureGroup[] _inputs;
    private readonly int[] _targets;
    private readonly FeatureGroup? _label;

    private TableEncoding(IReadOnlyList<Column> columns, FeatureGroup[] inputs, int[] targets, FeatureGroup? label)
    {
        Columns = columns;
        _inputs = inputs;
        _targets = targets;
        _label = label;
        FeatureNames = [.. inputs.SelectMany(input => input.FeatureNames)];
        TargetNames = [.. columns.Where(column => column.Role == ColumnRole.Target).Select(column => column.Name)];
    }

    /// <summary>The columns of the tables that it encodes.</summary>
    public IReadOnlyList<Column> Columns { get; }

    /// <summary>What the values are that go into the network: a number's column, or a category's with the category, as in <c>origin=3</c>.</summary>
    public IReadOnlyList<string> FeatureNames { get; }

    /// <summary>The columns of the targets; empty where there are labels, or nothing to learn.</summary>
    public IReadOnlyList<string> TargetNames { get; }

    /// <summary>The classes by index; null where there is no column of labels.</summary>
    public IReadOnlyList<string>? ClassNames => _label?.Categories;

    /// <summary>Fits an encoding on the training part.</summary>
    /// <param name="training">What the network learns from, without what it is examined on: otherwise the examination is not honest.</param>
    /// <exception cref="InvalidOperationException">There are no rows, or a mean, a median or categories are to be found where every value is missing.</exception>
    public static TableEncoding Fit(RawTable training)
    {
        ArgumentNullException.ThrowIfNull(training);
        if (training.Count == 0)
        {
            throw new InvalidOperationException("The training part has no rows; expected at least one.");
        }

        var inputs = new List<FeatureGroup>();
        var targets = new List<int>();
        FeatureGroup? label = null;
        int number = 0;
        int category = 0;
        foreach (Column column in training.Columns)
        {
            FeatureGroup group = column switch
            {
                NumberColumn numbers => FeatureGroup.Fit(training, numbers, number++),
                CategoryColumn categories => FeatureGroup.Fit(training, categories, category++),
                _ => throw new InvalidOperationException($"A column of {column.GetType()}; expected numbers or categories."),
            };
            switch (column.Role)
            {
                case ColumnRole.Input:
                    inputs.Add(group);
                    break;
                case ColumnRole.Target:
                    targets.Add(group.Index);
                    break;
                case ColumnRole.Label:
                    label = group;
                    break;
            }
        }

        return new TableEncoding(training.Columns, [.. inputs], [.. targets], label);
    }

    /// <summary>Makes examples with targets.</summary>
    /// <param name="table">The training part, or another part or file with the same columns.</param>
    /// <exception cref="ArgumentException">The table has other columns.</exception>
    /// <exception cref="InvalidOperationException">No column is a target, or there are more values than an array holds.</exception>
    /// <exception cref="DataFileException">A category is none of the column's: the lines, all up to <see cref="DataFileException.MostErrors"/>.</exception>
    public TargetExamples ToTargets(RawTable table)
    {
        if (_targets.Length == 0)
        {
            throw new InvalidOperationException($"No column is a target; expected {nameof(Column)}.{nameof(Column.Target)} among the columns.");
        }

        (float[] inputs, int[] rows) = Inputs(table);
        var targets = new float[Size(rows.Length, _targets.Length)];
        for (int i = 0; i < rows.Length; i++)
        {
            ReadOnlySpan<float> numbers = table.Content.Numbers[rows[i]];
            for (int j = 0; j < _targets.Length; j++)
            {
                targets[i * _targets.Length + j] = numbers[_targets[j]];
            }
        }

        return new TargetExamples(inputs, FeatureNames.Count, targets, _targets.Length);
    }

    /// <summary>Makes examples with labels.</summary>
    /// <param name="table">The training part, or another part or file with the same columns.</param>
    /// <exception cref="ArgumentException">The table has other columns.</exception>
    /// <exception cref="InvalidOperationException">No column has labels, or there are more values than an array holds.</exception>
    /// <exception cref="DataFileException">A category or class is none of the column's: the lines, all up to <see cref="DataFileException.MostErrors"/>.</exception>
    public LabelExamples ToLabels(RawTable table)
    {
        if (_label is null)
        {
            throw new InvalidOperationException($"No column has labels; expected {nameof(Column)}.{nameof(Column.Label)} among the columns.");
        }

        (float[] inputs, int[] rows) = Inputs(table);
        int[] indices = _label.Translate(table.Content);
        return new LabelExamples(inputs, FeatureNames.Count, Array.ConvertAll(rows, row => indices[table.Content.Categories[row][_label.Index]]), ClassNames);
    }

    private static int Size(int rows, int values) => (long)rows * values <= Array.MaxLength
        ? rows * values
        : throw new InvalidOperationException(FormattableString.Invariant($"{rows:N0} rows of {values:N0} values; an array holds {Array.MaxLength:N0}. Expected fewer rows at a time, or fewer categories."));

    private (float[] Inputs, int[] Rows) Inputs(RawTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        if (!table.Columns.SequenceEqual(Columns))
        {
            throw new ArgumentException(
                $"The table has other columns than the one that the encoding was fitted on: {Listed(table.Columns)}; expected {Listed(Columns)}, the same objects.", nameof(table));
        }

        var rows = new int[table.Count];
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] = table.Stored(i);
        }

        Check(table.Content, rows);
        int size = FeatureNames.Count;
        var inputs = new float[Size(rows.Length, size)];
        int feature = 0;
        foreach (FeatureGroup group in _inputs)
        {
            group.Write(table.Content, rows, inputs.AsSpan(feature), size);
            feature += group.FeatureNames.Count;
        }

        return (inputs, rows);
    }

    private void Check(TableContent content, int[] rows)
    {
        var errors = new DataErrors(content.File);
        (FeatureGroup Group, int[] Indices)[] strict =
            [.. _inputs.Append(_label).OfType<FeatureGroup>().Where(group => group.RefusesUnknown).Select(group => (group, group.Translate(content)))];
        if (Array.Exists(strict, one => Array.IndexOf(one.Indices, FeatureGroup.Unknown) >= 0))
        {
            foreach (int row in rows)
            {
                foreach ((FeatureGroup group, int[] indices) in strict)
                {
                    int text = content.Categories[row][group.Index];
                    if (text != TableContent.MissingCategory && indices[text] == FeatureGroup.Unknown)
                    {
                        int column = Columns.Select((c, i) => (c, i)).First(pair => pair.c == group.Column).i;
                        errors.Add(
                            content.Lines[row][0],
                            content.Places[column] + 1,
                            group.Column.Name,
                            DataError.Quote(content.Texts[group.Index][text]),
                            group.Expected);
                    }
                }
            }
        }

        errors.ThrowIfAny();
    }

    private static string Listed(IEnumerable<Column> columns) => string.Join(", ", columns.Select(column => DataError.Quote(column.Name)));
}
