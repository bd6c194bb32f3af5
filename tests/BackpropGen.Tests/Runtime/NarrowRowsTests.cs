using System.Collections.Generic;
using System.Linq;
using BackpropGen.Runtime;
using Xunit;

namespace BackpropGen.Tests.Runtime;

public sealed class NarrowRows512Tests : NarrowRowsTests<Floats512>;

public sealed class NarrowRows2x256Tests : NarrowRowsTests<Floats2x256>;

public sealed class NarrowRows256Tests : NarrowRowsTests<Floats256>;

public sealed class NarrowRows128Tests : NarrowRowsTests<Floats128>;

/// <summary>Rows of 2, 4 and 8 in registers, against what they say lane by lane.</summary>
/// <typeparam name="TFloats">The register.</typeparam>
public abstract class NarrowRowsTests<TFloats>
    where TFloats : struct, IFloats<TFloats>
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
            Assert.Equal(Repeated(offset, width), Lanes(TFloats.RepeatEach(width, ref Numbers[0], offset)));
        }

        for (int first = 0; first < TFloats.Count; first += Rows(width))
        {
            Assert.Equal(Repeated(first, width), Lanes(TFloats.RepeatEach(width, TFloats.Load(ref Numbers[0], 0), first)));
        }

        static IEnumerable<float> Repeated(int first, int width) => Numbers.Skip(first).Take(Rows(width)).SelectMany(x => Enumerable.Repeat(x, width)).Take(TFloats.Count);
    }

    [Fact]
    public void No_more_is_read_than_the_values()
    {
        foreach (int width in new[] { 2, 4, 8 })
        {
            float[] values = [.. Numbers.Take(Rows(width)), float.NaN];
            Assert.DoesNotContain(float.NaN, Lanes(TFloats.RepeatEach(width, ref values[0], 0)));
        }
    }

    [Fact]
    public void A_row_is_repeated()
    {
        foreach (int width in new[] { 2, 4 })
        {
            Assert.Equal(Enumerable.Range(0, TFloats.Count).Select(i => Numbers[i % width]), Lanes(TFloats.RepeatRow(width, Floats128.Load(ref Numbers[0], 0))));
        }
    }

    [Fact]
    public void Rows_are_summed_element_by_element_and_other_lanes_are_0()
    {
        var rows = TFloats.Load(ref Numbers[0], 0);
        Assert.Equal([.. Sums(2), 0, 0], Lanes(TFloats.SumRows(2, rows)));
        Assert.Equal(Sums(4), Lanes(TFloats.SumRows(4, rows)));

        static IEnumerable<float> Sums(int width) => Enumerable.Range(0, width).Select(j => Numbers.Take(TFloats.Count).Where((_, i) => i % width == j).Sum());
    }

    [Fact]
    public void Neighbours_are_summed_in_their_order() => Assert.Equal(
        Enumerable.Range(0, TFloats.Count).Select(i => Numbers[2 * i] + Numbers[(2 * i) + 1]),
        Lanes(TFloats.SumNeighbours(TFloats.Load(ref Numbers[0], 0), TFloats.Load(ref Numbers[0], TFloats.Count))));

    // How many rows have an element in the register.
    private static int Rows(int width) => System.Math.Max(1, TFloats.Count / width);

    private static float[] Lanes<T>(T register)
        where T : struct, IFloats<T>
    {
        float[] lanes = new float[T.Count];
        register.Store(ref lanes[0], 0);
        return lanes;
    }
}
