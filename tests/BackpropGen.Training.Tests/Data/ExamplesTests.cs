using System;
using System.Linq;
using BackpropGen.Data;
using Xunit;

namespace BackpropGen.Training.Tests.Data;

public class ExamplesTests
{
    private static LabelExamples Numbered(int count) => new(
        Enumerable.Range(0, 2 * count).Select(i => (float)i).ToArray(), 2, Enumerable.Range(0, count).ToArray());

    [Theory]
    [InlineData(2, 0.5, 1)]
    [InlineData(10, 0.8, 8)]
    [InlineData(10, 0.01, 1)]
    [InlineData(10, 0.99, 9)]
    public void A_split_has_each_example_once_with_its_own_label(int count, double share, int expected)
    {
        LabelExamples all = Numbered(count);

        (LabelExamples first, LabelExamples second) = all.Split(share, seed: 3);

        Assert.Equal(expected, first.Count);
        int[] labels = [.. Enumerable.Range(0, first.Count).Select(i => first.Target(i)[0]), .. Enumerable.Range(0, second.Count).Select(i => second.Target(i)[0])];
        Assert.Equal(Enumerable.Range(0, count), labels.Order());
        for (int i = 0; i < second.Count; i++)
        {
            Assert.Equal([2f * second.Target(i)[0], 2f * second.Target(i)[0] + 1], second.Input(i).ToArray());
        }
    }

    [Fact]
    public void A_part_of_a_part_is_a_view_of_the_same_memory()
    {
        float[] inputs = [0, 1, 2, 3, 4, 5];
        var all = new TargetExamples(inputs, 1, new float[] { 0, 10, 20, 30, 40, 50 }, 1);

        TargetExamples part = all.Slice(1, 4).Subset([3, 0, 3]);
        inputs[4] = 44;
        var gathered = new float[2];
        part.CopyInputs([0, 1], gathered);
        var targets = new float[2];
        part.CopyTargets([2, 1], targets);

        Assert.Equal(3, part.Count);
        Assert.Equal([44f, 1f], gathered);
        Assert.Equal([40f, 10f], targets);
    }

    [Fact]
    public void What_does_not_fit_together_is_said()
    {
        Assert.StartsWith("5 input values are no whole number of examples of 2 values.", Assert.Throws<ArgumentException>(() => new TargetExamples(new float[5], 2, new float[2], 1)).Message, StringComparison.Ordinal);
        Assert.StartsWith("3 target values for 2 examples of 1 each; expected 2.", Assert.Throws<ArgumentException>(() => new TargetExamples(new float[4], 2, new float[3], 1)).Message, StringComparison.Ordinal);
        Assert.StartsWith("Label 1 is -1; expected a class", Assert.Throws<ArgumentException>(() => new LabelExamples(new float[4], 2, (int[])[0, -1])).Message, StringComparison.Ordinal);
        Assert.StartsWith("Label 1 is 2; expected a class in [0, 2).", Assert.Throws<ArgumentException>(() => new LabelExamples(new float[4], 2, (int[])[0, 2], ["no", "yes"])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Numbered(3).Input(3).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => Numbered(3).Slice(2, 2));
        Assert.Throws<InvalidOperationException>(() => Numbered(1).Split(0.5, 0));
    }

    [Fact]
    public void Every_permutation_is_as_likely_as_any_other()
    {
        var counts = new int[24];
        Span<int> order = stackalloc int[4];
        const int Draws = 24_000;
        for (int epoch = 0; epoch < Draws; epoch++)
        {
            Shuffling.Fill(order, seed: 5, epoch);
            int rank = order[0] * 6;
            int second = order[1] - (order[1] > order[0] ? 1 : 0);
            rank += second * 2 + (order[2] > order[3] ? 1 : 0);
            counts[rank]++;
        }

        // Chi-squared with 23 degrees of freedom: above 58 once in ten thousand; the draws are the same every time.
        double statistic = counts.Sum(c => (c - 1000.0) * (c - 1000.0) / 1000.0);
        Assert.InRange(statistic, 5, 58);
    }
}
