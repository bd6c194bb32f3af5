using System;
using System.Collections.Generic;
using System.Text;

namespace BackpropGen.Data;

/// <summary>
/// How a file of rows is written. As it stands: commas, a line of names first, quotes as RFC 4180 has them, UTF-8 with or without a byte order
/// mark, lines ended by LF, CR LF or CR. Immutable.
/// </summary>
public sealed record CsvFormat
{
    /// <summary>Values separated by commas, a line of names first.</summary>
    public static CsvFormat Comma { get; } = new();

    /// <summary>Values separated by semicolons, a line of names first. (A decimal comma is an error all the same.)</summary>
    public static CsvFormat Semicolon { get; } = new() { Separator = ';' };

    /// <summary>Values separated by tabs, a line of names first.</summary>
    public static CsvFormat Tab { get; } = new() { Separator = '\t' };

    /// <summary>Values separated by any number of blanks and tabs, which may also stand at the ends of a line; a line of names first.</summary>
    public static CsvFormat Whitespace { get; } = new() { Separator = ' ' };

    /// <summary>
    /// What stands between two values: any ASCII character but a quotation mark or the end of a line. A blank stands for any number of blanks and
    /// tabs.
    /// </summary>
    public char Separator { get; init; } = ',';

    /// <summary>The columns' names where the file has no line of them: then the first line is data. Null: the first line has the names.</summary>
    public IReadOnlyList<string>? ColumnNames { get; init; }

    /// <summary>Lines to leave out before everything else: a title, or a line of names in whose place others were given.</summary>
    public int SkippedLines { get; init; }

    /// <summary>
    /// Whether empty lines are left out wherever they stand. Otherwise they are at the end of the file, and an error between rows. (An empty value that stands
    /// alone on its line is written <c>""</c>.)
    /// </summary>
    public bool SkipsEmptyLines { get; init; }

    /// <summary>The file's encoding; null for UTF-8, or what a byte order mark says.</summary>
    public Encoding? Encoding { get; init; }

    /// <summary>Whether any number of blanks and tabs is one separator.</summary>
    internal bool IsWhitespace => Separator == ' ';

    internal void Check()
    {
        if (Separator is '"' or '\r' or '\n' or '\0' || !char.IsAscii(Separator))
        {
            throw new ArgumentException(
                FormattableString.Invariant($"The separator is U+{(int)Separator:X4}; expected an ASCII character that is no quotation mark and ends no line."), "format");
        }

        if (SkippedLines < 0)
        {
            throw new ArgumentException(FormattableString.Invariant($"{SkippedLines} lines to skip; expected none, or more."), "format");
        }

        if (ColumnNames is { Count: 0 })
        {
            throw new ArgumentException("No names for the columns; expected as many as there are columns, or null where the first line has them.", "format");
        }
    }
}
