using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace BackpropGen.Data;

/// <summary>The values that a column becomes, and what was learned of the training part for it. Immutable.</summary>
internal sealed class FeatureGroup
{
    /// <summary>In <see cref="Translate"/>: the text is none of the categories.</summary>
    public const int Unknown = -1;

    private readonly Dictionary<string, int>? _categoryIndices;
    private readonly float _filling;
    private readonly int _missingCategory = Unknown;

    private FeatureGroup(NumberColumn column, int index, float filling)
    {
        Column = column;
        Index = index;
        FeatureNames = [column.Name];
        _filling = filling;
    }

    private FeatureGroup(CategoryColumn column, int index, IReadOnlyList<string> categories)
    {
        Column = column;
        Index = index;
        Categories = categories;
        FeatureNames = [.. categories.Select(category => $"{column.Name}={category}")];
        _categoryIndices = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < categories.Count; i++)
        {
            _categoryIndices.Add(categories[i], i);
        }

        if (column.Missing.Category is { } filled)
        {
            _missingCategory = _categoryIndices[filled];
        }
    }

    public Column Column { get; }

    /// <summary>Which of the columns of its kind.</summary>
    public int Index { get; }

    public IReadOnlyList<string> FeatureNames { get; }

    /// <summary>Null where the column has numbers.</summary>
    public IReadOnlyList<string>? Categories { get; }

    public bool RefusesUnknown => Column is CategoryColumn { Unknown: UnknownCategory.IsAnError };

    /// <summary>What is expected of a category, in words.</summary>
    public string Expected
    {
        get
        {
            var column = (CategoryColumn)Column;
            string where = column.Categories is null ? " (those of the training part; all of them can be given with the column)" : "";
            return column.Expected(Categories!) + where;
        }
    }

    public static FeatureGroup Fit(RawTable training, NumberColumn column, int index)
    {
        Missing missing = column.Missing;
        if (!missing.IsMean && !missing.IsMedian)
        {
            return new FeatureGroup(column, index, missing.Number);
        }

        var known = new List<float>();
        for (int i = 0; i < training.Count; i++)
        {
            float value = training.Content.Numbers[training.Stored(i)][index];
            if (!float.IsNaN(value))
            {
                known.Add(value);
            }
        }

        if (known.Count == 0)
        {
            throw new InvalidOperationException(
                $"Column \"{column.Name}\": every value of the training part is missing, so that there is no {(missing.IsMean ? "mean" : "median")} to fill in; expected at least one value.");
        }

        known.Sort();
        int middle = known.Count / 2;
        double filling = missing.IsMean ? known.Average(value => (double)value)
            : known.Count % 2 == 1 ? known[middle]
            : ((double)known[middle - 1] + known[middle]) / 2;
        return new FeatureGroup(column, index, (float)filling);
    }

    public static FeatureGroup Fit(RawTable training, CategoryColumn column, int index)
    {
        if (column.Categories is { } given)
        {
            return new FeatureGroup(column, index, given);
        }

        DistinctTexts texts = training.Content.Texts[index];
        var present = new bool[texts.Count];
        for (int i = 0; i < training.Count; i++)
        {
            int text = training.Content.Categories[training.Stored(i)][index];
            if (text != TableContent.MissingCategory)
            {
                present[text] = true;
            }
        }

        HashSet<string> found = [.. Enumerable.Range(0, texts.Count).Where(i => present[i]).Select(i => texts[i])];
        if (column.Missing.Category is { } filled)
        {
            found.Add(filled);
        }

        return found.Count > 0
            ? new FeatureGroup(column, index, Ordered(found))
            : throw new InvalidOperationException($"Column \"{column.Name}\": every value of the training part is missing, so that there are no categories; expected at least one.");
    }

    /// <summary>By a table's texts: which of the categories each is, or <see cref="Unknown"/>.</summary>
    public int[] Translate(TableContent content)
    {
        DistinctTexts texts = content.Texts[Index];
        var indices = new int[texts.Count];
        for (int i = 0; i < indices.Length; i++)
        {
            indices[i] = _categoryIndices!.GetValueOrDefault(texts[i], Unknown);
        }

        return indices;
    }

    /// <summary>Writes the features of some rows.</summary>
    /// <param name="content">Has the rows.</param>
    /// <param name="rows">Which.</param>
    /// <param name="features">From the first feature of the first row on; zeros.</param>
    /// <param name="stride">Features per row, those of the other columns included.</param>
    public void Write(TableContent content, ReadOnlySpan<int> rows, Span<float> features, int stride)
    {
        if (Categories is null)
        {
            for (int i = 0; i < rows.Length; i++)
            {
                float value = content.Numbers[rows[i]][Index];
                features[i * stride] = float.IsNaN(value) ? _filling : value;
            }

            return;
        }

        int[] indices = Translate(content);
        for (int i = 0; i < rows.Length; i++)
        {
            int text = content.Categories[rows[i]][Index];
            int category = text == TableContent.MissingCategory ? _missingCategory : indices[text];
            if (category != Unknown)
            {
                features[i * stride + category] = 1;
            }
        }
    }

    private static string[] Ordered(IEnumerable<string> texts)
    {
        string[] all = [.. texts.Order(StringComparer.Ordinal)];
        var numbers = new double[all.Length];
        for (int i = 0; i < all.Length; i++)
        {
            if (!double.TryParse(all[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i]))
            {
                return all;
            }
        }

        // Stable, so that "1" and "1.0" come as their characters have it.
        return [.. Enumerable.Range(0, all.Length).OrderBy(i => numbers[i]).Select(i => all[i])];
    }
}
