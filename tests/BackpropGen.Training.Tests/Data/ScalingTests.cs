using System;
using System.Linq;
using BackpropGen.Data;
using Xunit;

namespace BackpropGen.Training.Tests.Data;

public class ScalingTests
{
    private static readonly float[] Noise = [.. Enumerable.Range(0, 300).Select(i => (float)Math.Sin(12.9898 * i) * (i % 3 == 2 ? 1e-4f : 1e4f) + i % 3 * 1000)];

    private static TargetExamples Of(params float[] inputs) => new(inputs, 1, new float[inputs.Length], 1);

    [Fact]
    public void Standardised_values_have_mean_zero_and_deviation_one_by_feature()
    {
        var examples = new TargetExamples(Noise, 3, Noise, 3);

        TargetExamples scaled = examples.Scaled(Scaling.Standardize(examples), Scaling.StandardizeTargets(examples));

        for (int feature = 0; feature < 3; feature++)
        {
            double[] values = [.. Enumerable.Range(0, scaled.Count).Select(i => (double)scaled.Input(i)[feature])];
            Assert.Equal(0, values.Average(), feature == 2 ? 0.5 : 1e-5);
            Assert.Equal(1, Math.Sqrt(values.Average(v => v * v) - values.Average() * values.Average()), feature == 2 ? 0.2 : 1e-5);
            Assert.Equal(scaled.Input(7)[feature], scaled.Target(7)[feature]);
        }
    }

    [Fact]
    public void The_extremes_of_the_training_part_become_the_ends_of_the_range()
    {
        TargetExamples examples = Of(-3, 5, 1, 13);

        Assert.Equal([0f, 0.5f, 0.25f, 1], Inputs(examples.Scaled(Scaling.MinMax(examples))));
        Assert.Equal([-1f, 0, -0.5f, 1], Inputs(examples.Scaled(Scaling.MinMax(examples, -1, 1))));
        Assert.Equal([2f], Inputs(Of(29).Scaled(Scaling.MinMax(examples))));
    }

    [Fact]
    public void Only_the_training_part_counts()
    {
        TargetExamples all = Of(1, 2, 3, 1000);

        var scaling = Scaling.Standardize(all.Slice(0, 3));

        Assert.Equal(2, scaling.Offsets[0]);
        Assert.Equal(Math.Sqrt(2.0 / 3), scaling.Scales[0], 1e-6);
    }

    [Theory]
    [InlineData(0.1f)]
    [InlineData(0f)]
    [InlineData(-3e38f)]
    public void A_feature_that_never_changes_becomes_zero(float value)
    {
        TargetExamples examples = Of(value, value, value);

        foreach (Scaling scaling in new[] { Scaling.Standardize(examples), Scaling.MinMax(examples) })
        {
            Assert.Equal(1, scaling.Scales[0]);
            Assert.Equal([0f, 0, 0], Inputs(examples.Scaled(scaling)));
            Assert.Equal(value, Inverse(scaling, 0));
        }
    }

    [Fact]
    public void The_inverse_gives_the_values_back()
    {
        var examples = new TargetExamples(Noise, 3, Noise, 3);
        foreach (Scaling scaling in new[] { Scaling.StandardizeTargets(examples), Scaling.MinMaxTargets(examples, -2, 5) })
        {
            float[] values = [.. Noise];

            scaling.ApplyInPlace(values);
            scaling.InvertInPlace(values);

            for (int i = 0; i < values.Length; i++)
            {
                Assert.Equal(Noise[i], values[i], 2e-3);
            }
        }
    }

    [Fact]
    public void A_sample_is_scaled_without_allocation()
    {
        var scaling = new Scaling([1, 2, 3], [4, 5, 6]);
        var sample = new float[3];
        var other = new float[3];
        Assert.Equal(0, Allocations.Of(() =>
        {
            scaling.ApplyInPlace(sample);
            scaling.InvertInPlace(sample);
            scaling.Apply(sample, other);
            scaling.Invert(other, sample);
        }));
    }

    [Fact]
    public void What_cannot_be_scaled_is_said()
    {
        Assert.StartsWith("No examples to fit a scaling on", Message(() => Scaling.Standardize(Of(1, 2).Slice(0, 0))), StringComparison.Ordinal);
        Assert.StartsWith("Value 0 of the input of example 1 is NaN", Message(() => Scaling.Standardize(Of(1, float.NaN))), StringComparison.Ordinal);
        Assert.StartsWith("Value 0 of the target of example 0 is ∞", Message(() => Scaling.MinMaxTargets(new TargetExamples(new float[1], 1, (float[])[float.PositiveInfinity], 1))).Replace("Infinity", "∞", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.StartsWith("Value 0 of the inputs goes from -3E+38 to 3E+38, which float32 cannot bring to 0 to 1.", Message(() => Scaling.MinMax(Of(-3e38f, 3e38f))), StringComparison.Ordinal);
        Assert.StartsWith("The range is 1 to 1", Message(() => Scaling.MinMax(Of(1, 2), 1, 1)), StringComparison.Ordinal);
        Assert.StartsWith("4 values; expected a whole number of samples of 3.", Message(() => new Scaling(new float[3], [1, 1, 1]).ApplyInPlace(new float[4])), StringComparison.Ordinal);
        Assert.StartsWith("6 values to receive 3", Message(() => new Scaling(new float[3], [1, 1, 1]).Apply(new float[3], new float[6])), StringComparison.Ordinal);
        Assert.StartsWith("A scaling of 3 values for inputs of 1 values each; expected one of 1.", Message(() => Of(1).Scaled(new Scaling(new float[3], [1, 1, 1]))), StringComparison.Ordinal);
        Assert.StartsWith("1 offsets and 2 scales", Message(() => Of().Scaled(new Scaling([0], [1, 1]))), StringComparison.Ordinal);
        Assert.StartsWith("Feature 1 has the offset 0 and the scale 0", Message(() => Of().Scaled(new Scaling([0, 0], [1, 0]))), StringComparison.Ordinal);

        static string Message(Action action) => Assert.ThrowsAny<ArgumentException>(action).Message;
    }

    [Fact]
    public void Labels_keep_their_classes()
    {
        var examples = new LabelExamples(new float[] { 0, 10, 20 }, 1, (int[])[0, 1, 0], ["no", "yes"]);

        LabelExamples scaled = examples.Subset([2, 1]).Scaled(Scaling.MinMax(examples));

        Assert.Equal([1f, 0.5f], Inputs(scaled));
        Assert.Equal([0, 1], [scaled.Target(0)[0], scaled.Target(1)[0]]);
        Assert.Equal(["no", "yes"], scaled.ClassNames);
    }

    private static float[] Inputs(Examples examples) => [.. Enumerable.Range(0, examples.Count).SelectMany(i => examples.Input(i).ToArray())];

    private static float Inverse(Scaling scaling, float value)
    {
        float[] values = [value];
        scaling.InvertInPlace(values);
        return values[0];
    }
}
