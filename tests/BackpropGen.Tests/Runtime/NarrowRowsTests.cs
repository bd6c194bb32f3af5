using System.Collections.Generic;
using System.Linq;
using BackpropGen.Runtime;
using Xunit;

namespace BackpropGen.Tests.Runtime;

/// <summary>Rows of 2, 4 and 8 in registers, against what they say lane by lane.</summary>
public class NarrowRowsTests
{
    // Numbers whose sums are exact in any order.
    private static readonly float[] Numbers = [.. Enumerable.Range(0, 32).Select(i => (i * i % 37) - 11f)];

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    public void Each_value_comes_as_often_as_its_row_has_elements(int width)
    {
        for (int offset = 0; offset < 16; offset++)
        {
            Assert.Equal(Numbers.Skip(offset).Take(16 / width).SelectMany(x => Enumerable.Repeat(x, width)), Lanes(NarrowRows.Each(width, ref Numbers[0], offset)));
        }

        for (int first = 0; first < 16; first += 16 / width)
        {
            Assert.Equal(
                Numbers.Skip(first).Take(16 / width).SelectMany(x => Enumerable.Repeat(x, width)),
                Lanes(NarrowRows.Each(width, Floats512.Load(ref Numbers[0], 0), first)));
        }
    }

    [Fact]
    public void No_more_is_read_than_the_values()
    {
        foreach (int width in new[] { 2, 4, 8 })
        {
            float[] values = [.. Numbers.Take(16 / width), float.NaN];
            Assert.DoesNotContain(float.NaN, Lanes(NarrowRows.Each(width, ref values[0], 0)));
        }
    }

    [Fact]
    public void A_row_is_repeated()
    {
        Assert.Equal(Enumerable.Range(0, 16).Select(i => Numbers[i % 2]), Lanes(NarrowRows.Repeat(2, Floats128.Load(ref Numbers[0], 0))));
        Assert.Equal(Enumerable.Range(0, 16).Select(i => Numbers[i % 4]), Lanes(NarrowRows.Repeat(4, Floats128.Load(ref Numbers[0], 0))));
        Assert.Equal(Enumerable.Range(0, 16).Select(i => Numbers[i % 8]), Lanes(NarrowRows.Repeat(Floats256.Load(ref Numbers[0], 0))));
    }

    [Fact]
    public void Rows_are_summed_element_by_element_and_other_lanes_are_0()
    {
        var rows = Floats512.Load(ref Numbers[0], 0);
        Assert.Equal([.. Sums(2), 0, 0], Lanes(NarrowRows.Sum(2, rows)));
        Assert.Equal(Sums(4), Lanes(NarrowRows.Sum(4, rows)));
        Assert.Equal(Sums(8), Lanes(NarrowRows.Sum(rows)));

        static IEnumerable<float> Sums(int width) => Enumerable.Range(0, width).Select(j => Numbers.Take(16).Where((_, i) => i % width == j).Sum());
    }

    [Fact]
    public void Neighbours_are_summed_in_their_order() => Assert.Equal(
        Enumerable.Range(0, 16).Select(i => Numbers[2 * i] + Numbers[(2 * i) + 1]),
        Lanes(NarrowRows.Neighbours(Floats512.Load(ref Numbers[0], 0), Floats512.Load(ref Numbers[0], 16))));

    [Fact]
    public void Asking_ahead_reads_nothing()
    {
        float[] values = [1, 2, 3];
        Prefetch.Line(ref values[0], 1 << 28);
        Prefetch.Line(ref values[0], -(1 << 28));
        Assert.Equal([1f, 2f, 3f], values);
    }

    private static float[] Lanes<T>(T register)
        where T : struct, IFloats<T>
    {
        float[] lanes = new float[T.Count];
        register.Store(ref lanes[0], 0);
        return lanes;
    }
}
