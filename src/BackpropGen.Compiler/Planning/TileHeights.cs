using System.Collections.Generic;
using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>Which heights of tiles make up an axis: what <c>TileRows.Next</c> of the library answers, as far as it is known before.</summary>
internal static class TileHeights
{
    /// <summary>The lowest tile: of fewer rows the sums would wait for each other.</summary>
    public const int Lowest = 3;

    /// <summary>From low to high, where the axis may have any length from <see cref="Lowest"/> on.</summary>
    /// <param name="tall">The rows of a tall tile.</param>
    /// <param name="low">The most rows of a lower one, and no fewer than a tall one has where registers are few.</param>
    public static IReadOnlyList<int> OfAny(int tall, int low) => Enumerable.Range(Lowest, low - Lowest + 1).Append(tall).Distinct().ToArray();

    /// <summary>From low to high, of an axis of so many rows, on any of several machines.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="machines">For each the rows of a tall tile, and the most of a lower one.</param>
    public static IReadOnlyList<int> Of(int rows, params (int Tall, int Low)[] machines) =>
        machines.SelectMany(m => Run(rows, m.Tall, m.Low)).Distinct().OrderBy(h => h).ToArray();

    private static IEnumerable<int> Run(int rows, int tall, int low)
    {
        for (int from = 0; from < rows;)
        {
            int height = Next(rows - from, tall, low, out int count);
            yield return height;
            from += height * count;
        }
    }

    private static int Next(int rows, int tall, int low, out int count)
    {
        if (rows % tall == 0 || rows > 2 * tall)
        {
            count = rows % tall == 0 ? rows / tall : (rows / tall) - 1;
            return tall;
        }

        int tiles = (rows + low - 1) / low;
        int height = (rows + tiles - 1) / tiles;
        count = tiles - (tiles * height) + rows;
        return height;
    }
}
