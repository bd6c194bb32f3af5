using System;
using System.Globalization;
using System.Threading;
using BackpropGen.Runtime;
using Xunit;

namespace BackpropGen.Tests.Runtime;

public class GuardTests
{
    [Theory]
    [InlineData(64, 64, 1)]
    [InlineData(192, 64, 3)]
    [InlineData(5, 1, 5)]
    [InlineData(int.MaxValue, int.MaxValue, 1)]
    public void Samples_are_counted(int length, int valuesPerSample, int samples) =>
        Assert.Equal(samples, Guard.Samples(length, valuesPerSample, "input"));

    [Fact]
    public void No_sample_is_refused() =>
        AssertRefused(() => Guard.Samples(0, 64, "input"), "input", "'input' is empty: pass at least one sample, 64 values.");

    [Theory]
    [InlineData(100, 64, "'input' has 100 values, but a sample has 64: pass a multiple of 64, such as 64.")]
    [InlineData(3, 64, "'input' has 3 values, but a sample has 64: pass a multiple of 64, such as 64.")]
    [InlineData(130, 64, "'input' has 130 values, but a sample has 64: pass a multiple of 64, such as 128.")]
    public void Part_of_a_sample_is_refused(int length, int valuesPerSample, string message) =>
        AssertRefused(() => Guard.Samples(length, valuesPerSample, "input"), "input", message);

    [Fact]
    public void A_length_matches_exactly()
    {
        Guard.Length(30, 3, 10, "output");
        AssertRefused(
            () => Guard.Length(29, 3, 10, "output"),
            "output",
            "'output' has 29 values: pass exactly 30, that is 3 samples of 10.");
        AssertRefused(
            () => Guard.Length(0, 1, 10, "output"),
            "output",
            "'output' has 0 values: pass exactly 10, that is 1 sample of 10.");

        // A product that an int cannot hold must not fit by chance.
        AssertRefused(
            () => Guard.Length(0, 1 << 16, 1 << 16, "output"),
            "output",
            "'output' has 0 values: pass exactly 4294967296, that is 65536 samples of 65536.");
    }

    [Fact]
    public void An_optional_length_may_be_none()
    {
        Guard.OptionalLength(0, 3, 10, "inputGradient");
        Guard.OptionalLength(30, 3, 10, "inputGradient");
        AssertRefused(
            () => Guard.OptionalLength(29, 3, 10, "inputGradient"),
            "inputGradient",
            "'inputGradient' has 29 values: pass exactly 30, that is 3 samples of 10, or none if it is not asked for.");
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(10)]
    [InlineData(int.MinValue)]
    [InlineData(int.MaxValue)]
    public void A_label_that_is_no_class_is_found_wherever_it_stands(int label)
    {
        for (int length = 1; length < 40; length++)
        {
            int[] labels = new int[length];
            Array.Fill(labels, 9);
            Guard.Labels(labels, length, 1, 10, "labels");
            for (int index = 0; index < length; index++)
            {
                labels[index] = label;
                string message = string.Create(
                    CultureInfo.InvariantCulture,
                    $"'labels' has label {label} at index {index}, but there are 10 classes: pass labels from 0 to 9.");
                AssertRefused(() => Guard.Labels(labels, length, 1, 10, "labels"), "labels", message);
                labels[index] = 9;
            }
        }
    }

    [Fact]
    public void As_many_labels_as_positions()
    {
        Guard.Labels(new int[6], 3, 2, 10, "labels");
        AssertRefused(
            () => Guard.Labels(new int[5], 3, 2, 10, "labels"),
            "labels",
            "'labels' has 5 labels: pass exactly 6, that is 2 for each of 3 samples.");
    }

    [Fact]
    public void No_target_where_none_is_read()
    {
        Guard.NoTarget(0, "target");
        AssertRefused(() => Guard.NoTarget(3, "target"), "target", "'target' has 3 values, but the loss reads no target: pass 'default'.");
    }

    [Fact]
    public void One_sample_is_one_of_each_length_in_memory_of_its_own()
    {
        float[] values = new float[40];
        for (int input = 0; input < 20; input++)
        {
            for (int output = 0; output < 20; output++)
            {
                bool isApart = input + 5 <= output || output + 3 <= input;
                Assert.Equal(isApart, Guard.IsOneSample(values.AsSpan(input, 5), 5, values.AsSpan(output, 3), 3));
            }
        }

        Assert.False(Guard.IsOneSample(values.AsSpan(0, 10), 5, values.AsSpan(20, 6), 3));
        Assert.False(Guard.IsOneSample(values.AsSpan(0, 4), 5, values.AsSpan(20, 3), 3));
        Assert.False(Guard.IsOneSample(values.AsSpan(0, 5), 5, values.AsSpan(20, 2), 3));
        Assert.False(Guard.IsOneSample(default, 5, default, 3));
        Assert.True(Guard.IsOneSample(new float[5], 5, new float[3], 3));
    }

    [Fact]
    public void What_is_written_overlaps_nothing()
    {
        float[] values = new float[10];
        const string Message = "'output' is written to and overlaps 'input': give each memory of its own.";
        Guard.NoOverlap(values.AsSpan(0, 5), values.AsSpan(5), "output", "input");
        Guard.NoOverlap(values.AsSpan(5), values.AsSpan(0, 5), "output", "input");
        Guard.NoOverlap(default, values, "output", "input");
        AssertRefused(() => Guard.NoOverlap(values.AsSpan(0, 6), values.AsSpan(5), "output", "input"), "output", Message);
        AssertRefused(() => Guard.NoOverlap(values, values, "output", "input"), "output", Message);
        Guard.NoOverlap(values, new int[10], "output", "input");
        AssertRefused(
            () => Guard.NoOverlap(values, System.Runtime.InteropServices.MemoryMarshal.Cast<float, int>(values), "output", "input"),
            "output",
            Message);
    }

    [Fact]
    public void Messages_are_the_same_in_every_culture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            culture.NumberFormat.NegativeSign = "minus ";
            Thread.CurrentThread.CurrentCulture = culture;
            AssertRefused(
                () => Guard.Labels([-1], 1, 1, 10, "labels"),
                "labels",
                "'labels' has label -1 at index 0, but there are 10 classes: pass labels from 0 to 9.");
        }
        finally
        {
            Thread.CurrentThread.CurrentCulture = before;
        }
    }

    private static void AssertRefused(Action check, string parameter, string message)
    {
        ArgumentException exception = Assert.Throws<ArgumentException>(check);
        Assert.Equal(parameter, exception.ParamName);
        Assert.StartsWith(message, exception.Message, StringComparison.Ordinal);
    }
}
