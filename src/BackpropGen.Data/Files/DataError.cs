using System;
using System.Globalization;
using System.Text;

namespace BackpropGen.Data;

/// <summary>What is wrong at one place of a file. Immutable.</summary>
/// <param name="File">The file, as it was given.</param>
/// <param name="Line">The line, from 1; 0 where the file has no lines, or the error is of the file as a whole.</param>
/// <param name="Column">The column, from 1; 0 where the error is of the whole line.</param>
/// <param name="ColumnName">What the column is called; null where it has no name.</param>
/// <param name="Found">What stands there.</param>
/// <param name="Expected">What should.</param>
public sealed record DataError(string File, long Line, int Column, string? ColumnName, string Found, string Expected)
{
    private const int LongestQuote = 40;

    /// <summary>One line: <c>cars.csv, line 17, column 4 "horsepower": "many"; expected a number</c>.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(File);
        if (Line > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $", line {Line}");
        }

        if (Column > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $", column {Column}");
        }

        if (ColumnName is not null)
        {
            text.Append(' ').Append(Quote(ColumnName));
        }

        return text.Append(": ").Append(Found).Append("; expected ").Append(Expected).ToString();
    }

    /// <summary>Text of a file in quotation marks, as it may stand in a line of a message: shortened, without control characters.</summary>
    internal static string Quote(string text) => string.Concat("\"", Shorten(text), "\"");

    /// <summary>As <see cref="Quote(string)"/>, of UTF-8.</summary>
    internal static string Quote(ReadOnlySpan<byte> text) =>
        Quote(Encoding.UTF8.GetString(text[..Math.Min(text.Length, 4 * LongestQuote + 4)]));

    private static string Shorten(string text)
    {
        string start = text.Length <= LongestQuote ? text : text[..LongestQuote] + "…";
        return string.Create(start.Length, start, static (to, from) =>
        {
            for (int i = 0; i < to.Length; i++)
            {
                to[i] = char.IsControl(from[i]) ? '?' : from[i];
            }
        });
    }
}
