using System.Linq;
using System.Numerics;
using BackpropGen.Runtime;
using Xunit;

namespace BackpropGen.Tests.Runtime;

public class LanesTests
{
    private static readonly int Count = Vector<float>.Count;

    [Fact]
    public void Load_store_and_broadcast_count_floats()
    {
        float[] values = [.. Enumerable.Range(0, Count + 3).Select(i => (float)i)];
        Vector<float> loaded = Lanes.Load(ref values[0], 3);
        Assert.Equal(new Vector<float>(values, 3), loaded);
        Assert.Equal(new Vector<float>(2f), Lanes.Broadcast(ref values[0], 2));

        float[] written = new float[Count + 2];
        Lanes.Store(loaded, ref written[0], 1);
        Assert.Equal([0, .. values[3..], 0], written);
        Lanes.Prefetch(ref values[0], 1_000_000);
    }

    [Fact]
    public void Index_counts_on_from_its_start()
    {
        Vector<float> index = Lanes.Index(16_777_216 - Count);
        for (int i = 0; i < Count; i++)
        {
            Assert.Equal(16_777_216 - Count + i, index[i]);
        }
    }

    [Fact]
    public void The_largest_is_found_in_every_lane_and_NaN_wins()
    {
        for (int lane = 0; lane < Count; lane++)
        {
            Vector<float> values = Lanes.Index(-100).WithElement(lane, 7);
            Assert.Equal(7, Lanes.Max(values));
            Assert.True(float.IsNaN(Lanes.Max(values.WithElement(lane, float.NaN))));
        }

        Assert.Equal(float.NegativeInfinity, Lanes.Max(new Vector<float>(float.NegativeInfinity)));
    }

    [Theory]
    [InlineData(1, 2, 2)]
    [InlineData(2, 1, 2)]
    [InlineData(float.NaN, 1, float.NaN)]
    [InlineData(1, float.NaN, float.NaN)]
    [InlineData(float.NaN, float.NaN, float.NaN)]
    [InlineData(float.PositiveInfinity, float.NaN, float.NaN)]
    [InlineData(float.NegativeInfinity, -1, -1)]
    public void The_larger_of_two_is_NaN_if_either_is(float a, float b, float expected)
    {
        Assert.Equal(expected, Lanes.Max(new Vector<float>(a), new Vector<float>(b))[Count - 1]);
        Assert.Equal(expected, Scalars.Max(a, b));
    }

    [Fact]
    public void Sums_are_sums_in_float_and_in_double()
    {
        float[] values = [.. Enumerable.Range(1, Count).Select(i => (float)i)];
        Assert.Equal(values.Sum(), Lanes.Sum(new Vector<float>(values)));

        // What a float cannot hold, a double takes up.
        values[0] = 16_777_216;
        double expected = values.Sum(value => (double)value);
        Assert.Equal(expected, Lanes.Sum(Lanes.Widen(new Vector<float>(values))));
    }

    [Fact]
    public void MultiplyAdd_multiplies_and_adds()
    {
        Assert.Equal(new Vector<float>(7f), Lanes.MultiplyAdd(new Vector<float>(2f), new Vector<float>(3f), Vector<float>.One));
        Assert.Equal(7, Scalars.MultiplyAdd(2, 3, 1));
        float[] values = [1, 2, 3];
        Scalars.At(ref values[0], 2) = 5;
        Assert.Equal(5, values[2]);
    }
}
