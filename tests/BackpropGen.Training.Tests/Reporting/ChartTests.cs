using System;
using System.Buffers.Binary;
using System.IO;
using System.IO.Compression;
using System.Linq;
using BackpropGen.Reporting;
using Xunit;

namespace BackpropGen.Training.Tests.Reporting;

public class ChartTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.123, 0.124)]
    [InlineData(-5, 1e6)]
    [InlineData(3, 3)]
    [InlineData(0, 0)]
    [InlineData(1e-9, 1e9)]
    [InlineData(1e-300, 1e300)]
    [InlineData(-1e300, 1e300)]
    [InlineData(double.NaN, double.PositiveInfinity)]
    public void An_axis_holds_its_values_and_few_rising_ticks_that_differ_as_written(double least, double greatest)
    {
        var axis = Axis.Around([least, greatest], 200, 10, 5);

        Assert.InRange(axis.Ticks.Count, 1, 9);
        Assert.Equal(axis.Ticks.Order(), axis.Ticks);
        Assert.Equal(axis.Ticks.Count, axis.Ticks.Select(t => Numbers.Short(t)).Distinct().Count());
        Assert.All(axis.Ticks.Concat([least, greatest]).Where(double.IsFinite), v => Assert.InRange(axis.Of(v), 9.99, 200.01));
    }

    [Fact]
    public void A_loss_that_spans_decades_is_logarithmic_and_one_that_does_not_is_not()
    {
        Assert.True(Axis.Around([0.001, 1], 0, 1, 5).IsLogarithmic);
        Assert.False(Axis.Around([0.5, 1], 0, 1, 5).IsLogarithmic);
        Assert.False(Axis.Around([-0.001, 1], 0, 1, 5).IsLogarithmic);
    }

    [Fact]
    public void Thinning_keeps_ends_extremes_and_gaps()
    {
        Point[] points = [.. Enumerable.Range(0, 10_000).Select(i => new Point(i, i == 4321 ? 99 : i == 8765 ? -99 : i == 5000 ? double.NaN : Math.Sin(i)))];

        var kept = Thinning.ToColumns(points, 300);

        Assert.InRange(kept.Count, 300, 1201);
        Assert.Equal([points[0], points[^1]], [kept[0], kept[^1]]);
        Assert.Contains(points[4321], kept);
        Assert.Contains(points[8765], kept);
        Assert.Contains(points[5000], kept);
        Assert.Equal(kept.OrderBy(p => p.X), kept);
    }

    [Fact]
    public void A_histogram_counts_every_finite_value_once()
    {
        float[] values = [-2, -1, 0, 0, 1, 3, float.NaN, float.PositiveInfinity];

        var histogram = Histogram.Of(values);

        Assert.Equal(6, histogram.Counts.Sum());
        Assert.Equal((-2.0, 3.0, 2, 2), (histogram.Minimum, histogram.Maximum, histogram.Zeros, histogram.NotFinite));
        Assert.Equal(1.0 / 6, histogram.Mean, 12);
        Assert.Equal([1], Histogram.Of([7f]).Counts);
        Assert.Empty(Histogram.Of([float.NaN]).Counts);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1024)]
    [InlineData(1025)]
    [InlineData(1_000_003)]
    public void A_trace_of_losses_holds_them_all_in_bounded_memory(int steps)
    {
        var trace = new LossTrace();
        for (int i = 1; i <= steps; i++)
        {
            trace.Add(i);
        }

        var pieces = trace.ToPieces();

        Assert.InRange(pieces.Count, 1, 1025);
        Assert.Equal((1.0, (double)steps, (long)steps), (pieces[0].Least, pieces[^1].Greatest, pieces[^1].LastStep));
        long before = 0;
        foreach (LossPiece piece in pieces)
        {
            Assert.Equal((before + 1, (double)piece.LastStep), (piece.Least, piece.Greatest));
            Assert.Equal((before + 1 + piece.LastStep) / 2.0, piece.Mean, 6);
            before = piece.LastStep;
        }
    }

    [Fact]
    public void The_worst_are_kept_in_order_and_what_is_no_number_is_the_worst()
    {
        var worst = new WorstOf<string>(3);
        foreach ((string item, double score) in new[] { ("a", 1.0), ("b", 5), ("c", double.NaN), ("d", 3), ("e", 5) })
        {
            worst.Offer(item, score);
        }

        Assert.Equal(["c", "b", "e"], worst.ToList());
        Assert.False(new WorstOf<string>(0).Takes(1));
    }

    [Fact]
    public void A_picture_is_a_png_of_its_pixels()
    {
        float[] values = [0, 0.5f, 1, float.NaN, -1, 2];

        byte[] file = PngImage.Encode(values, new ImageLayout(3, 2));

        Assert.Equal([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], file[..8]);
        Assert.Equal((3, 2), (BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(20))));
        Assert.Equal(0xAE426082u, BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(file.Length - 4)));
        int length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(33));
        using var stream = new ZLibStream(new MemoryStream(file, 41, length), CompressionMode.Decompress);
        using var rows = new MemoryStream();
        stream.CopyTo(rows);
        Assert.Equal([0, 0, 128, 255, 0, 0, 0, 255], rows.ToArray());
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(0.08123456, "0.08123")]
    [InlineData(12345.678, "12,346")]
    [InlineData(-0.5, "−0.5")]
    [InlineData(1.2e-7, "1.2e−7")]
    [InlineData(5e-324, "4.941e−324")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.NegativeInfinity, "−∞")]
    public void Figures_are_short(double value, string expected) => Assert.Equal(expected, Numbers.Short(value));
}
