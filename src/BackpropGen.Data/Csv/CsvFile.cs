using System;
using System.Collections.Generic;
using System.IO;

namespace BackpropGen.Data;

/// <summary>
/// Files of rows, separated by commas, other characters or blanks. Read once, forwards, a row at a time; what is kept is the columns that were asked for,
/// as numbers. Every row is checked, and all errors of a file, up to <see cref="DataFileException.MostErrors"/>, come in one exception.
/// </summary>
public static class CsvFile
{
    /// <summary>Reads columns of a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="format">How it is written.</param>
    /// <param name="columns">The columns to use, in the order in which they go into the network; the file's others are left out.</param>
    /// <exception cref="ArgumentException">The format or the columns contradict themselves or each other.</exception>
    /// <exception cref="DataFileException">The file is not what it should be.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static RawTable Read(string path, CsvFormat format, IReadOnlyList<Column> columns)
    {
        using FileStream text = Open(path);
        return Read(text, path, format, columns);
    }

    /// <summary>Reads columns of a text.</summary>
    /// <param name="text">Read from where it is to its end; stays open.</param>
    /// <param name="name">What the text is called in errors.</param>
    /// <inheritdoc cref="Read(string, CsvFormat, IReadOnlyList{Column})"/>
#pragma warning disable CS1573 // The other parameters are those of the overload that the comment is taken from.
    public static RawTable Read(Stream text, string name, CsvFormat format, IReadOnlyList<Column> columns)
#pragma warning restore CS1573
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(format);
        ArgumentNullException.ThrowIfNull(columns);
        format.Check();
        return new TableReader(name, format, columns).Read(text);
    }

    /// <summary>The names of a file's columns.</summary>
    /// <param name="path">The file.</param>
    /// <param name="format">How it is written.</param>
    /// <exception cref="ArgumentException">The format contradicts itself.</exception>
    /// <exception cref="DataFileException">The file has no names where they are expected, or one twice.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IReadOnlyList<string> ReadColumnNames(string path, CsvFormat format)
    {
        ArgumentNullException.ThrowIfNull(format);
        format.Check();
        var errors = new DataErrors(path);
        using FileStream text = Open(path);
        using var rows = new CsvRows(text, format, errors);
        return rows.ColumnNames;
    }

    /// <summary>A file's rows as text, for what columns cannot say. Errors come at the end of the rows, when all have been looked at, or when there are too many.</summary>
    /// <param name="path">The file.</param>
    /// <param name="format">How it is written.</param>
    /// <exception cref="ArgumentException">The format contradicts itself.</exception>
    /// <exception cref="DataFileException">The file is not what it should be.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IEnumerable<CsvRow> ReadRows(string path, CsvFormat format)
    {
        ArgumentNullException.ThrowIfNull(format);
        format.Check();
        return Rows(path, format);
    }

    private static IEnumerable<CsvRow> Rows(string path, CsvFormat format)
    {
        var errors = new DataErrors(path);
        using FileStream text = Open(path);
        using var rows = new CsvRows(text, format, errors);
        while (rows.Read())
        {
            var values = new string[rows.ColumnNames.Count];
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = rows.Text(i);
            }

            yield return new CsvRow(rows.Line, values);
        }

        errors.ThrowIfAny();
    }

    private static FileStream Open(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan);
}
