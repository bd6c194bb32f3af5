using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace BackpropGen.Data;

/// <summary>Reads the columns of a text into a table.</summary>
internal sealed class TableReader
{
    private readonly string _file;
    private readonly CsvFormat _format;
    private readonly IReadOnlyList<Column> _columns;
    private readonly DataErrors _errors;
    private readonly float[] _numbers;
    private readonly int[] _categories;
    private readonly HashSet<string>?[] _fixed;

    public TableReader(string file, CsvFormat format, IReadOnlyList<Column> columns)
    {
        Check(format, columns);
        _file = file;
        _format = format;
        _columns = [.. columns];
        _errors = new DataErrors(file);
        _numbers = new float[columns.OfType<NumberColumn>().Count()];
        CategoryColumn[] categories = [.. columns.OfType<CategoryColumn>()];
        _categories = new int[categories.Length];
        _fixed = [.. categories.Select(column => column.Categories is { } known && column.Unknown == UnknownCategory.IsAnError ? new HashSet<string>(known, StringComparer.Ordinal) : null)];
    }

    public RawTable Read(Stream text)
    {
        using var rows = new CsvRows(text, _format, _errors);
        int[] places = [.. _columns.Select(column => PlaceOf(column, rows.ColumnNames))];
        _errors.ThrowIfAny();

        var content = new TableContent(_file, _columns, places);
        while (rows.Read())
        {
            Add(rows, content);
        }

        _errors.ThrowIfAny();
        if (content.Lines.Count == 0)
        {
            _errors.Add(0, content.DroppedRows == 0 ? "no rows" : FormattableString.Invariant($"values missing in all {content.DroppedRows} rows"), "at least one row with all values");
            _errors.ThrowIfAny();
        }

        return new RawTable(content, null);
    }

    private static void Check(CsvFormat format, IReadOnlyList<Column> columns)
    {
        if (!columns.Any(column => column.Role == ColumnRole.Input))
        {
            throw new ArgumentException("No column goes into the network; expected at least one number or category.", nameof(columns));
        }

        if (columns.Count(column => column.Role == ColumnRole.Label) > 1 || columns.Select(column => column.Role).Distinct().Count() == 3)
        {
            throw new ArgumentException("Several things to learn; expected one column of labels, or any number of columns of targets.", nameof(columns));
        }

        if (columns.GroupBy(column => column.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new ArgumentException($"Column \"{twice.Key}\" is asked for twice; expected once.", nameof(columns));
        }

        if (format.ColumnNames is not { } names)
        {
            return;
        }

        if (columns.FirstOrDefault(column => !names.Contains(column.Name, StringComparer.Ordinal)) is { } unknown)
        {
            throw new ArgumentException($"Column \"{unknown.Name}\" is none of those that the format names: {Listed(names)}.", nameof(columns));
        }

        if (columns.FirstOrDefault(column => names.Count(name => name == column.Name) > 1) is { } unclear)
        {
            throw new ArgumentException($"The format names two columns \"{unclear.Name}\"; expected one.", nameof(format));
        }
    }

    private static string Listed(IEnumerable<string> names) => string.Join(", ", names.Select(DataError.Quote));

    private int PlaceOf(Column column, IReadOnlyList<string> names)
    {
        for (int i = 0; i < names.Count; i++)
        {
            if (names[i] == column.Name)
            {
                return i;
            }
        }

        const int Shown = 20;
        string rest = names.Count > Shown ? FormattableString.Invariant($" and {names.Count - Shown} more") : "";
        _errors.Add(0, $"no column {DataError.Quote(column.Name)}", $"it among the file's: {Listed(names.Take(Shown))}{rest}");
        return -1;
    }

    private void Add(CsvRows rows, TableContent content)
    {
        bool dropped = false;
        int number = 0;
        int category = 0;
        for (int i = 0; i < _columns.Count; i++)
        {
            Column column = _columns[i];
            int place = content.Places[i];
            ReadOnlySpan<byte> text = rows[place];
            bool missing = (column.Missing.DropsRow || column.Missing.IsFilled) && column.Missing.Is(text);
            dropped |= missing && column.Missing.DropsRow;
            switch (column)
            {
                case NumberColumn numbers:
                    _numbers[number++] = missing ? float.NaN : Number(numbers, text, rows.Line, place);
                    break;
                case CategoryColumn categories:
                    _categories[category] = missing ? TableContent.MissingCategory : Category(categories, category, rows, place, content);
                    category++;
                    break;
            }
        }

        if (dropped)
        {
            content.DroppedRows++;
            return;
        }

        content.Numbers.Add(_numbers);
        content.Categories.Add(_categories);
        content.Lines.Add([(int)Math.Min(rows.Line, int.MaxValue)]);
    }

    private float Number(NumberColumn column, ReadOnlySpan<byte> text, long line, int place)
    {
        bool isNumber = float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out float value) && !float.IsNaN(value);
        if (isNumber && float.IsInfinity(value) && text.IndexOfAnyInRange((byte)'0', (byte)'9') >= 0)
        {
            _errors.Add(line, place + 1, column.Name, DataError.Quote(text), "a number that float32 holds, up to 3.4e38");
        }
        else if (!isNumber || float.IsInfinity(value))
        {
            _errors.Add(line, place + 1, column.Name, DataError.Quote(text), column.Missing.Is(text) ? column.Expected + Choice : column.Expected);
        }
        else if (value < column.Minimum || value > column.Maximum)
        {
            _errors.Add(line, place + 1, column.Name, DataError.Quote(text), column.Expected);
        }

        return value;
    }

    private const string Choice = $" (where values may be missing, the column says what becomes of them: {nameof(Missing)}.{nameof(Missing.DropsTheRow)}, …)";

    private int Category(CategoryColumn column, int index, CsvRows rows, int place, TableContent content)
    {
        string text = rows.Text(place);
        if (_fixed[index] is { } known ? !known.Contains(text) : text.Length == 0 && column.Categories is null)
        {
            string expected = column.Categories is null ? "a category" : column.Expected(column.Categories);
            _errors.Add(rows.Line, place + 1, column.Name, DataError.Quote(text), column.Missing.Is(rows[place]) ? expected + Choice : expected);
        }

        return content.Texts[index].IndexOf(text);
    }
}
