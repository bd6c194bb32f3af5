using System;
using System.Linq;
using Xunit;

namespace BackpropGen.Training.Tests.Training;

public class ClippingTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(16)]
    [InlineData(37)]
    public void By_value_bounds_each(int count)
    {
        float[] gradients = Sets.Values(count, 1, 3);
        float[] expected = [.. gradients.Select(g => Math.Clamp(g, -1.5f, 1.5f))];
        GradientClipping.ByValue(1.5f).Apply(gradients);
        Assert.Equal(expected, gradients);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(16)]
    [InlineData(37)]
    public void By_norm_bounds_the_length_and_keeps_the_direction(int count)
    {
        float[] given = Sets.Values(count, 1, 3);
        double norm = Math.Sqrt(given.Sum(g => (double)g * g));
        float[] longer = [.. given];
        GradientClipping.ByNorm((float)(norm * 1.001)).Apply(longer);
        Assert.Equal(given, longer);

        float[] clipped = [.. given];
        GradientClipping.ByNorm(0.5f).Apply(clipped);
        for (int i = 0; i < count; i++)
        {
            Assert.Equal(given[i] * 0.5 / norm, clipped[i], 1e-6);
        }
    }

    [Fact]
    public void The_square_of_no_gradient_is_too_large()
    {
        float[] gradients = [3e38f, 0, -3e38f];
        GradientClipping.ByNorm(1).Apply(gradients);
        Assert.Equal(MathF.Sqrt(0.5f), gradients[0], 1e-6f);
        Assert.Equal(0, gradients[1]);
        Assert.Equal(-MathF.Sqrt(0.5f), gradients[2], 1e-6f);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(40)]
    public void What_is_no_number_is_not_hidden(int count)
    {
        for (int place = 0; place < count; place++)
        {
            float[] gradients = Sets.Values(count, 1);
            gradients[place] = float.NaN;
            GradientClipping.ByValue(0.1f).Apply(gradients);
            Assert.True(float.IsNaN(gradients[place]));
            GradientClipping.ByNorm(0.1f).Apply(gradients);
            Assert.True(float.IsNaN(gradients[place]));
        }
    }

    [Fact]
    public void A_limit_is_a_finite_number_above_0()
    {
        foreach (float limit in new[] { 0, -1, float.NaN, float.PositiveInfinity })
        {
            Assert.Throws<ArgumentOutOfRangeException>("limit", () => GradientClipping.ByValue(limit));
            Assert.Throws<ArgumentOutOfRangeException>("limit", () => GradientClipping.ByNorm(limit));
        }
    }
}
