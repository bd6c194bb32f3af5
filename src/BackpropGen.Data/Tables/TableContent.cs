using System.Collections.Generic;
using System.Linq;

namespace BackpropGen.Data;

/// <summary>What a table and its parts view: numbers as they are, categories as indices of their texts.</summary>
internal sealed class TableContent
{
    public TableContent(string file, IReadOnlyList<Column> columns, IReadOnlyList<int> places)
    {
        File = file;
        Columns = columns;
        Places = places;
        NumberColumns = [.. columns.OfType<NumberColumn>()];
        CategoryColumns = [.. columns.OfType<CategoryColumn>()];
        Numbers = new RowBuffer<float>(NumberColumns.Count);
        Categories = new RowBuffer<int>(CategoryColumns.Count);
        Texts = [.. CategoryColumns.Select(_ => new DistinctTexts())];
    }

    /// <summary>In <see cref="Categories"/>, where a value is missing; in <see cref="Numbers"/> it is NaN, which no file's number is.</summary>
    public const int MissingCategory = -1;

    public string File { get; }

    public IReadOnlyList<Column> Columns { get; }

    /// <summary>Where the columns stand in the file, from 0.</summary>
    public IReadOnlyList<int> Places { get; }

    public IReadOnlyList<NumberColumn> NumberColumns { get; }

    public IReadOnlyList<CategoryColumn> CategoryColumns { get; }

    /// <summary>[rows, number columns].</summary>
    public RowBuffer<float> Numbers { get; }

    /// <summary>[rows, category columns]: which of the column's texts.</summary>
    public RowBuffer<int> Categories { get; }

    /// <summary>[rows]: the line of the file.</summary>
    public RowBuffer<int> Lines { get; } = new(1);

    /// <summary>By category column.</summary>
    public IReadOnlyList<DistinctTexts> Texts { get; }

    public int DroppedRows { get; set; }
}
