using System.Collections.Generic;
using System.Linq;
using BackpropGen.Runtime;
using Xunit;

namespace BackpropGen.Tests.Runtime;

/// <summary>Tiles make up whatever there is.</summary>
public class TileRowsTests
{
    private const int Begin = 5;

    [Theory]
    [InlineData(8, 6)]
    [InlineData(8, 7)]
    [InlineData(8, 8)]
    [InlineData(6, 6)]
    public void Every_row_is_worked_on_once_and_no_tile_is_lower_than_it_must_be(int tall, int low)
    {
        for (int rows = 1; rows <= 300; rows++)
        {
            int end = Begin + rows;
            var heights = new List<int>();
            for (int from = Begin, to; from < end; from = to)
            {
                int height = TileRows.Next(from, end, tall, low, out to);
                Assert.InRange(to, from + height, end);
                Assert.Equal(0, (to - from) % height);
                heights.AddRange(Enumerable.Repeat(height, (to - from) / height));
            }

            Assert.Equal(rows, heights.Sum());
            Assert.InRange(heights.Min(), rows < 3 ? rows : 3, tall);
            Assert.All(heights, height => Assert.True(height == tall || height <= low));

            // No more tiles than of so many rows at most.
            Assert.InRange(heights.Count, (rows + tall - 1) / tall, ((rows + low - 1) / low) + 1);
        }
    }
}
