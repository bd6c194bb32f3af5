using System;
using System.Linq;
using System.Runtime.CompilerServices;
using BackpropGen.Runtime;
using Xunit;

namespace BackpropGen.Tests.Runtime;

/// <summary>As many neighbours of every row as a tile has rows, copied near each other.</summary>
public class NearRowsTests
{
    private const int Apart = 8;
    private const int Stride = 128;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(128)]
    public void Each_row_has_its_neighbours_and_no_more_is_read(int rows) => Each_row_has_its_neighbours<Rows6>(rows);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(128)]
    public void Four_neighbours_are_no_more(int rows) => Each_row_has_its_neighbours<Rows4>(rows);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(128)]
    public void Tiles_of_every_height_have_theirs(int rows)
    {
        Each_row_has_its_neighbours<Rows3>(rows);
        Each_row_has_its_neighbours<Rows5>(rows);
        Each_row_has_its_neighbours<Rows7>(rows);
        Each_row_has_its_neighbours<Rows8>(rows);
    }

    private static void Each_row_has_its_neighbours<TTile>(int rows)
        where TTile : struct, ITile
    {
        // What lies between the rows, and behind the last one, is NaN.
        int neighbours = default(TTile).Rows;
        var source = new float[((rows - 1) * Stride) + neighbours + 1];
        Array.Fill(source, float.NaN);
        for (int i = 0; i < rows * neighbours; i++)
        {
            source[(i / neighbours * Stride) + (i % neighbours)] = i;
        }

        var room = new float[rows * Apart];
        ref float near = ref NearRows.Of<TTile>(ref source[0], Stride, rows, room, out nint stride);

        Assert.True(Unsafe.AreSame(ref near, ref room[0]));
        Assert.Equal(Apart, stride);
        Assert.Equal(
            Enumerable.Range(0, rows * neighbours).Select(i => (float)i),
            Enumerable.Range(0, rows * neighbours).Select(i => room[(i / neighbours * stride) + (i % neighbours)]));
        Assert.DoesNotContain(float.NaN, room);
    }

    [Fact]
    public void Without_room_the_rows_stay_where_they_are()
    {
        float[] source = new float[2 * Stride];
        var room = new float[(2 * Apart) - 1];
        Array.Fill(room, 3f);

        ref float near = ref NearRows.Of<Rows6>(ref source[0], Stride, 2, room, out nint stride);

        Assert.True(Unsafe.AreSame(ref near, ref source[0]));
        Assert.Equal(Stride, stride);
        Assert.All(room, value => Assert.Equal(3f, value));
    }
}
