extern alias runtime;

using System.Collections.Generic;
using System.Linq;
using runtime::BackpropGen.Runtime;
using Xunit;

namespace BackpropGen.Compiler.Tests;

/// <summary>What is known of tiles before is what the library answers then.</summary>
public class TileHeightsTests
{
    [Theory]
    [InlineData(8, 6)]
    [InlineData(8, 7)]
    [InlineData(8, 8)]
    [InlineData(6, 6)]
    public void The_library_answers_with_heights_that_the_planner_knows(int tall, int low)
    {
        for (int rows = TileHeights.Lowest; rows <= 300; rows++)
        {
            int[] heights = Heights(rows, tall, low);
            Assert.Subset(TileHeights.OfAny(tall, low).ToHashSet(), heights.ToHashSet());
            Assert.Equal(heights.Concat(Heights(rows, 6, 6)).Distinct().Order(), TileHeights.Of(rows, (tall, low), (6, 6)));
        }
    }

    private static int[] Heights(int rows, int tall, int low)
    {
        var heights = new List<int>();
        for (int from = 0, to; from < rows; from = to)
        {
            heights.Add(TileRows.Next(from, rows, tall, low, out to));
        }

        return [.. heights];
    }
}
