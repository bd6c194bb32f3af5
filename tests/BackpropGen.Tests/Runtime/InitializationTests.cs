using System;
using System.Linq;
using BackpropGen.Runtime;
using Xunit;

namespace BackpropGen.Tests.Runtime;

public class InitializationTests
{
    // Golden bits: a network of a seed is the same network for ever. If this test fails, the code is wrong and not the figures.
    [Fact]
    public void Uniform_values_never_change()
    {
        float[] values = new float[4];
        Initialization.Uniform(values, 0, 0, 1);
        Assert.Equal([0x3E4F62F8u, 0x3EFDB87Cu, 0xBF4B40F8u, 0xBE2AD360u], Bits(values));
        Initialization.Uniform(values, -7, 3, 0.1f);
        Assert.Equal([0xBDACF92Au, 0x3D8E885Au, 0xBD9A5995u, 0xBD9BF687u], Bits(values));
    }

    [Fact]
    public void Normal_values_never_change()
    {
        float[] values = new float[5];
        Initialization.Normal(values, 0, 0, 1);
        Assert.Equal([0x3F191D41u, 0x3FBB52A8u, 0xBF65222Au, 0xBE409387u, 0xC01A994Du], Bits(values));
        Initialization.Normal(values, 2026, 11, 0.05f);
        Assert.Equal([0xBDD1349Cu, 0xBD6D202Au, 0x3DAE6F36u, 0xBCBA274Au, 0xBB92561Du], Bits(values));
    }

    [Fact]
    public void Uniform_values_fill_their_interval_evenly()
    {
        const float Bound = 0.125f;
        float[] values = new float[200_000];
        Initialization.Uniform(values, 1, 2, Bound);
        Assert.All(values, value => Assert.InRange(value, -Bound, MathF.BitDecrement(Bound)));
        Assert.Equal(0, values.Average(value => (double)value), 3e-3 * Bound);
        Assert.Equal(Bound * Bound / 3, Variance(values), 0.01 * Bound * Bound / 3);
        for (int tenth = 0; tenth < 10; tenth++)
        {
            double from = (tenth / 5.0 - 1) * Bound;
            int count = values.Count(value => value >= from && value < from + Bound / 5.0);
            Assert.InRange(count, 19_400, 20_600);
        }
    }

    [Fact]
    public void Normal_values_have_their_moments()
    {
        float[] values = new float[200_001];
        Initialization.Normal(values, 1, 2, 3);
        Assert.Equal(0, values.Average(value => (double)value), 0.03);
        Assert.Equal(9, Variance(values), 0.1);

        // 68.27 % within one standard deviation, 0.27 % beyond three.
        Assert.InRange(values.Count(value => Math.Abs(value) < 3) / 200_001.0, 0.678, 0.688);
        Assert.InRange(values.Count(value => Math.Abs(value) > 9) / 200_001.0, 0.0022, 0.0032);

        // No sample remembers the one before.
        double correlation = Enumerable.Range(1, 200_000).Sum(i => (double)values[i] * values[i - 1]) / 200_000 / 9;
        Assert.Equal(0, correlation, 0.01);
    }

    [Fact]
    public void Streams_and_seeds_differ()
    {
        int[] seeds = [0, 1, -1, int.MinValue, int.MaxValue];
        int[] streams = [0, 1, 2, 1000];
        float[][] draws = [.. from seed in seeds from stream in streams select Draw(seed, stream)];
        for (int i = 0; i < draws.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                double correlation = draws[i].Zip(draws[j], (a, b) => (double)a * b).Sum() * 3 / draws[i].Length;
                Assert.Equal(0, correlation, 0.1);
            }
        }

        static float[] Draw(int seed, int stream)
        {
            float[] values = new float[4000];
            Initialization.Uniform(values, seed, stream, 1);
            return values;
        }
    }

    [Fact]
    public void A_longer_tensor_starts_as_a_shorter_one()
    {
        float[] shorter = new float[7];
        float[] longer = new float[20];
        Initialization.Normal(shorter, 5, 6, 1);
        Initialization.Normal(longer, 5, 6, 1);
        Assert.Equal(shorter, longer[..7]);
    }

    [Fact]
    public void Zeros_are_zeros()
    {
        float[] values = [1, 2];
        Initialization.Zeros(values);
        Assert.Equal([0, 0], values);
    }

    private static uint[] Bits(float[] values) => [.. values.Select(BitConverter.SingleToUInt32Bits)];

    private static double Variance(float[] values)
    {
        double mean = values.Average(value => (double)value);
        return values.Average(value => (value - mean) * (value - mean));
    }
}
