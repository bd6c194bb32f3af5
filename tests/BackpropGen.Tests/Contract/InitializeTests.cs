using System;
using System.Linq;
using Xunit;

namespace BackpropGen.Tests.Contract;

/// <summary>Initialize, and what a new object has.</summary>
public sealed class InitializeTests
{
    [Fact]
    public void A_new_object_has_seed_0()
    {
        var net = new VectorNet();
        int[] fresh = Numbers.Bits(net.Parameters);
        net.Initialize(1);
        Assert.NotEqual(fresh, Numbers.Bits(net.Parameters));
        net.Initialize(0);
        Assert.Equal(fresh, Numbers.Bits(net.Parameters));
        Assert.Equal(fresh, Numbers.Bits(new VectorNet().Parameters));
    }

    [Fact]
    public void Everything_is_as_in_a_new_object()
    {
        var net = new VectorNet();
        var fresh = new VectorNet();
        for (int i = 0; i < 3; i++)
        {
            net.TrainStep(Numbers.Values(26, i), Numbers.Values(10, i));
        }

        net.Backward(Numbers.Values(13), Numbers.Values(5));
        net.LearningRate = 0.5f;
        Assert.NotEqual(fresh.OptimizerState.ToArray(), net.OptimizerState.ToArray());
        net.Initialize(0);
        Assert.Equal(Numbers.Bits(fresh.Parameters), Numbers.Bits(net.Parameters));
        Assert.All(net.Gradients.ToArray(), g => Assert.Equal(0, g));
        Assert.All(net.OptimizerState.ToArray(), s => Assert.Equal(0, s));
        Assert.Equal(0, net.StepCount);
        Assert.Equal(0.01f, net.LearningRate);

        // What follows is the same to the bit.
        float[] x = Numbers.Values(26, 9);
        float[] t = Numbers.Values(10, 9);
        Assert.Equal(fresh.TrainStep(x, t), net.TrainStep(x, t));
        Assert.Equal(Numbers.Bits(fresh.Parameters), Numbers.Bits(net.Parameters));
    }

    [Fact]
    public void Frozen_tensors_are_initialized_too()
    {
        var net = new Frozen();
        float[] before = net.Affine2Weights.ToArray();
        net.Affine2Weights.Clear();
        net.Initialize(0);
        Assert.Equal(before, net.Affine2Weights.ToArray());
        Assert.NotEqual(0, before[0]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(12345)]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    public void The_bits_are_the_same_on_every_machine_and_version(int seed)
    {
        var net = new Drawn();
        net.Initialize(seed);
        Assert.Equal(Golden(seed), string.Join(" ", Numbers.Bits(net.Parameters).Select(b => b.ToString("X8", System.Globalization.CultureInfo.InvariantCulture))));
    }

    [Fact]
    public void Different_seeds_and_different_tensors_get_different_numbers()
    {
        var net = new TwoAlike();
        Assert.NotEqual(net.Affine1Weights.ToArray(), net.Affine2Weights.ToArray());
        int[][] draws = Enumerable.Range(-3, 50).Select(seed =>
        {
            net.Initialize(seed);
            return Numbers.Bits(net.Parameters);
        }).ToArray();
        Assert.Equal(draws.Length, draws.Select(d => string.Join(",", d)).Distinct().Count());
    }

    [Fact]
    public void Weights_and_bias_are_uniform_within_one_over_the_root_of_inputs_by_default()
    {
        var net = new Initialized();
        AssertUniform(net.UniformWeights, 1 / Math.Sqrt(64));
        AssertUniform(net.UniformBias, 1 / Math.Sqrt(64));
    }

    [Fact]
    public void GlorotUniform_is_within_the_root_of_6_over_inputs_plus_outputs()
    {
        var net = new Initialized();
        AssertUniform(net.GlorotUniformWeights, Math.Sqrt(6.0 / (80 + 50)));
        Assert.All(net.GlorotUniformBias.ToArray(), b => Assert.Equal(0, b));
    }

    [Fact]
    public void GlorotNormal_has_the_deviation_root_of_2_over_inputs_plus_outputs()
    {
        var net = new Initialized();
        AssertNormal(net.GlorotNormalWeights, Math.Sqrt(2.0 / (50 + 90)));
        Assert.All(net.GlorotNormalBias.ToArray(), b => Assert.Equal(0, b));
    }

    [Fact]
    public void HeUniform_is_within_the_root_of_6_over_inputs()
    {
        var net = new Initialized();
        AssertUniform(net.HeUniformWeights, Math.Sqrt(6.0 / 90));
        Assert.All(net.HeUniformBias.ToArray(), b => Assert.Equal(0, b));
    }

    [Fact]
    public void HeNormal_has_the_deviation_root_of_2_over_inputs_whatever_the_layout()
    {
        var net = new Initialized();
        AssertNormal(net.HeNormalWeights, Math.Sqrt(2.0 / 40));
        Assert.All(net.HeNormalBias.ToArray(), b => Assert.Equal(0, b));
    }

    [Fact]
    public void Zeros_are_zero()
    {
        var net = new Initialized();
        Assert.All(net.ZerosWeights.ToArray(), w => Assert.Equal(0, w));
        Assert.All(net.ZerosBias.ToArray(), b => Assert.Equal(0, b));
    }

    private static string Golden(int seed) => seed switch
    {
        0 => "3DEF782B 3E927C55 BEEAB27F BDC540A4 3E89BFCE 3F13BA30 3F0FB28B BEDE035C 3E1FBDAF 3F24A2B4 BF8D3DE1 BF980198 3F3247DB BE2AB657",
        12345 => "BE7F712E BF06472C 3ED64FDB BE6C5451 BEF255AA 3F0FA94C 3D1B873B 3EA11033 BF118B54 BF1D779E 3E035134 3F930532 BFCCD51A 3D0CE555",
        -1 => "BF070BB1 3E588BA8 3DACB05C BE2848F5 3E5E70A7 BF05ED4B 3EDEF124 BEFE9337 BF214AF4 3F7D93E5 BF5DB702 3F253A76 3F9516B6 3E16102F",
        _ => "3EAFC44E 3B58863E 3E1F4C81 3DDDE534 3EE6444B BEFD7D8C BED288B6 BE8623E2 BF66EED4 BD14172D BEFDDADF 3E9A8EDE BF53692F BF14C730",
    };

    private static void AssertUniform(ReadOnlySpan<float> values, double bound)
    {
        Assert.True(values.Length >= 80);
        double sum = 0;
        double squares = 0;
        double largest = 0;
        foreach (float value in values)
        {
            sum += value;
            squares += (double)value * value;
            largest = Math.Max(largest, Math.Abs((double)value));
        }

        Assert.InRange(largest, 0.95 * bound, bound * (1 + 1e-6));
        AssertMoments(sum, squares, values.Length, bound / Math.Sqrt(3));
    }

    private static void AssertNormal(ReadOnlySpan<float> values, double deviation)
    {
        Assert.True(values.Length >= 80);
        double sum = 0;
        double squares = 0;
        double largest = 0;
        foreach (float value in values)
        {
            sum += value;
            squares += (double)value * value;
            largest = Math.Max(largest, Math.Abs((double)value));
        }

        // Beyond what is uniform with the same deviation.
        Assert.InRange(largest, 2.5 * deviation, 6 * deviation);
        AssertMoments(sum, squares, values.Length, deviation);
    }

    private static void AssertMoments(double sum, double squares, int count, double deviation)
    {
        Assert.InRange(sum / count, -4 * deviation / Math.Sqrt(count), 4 * deviation / Math.Sqrt(count));
        Assert.InRange(Math.Sqrt(squares / count), deviation * (1 - (4 / Math.Sqrt(2 * count))), deviation * (1 + (4 / Math.Sqrt(2 * count))));
    }
}

[Affine(3, 2)]
[Tanh]
[Affine(2, 3, Bias = false, Initializer = Initializer.HeNormal)]
internal sealed partial class Drawn;

[Affine(4, 4)]
[Affine(4, 4)]
internal sealed partial class TwoAlike;

[Affine(64, 80, Name = "Uniform")]
[Affine(80, 50, Name = "GlorotUniform", Initializer = Initializer.GlorotUniform)]
[Affine(50, 90, Name = "GlorotNormal", Initializer = Initializer.GlorotNormal)]
[Affine(90, 40, Name = "HeUniform", Initializer = Initializer.HeUniform)]
[Affine(40, 60, Name = "HeNormal", Initializer = Initializer.HeNormal, Layout = WeightLayout.OutIn)]
[Affine(60, 3, Name = "Zeros", Initializer = Initializer.Zeros)]
internal sealed partial class Initialized;
