using System;
using System.Collections.Generic;
using System.IO;
using System.Text.Unicode;
using CsvHelper;

namespace BackpropGen.Data;

/// <summary>
/// The rows of a text, one after the other, with the line each starts on. Rows that are no rows of this text (of another number of values, with quotation marks
/// gone wrong, of bytes that are no text) become errors, and the next row is looked at.
/// </summary>
internal sealed class CsvRows : IDisposable
{
    /// <summary>A row longer than this is a quotation mark that is never closed, or no text at all.</summary>
    private const int LongestRow = 1 << 20;

    private readonly CsvReader _reader;
    private readonly CsvFormat _format;
    private readonly DataErrors _errors;
    private long _emptyLine;

    /// <summary>Reads the names, where the text has them.</summary>
    /// <param name="text">Read from where it is; stays open.</param>
    /// <param name="format">How it is written.</param>
    /// <param name="errors">Receives what is wrong.</param>
    public CsvRows(Stream text, CsvFormat format, DataErrors errors)
    {
        _format = format;
        _errors = errors;
        var options = new CsvReaderOptions
        {
            // The names are read here: a text has them, or not, or others were given.
            HasHeader = false,
            Separator = format.Separator,
            TrimWhitespace = true,
            SkipEmptyLines = false,
            TrackLineNumbers = true,
            MaxRecordSize = LongestRow,
            MalformedData = CsvMalformedDataHandling.Skip,
            OnMalformedRecord = Report,
            Encoding = format.IsWhitespace ? null : format.Encoding,
        };
        _reader = CsvReader.Create(format.IsWhitespace ? new WhitespaceFields(Transcoded(text, format)) : text, options, leaveOpen: true);
        for (int i = 0; i < format.SkippedLines; i++)
        {
            Advance();
        }

        ColumnNames = format.ColumnNames ?? ReadNames();
    }

    /// <summary>The columns' names.</summary>
    public IReadOnlyList<string> ColumnNames { get; }

    /// <summary>Where the row starts, from 1.</summary>
    public long Line => _reader.LineNumber;

    /// <summary>A value of the row as UTF-8, without its quotation marks and what is blank around it. Valid until the next row.</summary>
    /// <param name="column">From 0.</param>
    public ReadOnlySpan<byte> this[int column] => _reader.GetSpan(column);

    /// <summary>A value of the row.</summary>
    /// <param name="column">From 0.</param>
    public string Text(int column) => _reader.GetString(column);

    /// <summary>Goes to the next row.</summary>
    /// <returns>Whether there is one; then it has as many values as there are names.</returns>
    public bool Read()
    {
        while (Advance())
        {
            if (IsEmpty())
            {
                _emptyLine = _emptyLine == 0 ? Line : _emptyLine;
                continue;
            }

            if (_emptyLine > 0 && !_format.SkipsEmptyLines)
            {
                _errors.Add(_emptyLine, "an empty line", Values(ColumnNames.Count));
            }

            _emptyLine = 0;
            if (IsText())
            {
                if (_reader.FieldCount == ColumnNames.Count)
                {
                    return true;
                }

                _errors.Add(Line, Values(_reader.FieldCount), FormattableString.Invariant($"{ColumnNames.Count}, one per column"));
            }
        }

        return false;
    }

    public void Dispose() => _reader.Dispose();

    private static string Values(int count) => count == 1 ? "1 value" : FormattableString.Invariant($"{count} values");

    private static Stream Transcoded(Stream text, CsvFormat format) =>
        format.Encoding is null ? text : System.Text.Encoding.CreateTranscodingStream(text, format.Encoding, System.Text.Encoding.UTF8, leaveOpen: true);

    private bool Advance()
    {
        try
        {
            return _reader.Read();
        }
        catch (CsvFormatException exception)
        {
            _errors.Add(
                exception.LineNumber,
                FormattableString.Invariant($"a row of more than {LongestRow:N0} bytes"),
                "rows that end, and quotation marks that are closed");
            return false;
        }
    }

    private bool IsEmpty() => _reader.RawRecord.Trim(" \t"u8).IsEmpty;

    private bool IsText()
    {
        ReadOnlySpan<byte> row = _reader.RawRecord;
        if (row.Contains((byte)0))
        {
            _errors.Add(Line, "a zero byte", "text");
            return false;
        }

        // U+FFFD is what a decoder leaves in place of bytes that it does not know.
        if (!Utf8.IsValid(row) || row.IndexOf("\uFFFD"u8) >= 0)
        {
            string encoding = _format.Encoding?.WebName.ToUpperInvariant() ?? "UTF-8";
            _errors.Add(Line, $"bytes that are not {encoding}", $"{encoding}, or the file's encoding as {nameof(CsvFormat)}.{nameof(CsvFormat.Encoding)}");
            return false;
        }

        return true;
    }

    private void Report(CsvMalformedRecord record)
    {
        (string found, string expected) = record.Reason switch
        {
            CsvMalformedReason.UnterminatedQuote => ("a quotation mark that is never closed", "a second one at the value's end"),
            CsvMalformedReason.TextAfterClosingQuote => ("text behind a closing quotation mark", "the end of the value; within one, the mark is doubled"),
            _ => ("a quotation mark within a value", "the value in quotation marks, and those within it doubled"),
        };
        _errors.Add(record.LineNumber, $"{found}: {DataError.Quote(record.RawRecord)}", expected);
    }

    private string[] ReadNames()
    {
        bool found = Advance();
        while (found && IsEmpty() && _format.SkipsEmptyLines)
        {
            found = Advance();
        }

        if (!found || IsEmpty())
        {
            _errors.ThrowIfAny();
            _errors.Add(found ? Line : 0, found ? "an empty line" : "nothing", $"a line with the columns' names, or the names as {nameof(CsvFormat)}.{nameof(CsvFormat.ColumnNames)}");
            _errors.ThrowIfAny();
        }

        if (!IsText())
        {
            _errors.ThrowIfAny();
        }

        var names = new string[_reader.FieldCount];
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < names.Length; i++)
        {
            names[i] = Text(i);
            if (names[i].Length > 0 && !places.TryAdd(names[i], i))
            {
                _errors.Add(
                    Line,
                    i + 1,
                    names[i],
                    FormattableString.Invariant($"the name of column {places[names[i]] + 1} again"),
                    $"a name of its own (other names: {nameof(CsvFormat)}.{nameof(CsvFormat.ColumnNames)} with {nameof(CsvFormat)}.{nameof(CsvFormat.SkippedLines)})");
            }
        }

        // Rows cannot be matched with names that are wrong.
        _errors.ThrowIfAny();
        return names;
    }
}
