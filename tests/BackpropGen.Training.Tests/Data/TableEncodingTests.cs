using System;
using System.IO;
using System.Linq;
using System.Text;
using BackpropGen.Data;
using Xunit;

namespace BackpropGen.Training.Tests.Data;

public class TableEncodingTests
{
    private static RawTable Read(string text, params Column[] columns) =>
        CsvFile.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "t.csv", CsvFormat.Comma, columns);

    private static float[] Inputs(Examples examples) => [.. Enumerable.Range(0, examples.Count).SelectMany(i => examples.Input(i).ToArray())];

    [Fact]
    public void A_row_becomes_its_numbers_and_a_one_for_its_category()
    {
        RawTable table = Read("y,origin,x\n1,3,10\n2,1,20\n3,10,30\n", Column.Number("x"), Column.Category("origin"), Column.Target("y"));

        var encoding = TableEncoding.Fit(table);
        TargetExamples examples = encoding.ToTargets(table);

        Assert.Equal(["x", "origin=1", "origin=3", "origin=10"], encoding.FeatureNames);
        Assert.Equal(["y"], encoding.TargetNames);
        Assert.Equal([10f, 0, 1, 0, 20, 1, 0, 0, 30, 0, 0, 1], Inputs(examples));
        Assert.Equal([3f], examples.Target(2).ToArray());
        Assert.Throws<InvalidOperationException>(() => encoding.ToLabels(table));
    }

    [Fact]
    public void Classes_have_indices_in_their_order()
    {
        RawTable table = Read("x,kind\n1,b\n2,a\n3,b\n", Column.Number("x"), Column.Label("kind"));
        RawTable given = Read("x,kind\n1,b\n2,a\n3,b\n", Column.Number("x"), Column.Label("kind", ["b", "c", "a"]));

        LabelExamples found = TableEncoding.Fit(table).ToLabels(table);
        LabelExamples named = TableEncoding.Fit(given).ToLabels(given);

        Assert.Equal(["a", "b"], found.ClassNames);
        Assert.Equal([1, 0, 1], Enumerable.Range(0, 3).Select(i => found.Target(i)[0]));
        Assert.Equal([0, 2, 0], Enumerable.Range(0, 3).Select(i => named.Target(i)[0]));
        Assert.Throws<InvalidOperationException>(() => TableEncoding.Fit(table).ToTargets(table));
    }

    [Fact]
    public void What_the_training_part_does_not_have_is_an_error_with_its_line_or_zeros()
    {
        const string Text = "x,kind\n1,a\n2,b\n3,c\n4,a\n5,d\n";
        Column y = Column.Target("x");
        RawTable strict = Read(Text, Column.Category("kind"), y);
        RawTable lenient = Read(Text, Column.Category("kind", unknown: UnknownCategory.IsAllZeros), y);

        var exception = Assert.Throws<DataFileException>(() => TableEncoding.Fit(strict.Slice(0, 2)).ToTargets(strict.Slice(2, 3)));
        TargetExamples zeros = TableEncoding.Fit(lenient.Slice(0, 2)).ToTargets(lenient.Slice(2, 3));

        Assert.Equal([4L, 6L], exception.Errors.Select(error => error.Line));
        Assert.StartsWith("t.csv, line 4, column 2 \"kind\": \"c\"; expected a category: \"a\", \"b\" (those of the training part;", exception.Message, StringComparison.Ordinal);
        Assert.Equal([0f, 0, 1, 0, 0, 0], Inputs(zeros));
    }

    [Fact]
    public void A_category_that_is_none_of_those_given_is_an_error_of_the_file()
    {
        var exception = Assert.Throws<DataFileException>(() => Read("x,kind\n1,a\n2,z\n", Column.Number("x"), Column.Label("kind", ["a", "b"])));
        RawTable lenient = Read("x,kind\n1,a\n2,z\n", Column.Category("kind", ["a", "b"], UnknownCategory.IsAllZeros), Column.Target("x"));

        Assert.Equal("t.csv, line 3, column 2 \"kind\": \"z\"; expected a class: \"a\", \"b\"", exception.Message);
        Assert.Equal([1f, 0, 0, 0], Inputs(TableEncoding.Fit(lenient).ToTargets(lenient)));
    }

    [Theory]
    [InlineData("mean", 4)]
    [InlineData("median", 2)]
    [InlineData("number", -7)]
    public void Missing_numbers_become_what_the_column_says_of_the_training_part_alone(string how, float expected)
    {
        Missing missing = how switch
        {
            "mean" => Missing.BecomesMean("?"),
            "median" => Missing.BecomesMedian("?"),
            _ => Missing.BecomesNumber(-7, "?"),
        };
        RawTable table = Read("x,y\n1,0\n2,0\n9,0\n?,0\n1000,0\n?,0\n", Column.Number("x", missing), Column.Target("y"));

        var encoding = TableEncoding.Fit(table.Slice(0, 4));

        Assert.Equal([1, 2, 9, expected], Inputs(encoding.ToTargets(table.Slice(0, 4))));
        Assert.Equal([1000, expected], Inputs(encoding.ToTargets(table.Slice(4, 2))));
        if (how != "number")
        {
            Assert.Throws<InvalidOperationException>(() => TableEncoding.Fit(table.Slice(3, 1)));
        }
    }

    [Fact]
    public void The_median_of_an_even_number_is_between_the_middle_ones()
    {
        RawTable table = Read("x,y\n4,0\n1,0\n2,0\n100,0\n,0\n", Column.Number("x", Missing.BecomesMedian()), Column.Target("y"));

        Assert.Equal(3, Inputs(TableEncoding.Fit(table).ToTargets(table))[4]);
    }

    [Fact]
    public void Rows_with_something_missing_are_dropped_and_counted_where_the_column_says_so()
    {
        RawTable table = Read(
            "x,kind,y\n1,a,1\n?,a,2\n3,NA,3\n4,b,?\n-999,b,5\n6,b,6\n",
            Column.Number("x", Missing.DropsTheRow("?", "-999")), Column.Category("kind", missing: Missing.DropsTheRow()), Column.Target("y", Missing.DropsTheRow()));

        Assert.Equal(2, table.Count);
        Assert.Equal(4, table.DroppedRows);
        Assert.Equal([2, 7], [table.Line(0), table.Line(1)]);
        Assert.Equal([1f, 1, 0, 6, 0, 1], Inputs(TableEncoding.Fit(table).ToTargets(table)));

        // What is wrong in a row is wrong, dropped or not; and rows must be left.
        Assert.Throws<DataFileException>(() => Read("x,y\n?,1\n2,oops\n", Column.Number("x", Missing.DropsTheRow()), Column.Target("y")));
        Assert.Equal("t.csv: values missing in all 2 rows; expected at least one row with all values", Assert.Throws<DataFileException>(() => Read("x,y\n?,1\n?,2\n", Column.Number("x", Missing.DropsTheRow()), Column.Target("y"))).Message);
    }

    [Fact]
    public void A_missing_category_becomes_one_of_the_columns()
    {
        RawTable table = Read("kind,y\na,1\n,2\nb,3\n", Column.Category("kind", missing: Missing.BecomesCategory("none")), Column.Target("y"));

        var encoding = TableEncoding.Fit(table);

        Assert.Equal(["kind=a", "kind=b", "kind=none"], encoding.FeatureNames);
        Assert.Equal([1f, 0, 0, 0, 0, 1, 0, 1, 0], Inputs(encoding.ToTargets(table)));
    }

    [Fact]
    public void Another_file_with_the_same_columns_is_encoded_alike_and_one_with_others_is_refused()
    {
        Column[] columns = [Column.Category("kind"), Column.Target("y")];
        RawTable table = Read("kind,y\na,1\nb,2\n", columns);
        RawTable other = Read("y,more,kind\n5,5,b\n", columns);
        var encoding = TableEncoding.Fit(table);

        Assert.Equal([0f, 1], Inputs(encoding.ToTargets(other)));
        Assert.Throws<ArgumentException>(() => encoding.ToTargets(Read("kind,y\na,1\n", Column.Number("y"), Column.Label("kind"))));
        Assert.Throws<InvalidOperationException>(() => TableEncoding.Fit(table.Slice(0, 0)));
        Assert.Equal(
            "t.csv, line 2, column 3 \"kind\": \"q\"; expected a category: \"a\", \"b\" (those of the training part; all of them can be given with the column)",
            Assert.Throws<DataFileException>(() => encoding.ToTargets(Read("y,more,kind\n5,5,q\n", columns))).Message);
    }

    [Fact]
    public void A_table_is_split_as_its_examples_are()
    {
        RawTable table = Read("x,y\n" + string.Concat(Enumerable.Range(0, 50).Select(i => FormattableString.Invariant($"{i},{i}\n"))), Column.Number("x"), Column.Target("y"));
        TargetExamples all = TableEncoding.Fit(table).ToTargets(table);

        (RawTable train, RawTable held) = table.Split(0.8, seed: 5);
        (TargetExamples first, TargetExamples second) = all.Split(0.8, seed: 5);

        Assert.Equal(Inputs(first), Inputs(TableEncoding.Fit(train).ToTargets(train)));
        Assert.Equal(Inputs(second), Inputs(TableEncoding.Fit(train).ToTargets(held)));
        Assert.Throws<ArgumentOutOfRangeException>(() => table.Split(1, 0));
        Assert.Throws<InvalidOperationException>(() => table.Slice(0, 1).Split(0.5, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => table.Slice(49, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => table.Subset([50]));
    }
}
