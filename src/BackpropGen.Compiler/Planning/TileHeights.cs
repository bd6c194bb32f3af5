using System.Collections.Generic;
using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>Which heights of tiles make up an axis: what <c>TileRows.Next</c> of the library answers, as far as it is known before.</summary>
internal static class TileHeights
{
    /// <summary>The lowest tile: of fewer rows the sums would wait for each other.</summary>
    public const int Lowest = 3;

    /// <summary>From low to high, where the axis may have any length from <see cref="Lowest"/> on.</summary>
    /// <param name="tall">The most rows of a tile.</param>
    public static IReadOnlyList<int> OfAny(int tall) => Enumerable.Range(Lowest, tall - Lowest + 1).ToArray();

    /// <summary>From low to high, of an axis of so many rows.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="talls">The most rows of a tile, on one machine or another.</param>
    public static IReadOnlyList<int> Of(int rows, params int[] talls) => talls.SelectMany(tall => Of(rows, tall)).Distinct().OrderBy(h => h).ToArray();

    // As many tall ones as leave either nothing or two of nearly the same height; fewer rows than one are a tile of their own.
    private static IEnumerable<int> Of(int rows, int tall)
    {
        int left = rows % tall;
        return left == 0 ? [tall]
            : rows < tall ? [rows]
            : new[] { (tall + left + 1) / 2, (tall + left) / 2 }.Concat(rows > 2 * tall ? [tall] : []);
    }
}
