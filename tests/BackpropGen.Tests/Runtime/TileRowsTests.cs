using System;
using System.Linq;
using BackpropGen.Runtime;
using Xunit;

namespace BackpropGen.Tests.Runtime;

/// <summary>Tall tiles and short ones make up whatever there is.</summary>
public class TileRowsTests
{
    private const int Begin = 3;
    private const int Short = 4;

    public static TheoryData<int> Counts { get; } = [.. Enumerable.Range(Short, 100)];

    [Theory]
    [MemberData(nameof(Counts))]
    public void Every_row_is_worked_on_by_tiles_of_4(int rows) => Every_row_is_worked_on_and_no_other(rows, 4);

    [Theory]
    [MemberData(nameof(Counts))]
    public void Every_row_is_worked_on_by_tiles_of_6(int rows) => Every_row_is_worked_on_and_no_other(rows, 6);

    [Theory]
    [MemberData(nameof(Counts))]
    public void Every_row_is_worked_on_by_tiles_of_8(int rows) => Every_row_is_worked_on_and_no_other(rows, 8);

    private static void Every_row_is_worked_on_and_no_other(int rows, int tall)
    {
        int end = Begin + rows;
        int rest = TileRows.Rest(Begin, end, tall);

        var done = new int[end];
        Work(Begin, rest, tall);
        Work(rest, end, Short);

        Assert.All(done.Take(Begin), times => Assert.Equal(0, times));
        Assert.All(done.Skip(Begin), times => Assert.InRange(times, 1, 2));

        // Tiles of 6 and of 4 make up any even number, tiles of 8 and of 4 any that 4 divides.
        int most = rows < tall ? Short - 1 : tall == 6 ? 1 : Short - 1;
        Assert.InRange(done.Skip(Begin).Count(times => times == 2), 0, most);

        void Work(int first, int last, int height)
        {
            for (int start = first; start < last; start += height)
            {
                int row = Math.Min(start, last - height);
                for (int i = 0; i < height; i++)
                {
                    done[row + i]++;
                }
            }
        }
    }
}
