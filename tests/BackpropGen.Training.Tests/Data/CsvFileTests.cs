using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using BackpropGen.Data;
using Xunit;

namespace BackpropGen.Training.Tests.Data;

public class CsvFileTests
{
    private static readonly Column[] Ab = [Column.Number("a"), Column.Target("b")];

    private static RawTable Read(string text, CsvFormat? format = null, IReadOnlyList<Column>? columns = null) =>
        Read(Encoding.UTF8.GetBytes(text), format, columns);

    private static RawTable Read(byte[] text, CsvFormat? format = null, IReadOnlyList<Column>? columns = null) =>
        CsvFile.Read(new MemoryStream(text), "t.csv", format ?? CsvFormat.Comma, columns ?? Ab);

    private static string[] Errors(string text, CsvFormat? format = null, IReadOnlyList<Column>? columns = null) =>
        Errors(Encoding.UTF8.GetBytes(text), format, columns);

    private static string[] Errors(byte[] text, CsvFormat? format = null, IReadOnlyList<Column>? columns = null) =>
        [.. Assert.Throws<DataFileException>(() => Read(text, format, columns)).Errors.Select(error => error.ToString())];

    // Inputs and targets of all rows, one after the other.
    private static float[] Values(RawTable table)
    {
        TargetExamples examples = TableEncoding.Fit(table).ToTargets(table);
        return [.. Enumerable.Range(0, examples.Count).SelectMany(i => (float[])[.. examples.Input(i), .. examples.Target(i)])];
    }

    [Theory]
    [InlineData("a,b\n1,2\n3,4\n")]
    [InlineData("a,b\r\n1,2\r\n3,4")]
    [InlineData("a,b\r1,2\r3,4\r")]
    [InlineData("\uFEFFa,b\n1,2\n3,4\n\n\n")]
    [InlineData(" a , b \n 1 ,\t2 \n\"3\",\"4\"\n")]
    [InlineData("\"a\",\"b\"\n1e0,+2\n3.0,.4e1\n  \n")]
    [InlineData("b,unused,a\n2,\"x\ny, \"\"z\"\"\",1\n4,,3\n")]
    public void The_same_rows_however_they_are_written(string text) => Assert.Equal([1f, 2, 3, 4], Values(Read(text)));

    [Fact]
    public void Separators_names_and_skipped_lines_are_the_formats()
    {
        Assert.Equal([1f, 2, 3, 4], Values(Read("a;b\n1;2\n3;4\n", CsvFormat.Semicolon)));
        Assert.Equal([1f, 2, 3, 4], Values(Read("a\tb\n1\t2\n3\t4\n", CsvFormat.Tab)));
        Assert.Equal([1f, 2, 3, 4], Values(Read("1,2\n3,4\n", new CsvFormat { ColumnNames = ["a", "b"] })));
        Assert.Equal([1f, 2, 3, 4], Values(Read("# a title\nx,x\n1,2\n3,4\n", new CsvFormat { SkippedLines = 2, ColumnNames = ["a", "b"] })));
        Assert.Equal([1f, 2, 3, 4], Values(Read("\na,b\n\n1,2\n\n3,4\n", new CsvFormat { SkipsEmptyLines = true })));
    }

    [Theory]
    [InlineData("a b\n1 2\n3 4\n")]
    [InlineData("  a \t b  \r\n   1\t\t2 \r\n3    4")]
    [InlineData("a b\n\"1\" 2\n3\t\"4\"\n\n")]
    public void Any_number_of_blanks_is_one_separator(string text) => Assert.Equal([1f, 2, 3, 4], Values(Read(text, CsvFormat.Whitespace)));

    [Fact]
    public void Blanks_in_quotation_marks_are_text_wherever_a_buffer_ends()
    {
        Column[] columns = [Column.Number("a"), Column.Label("b")];
        for (int length = 65_515; length < 65_540; length++)
        {
            string text = "a b\n1 \"" + new string('x', length) + "  y \"\"z\"\"  \"   \n  2  w\n";
            RawTable table = Read(text, CsvFormat.Whitespace, columns);

            IReadOnlyList<string> classes = TableEncoding.Fit(table).ClassNames!;

            Assert.Equal(["w", new string('x', length) + "  y \"z\"  "], classes);
        }
    }

    [Fact]
    public void A_quotation_mark_within_a_value_is_an_error_of_its_own_line_only()
    {
        string[] errors = Errors("a  b\n1  2\n5\"  2\n3   4\nx  4\n", CsvFormat.Whitespace);

        Assert.Equal(2, errors.Length);
        Assert.StartsWith("t.csv, line 3: a quotation mark within a value: \"5\" 2\"", errors[0], StringComparison.Ordinal);
        Assert.StartsWith("t.csv, line 5, column 1 \"a\": \"x\"", errors[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("1,5", true)]
    [InlineData("1.5.5")]
    [InlineData("0x10")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("-∞")]
    [InlineData("")]
    [InlineData("?")]
    [InlineData("1 2")]
    public void What_is_no_number_is_said_with_its_place(string text, bool quoted = false)
    {
        string error = Assert.Single(Errors($"a,b\n1,2\n{(quoted ? $"\"{text}\"" : text)},4\n"));

        Assert.StartsWith($"t.csv, line 3, column 1 \"a\": \"{text}\"; expected a number", error, StringComparison.Ordinal);
        Assert.Equal(text is "" or "?" or "NaN", error.Contains("Missing.DropsTheRow", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("1e400")]
    [InlineData("-1e39")]
    public void What_float32_does_not_hold_is_said(string text) =>
        Assert.Equal($"t.csv, line 2, column 2 \"b\": \"{text}\"; expected a number that float32 holds, up to 3.4e38", Assert.Single(Errors($"a,b\n1,{text}\n")));

    [Fact]
    public void Numbers_have_a_range_where_it_is_given()
    {
        Column[] columns = [Column.Number("a") with { Minimum = 0, Maximum = 16 }, Column.Target("b") with { Minimum = 0.5f }];

        Assert.Equal(
            ["t.csv, line 2, column 1 \"a\": \"17\"; expected a number from 0 to 16", "t.csv, line 3, column 2 \"b\": \"0\"; expected a number of at least 0.5"],
            Errors("a,b\n17,1\n16,0\n0,1\n", columns: columns));
    }

    [Fact]
    public void All_errors_of_a_file_come_at_once_in_its_order()
    {
        string[] errors = Errors("a,b\nx,1\n1\n1,2,3\n\n1,y\n\"1\"z,3\n1,\"x\n");

        Assert.Equal(
            [
                "t.csv, line 2, column 1 \"a\": \"x\"; expected a number",
                "t.csv, line 3: 1 value; expected 2, one per column",
                "t.csv, line 4: 3 values; expected 2, one per column",
                "t.csv, line 5: an empty line; expected 2 values",
                "t.csv, line 6, column 2 \"b\": \"y\"; expected a number",
                "t.csv, line 7: text behind a closing quotation mark: \"\"1\"z,3\"; expected the end of the value; within one, the mark is doubled",
                "t.csv, line 8: a quotation mark that is never closed: \"1,\"x?\"; expected a second one at the value's end",
            ],
            errors);
    }

    [Fact]
    public void Reading_stops_at_twenty_errors()
    {
        string text = "a,b\n" + string.Concat(Enumerable.Repeat("x,y\n", 1000));

        var exception = Assert.Throws<DataFileException>(() => Read(text));

        Assert.Equal(DataFileException.MostErrors, exception.Errors.Count);
        Assert.Equal("t.csv, line 2, column 1 \"a\": \"x\"; expected a number (and 19 more, at least)", exception.Summary);
        Assert.DoesNotContain('\n', exception.Summary);
    }

    [Theory]
    [InlineData("", "t.csv: nothing; expected a line with the columns' names")]
    [InlineData("\n", "t.csv, line 1: an empty line; expected a line with the columns' names")]
    [InlineData("a,b\n", "t.csv: no rows; expected at least one")]
    [InlineData("a,b\n\n\n", "t.csv: no rows; expected at least one")]
    [InlineData("a,c\n1,2\n", "t.csv: no column \"b\"; expected it among the file's: \"a\", \"c\"")]
    [InlineData("a,b,a\n1,2,3\n", "t.csv, line 1, column 3 \"a\": the name of column 1 again; expected a name of its own")]
    [InlineData("a,\"b\n1,2\n", "t.csv, line 1: a quotation mark that is never closed")]
    public void A_file_without_names_or_rows_is_refused(string text, string expected) => Assert.StartsWith(expected, Errors(text)[0], StringComparison.Ordinal);

    [Fact]
    public void Bytes_that_are_no_text_are_said_with_their_line()
    {
        byte[] latin = Encoding.Latin1.GetBytes("a,b,c\n1,2,x\n3,4,citroën\n5,6,x\n");

        Assert.StartsWith("t.csv, line 3: bytes that are not UTF-8; expected UTF-8, or the file's encoding", Assert.Single(Errors(latin)), StringComparison.Ordinal);
        Assert.Equal("t.csv, line 2: a zero byte; expected text", Assert.Single(Errors("a,b\n1,2\0\n3,4\n")));
        Assert.Equal([1f, 2, 3, 4, 5, 6], Values(Read(latin, new CsvFormat { Encoding = Encoding.Latin1 })));
        Column[] columns = [Column.Number("a"), Column.Label("c")];
        RawTable spaced = Read(Encoding.Latin1.GetBytes("a  c\n1  citroën\n"), CsvFormat.Whitespace with { Encoding = Encoding.Latin1 }, columns);
        Assert.Equal(["citroën"], TableEncoding.Fit(spaced).ClassNames);
        Assert.Equal([1f, 2], Values(Read([.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("a,b\n1,2\n")])));
    }

    [Fact]
    public void A_quotation_mark_that_swallows_a_large_file_does_not_swallow_memory()
    {
        byte[] text = Encoding.UTF8.GetBytes("a,b\n1,\"2\n" + string.Concat(Enumerable.Repeat("1,2\n", 1_000_000)));
        long before = GC.GetAllocatedBytesForCurrentThread();

        string error = Assert.Single(Errors(text));

        Assert.StartsWith("t.csv, line 2: a row of more than 1,048,576 bytes", error, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 8 << 20);
    }

    [Fact]
    public void Memory_is_about_that_of_the_numbers()
    {
        const int Rows = 200_000;
        var text = new StringBuilder("a,b,c,unused\n");
        for (int i = 0; i < Rows; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{i},{0.5 * i},{-i},some text that nobody asked for\n");
        }

        byte[] bytes = Encoding.UTF8.GetBytes(text.ToString());
        long before = GC.GetAllocatedBytesForCurrentThread();

        RawTable table = Read(bytes, columns: [Column.Number("a"), Column.Number("c"), Column.Target("b")]);

        // Three numbers and the line of each row, and room for a buffer.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Rows * 4 * sizeof(float) + (1 << 20));
        Assert.Equal([199_999f, -199_999, 99_999.5f], Values(table)[^3..]);
        Assert.Equal(Rows + 1, table.Line(Rows - 1));
    }

    [Fact]
    public void Columns_and_formats_that_contradict_themselves_are_the_programs_error()
    {
        Assert.Throws<ArgumentException>(() => Read("a,b\n1,2\n", columns: []));
        Assert.Throws<ArgumentException>(() => Read("a,b\n1,2\n", columns: [Column.Target("b")]));
        Assert.Throws<ArgumentException>(() => Read("a,b\n1,2\n", columns: [Column.Number("a"), Column.Target("a")]));
        Assert.Throws<ArgumentException>(() => Read("a,b\n1,2\n", columns: [Column.Number("a"), Column.Target("b"), Column.Label("c")]));
        Assert.Throws<ArgumentException>(() => Read("a,b\n1,2\n", columns: [Column.Number("a"), Column.Label("b"), Column.Label("c")]));
        Assert.Throws<ArgumentException>(() => Read("1,2\n", new CsvFormat { ColumnNames = ["a", "c"] }));
        Assert.Throws<ArgumentException>(() => Read("1,2\n", new CsvFormat { ColumnNames = ["a", "a", "b"] }));
        Assert.Throws<ArgumentException>(() => Read("a,b\n", new CsvFormat { Separator = '"' }));
        Assert.Throws<ArgumentException>(() => Read("a,b\n", new CsvFormat { Separator = 'é' }));
        Assert.Throws<ArgumentException>(() => Read("a,b\n", new CsvFormat { SkippedLines = -1 }));
        Assert.Throws<ArgumentException>(() => Column.Target("a", Missing.BecomesMean()));
        Assert.Throws<ArgumentException>(() => Column.Number("a", Missing.BecomesCategory("x")));
        Assert.Throws<ArgumentException>(() => Column.Category("a", missing: Missing.BecomesMean()));
        Assert.Throws<ArgumentException>(() => Column.Category("a", ["x", "x"]));
        Assert.Throws<ArgumentException>(() => Column.Category("a", ["x"], missing: Missing.BecomesCategory("y")));
        Assert.Throws<ArgumentException>(() => Missing.BecomesNumber(float.NaN));
    }

    [Fact]
    public void Rows_can_be_had_as_text()
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, "a,b\n1,\"x\ny\"\n3,4\n");

            Assert.Equal(["a", "b"], CsvFile.ReadColumnNames(path, CsvFormat.Comma));
            CsvRow[] rows = [.. CsvFile.ReadRows(path, CsvFormat.Comma)];
            Assert.Equal([2L, 4L], rows.Select(row => row.Line));
            Assert.Equal(["1", "x\ny"], rows[0].Values);

            // Read as data, the names are no numbers, nor is the text.
            var exception = Assert.Throws<DataFileException>(() => CsvFile.Read(path, new CsvFormat { ColumnNames = ["a", "b"] }, Ab));
            Assert.Equal(3, exception.Errors.Count);
            Assert.StartsWith($"{path}, line 1, column 1 \"a\": \"a\"; expected a number", exception.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }

        Assert.Throws<FileNotFoundException>(() => CsvFile.Read(path, CsvFormat.Comma, Ab));
    }

    [Fact]
    public void Another_culture_changes_nothing()
    {
        CultureInfo culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("sv-SE");

            Assert.Equal([-1.5f, 2000], Values(Read("a,b\n-1.5,2e3\n")));
            Assert.Contains("from -1.5 to 2.5", Assert.Single(Errors("a,b\n3.5,1\n", columns: [Column.Number("a") with { Minimum = -1.5f, Maximum = 2.5f }, Column.Target("b")])), StringComparison.Ordinal);
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }
}
