#if NET8_0_OR_GREATER
using System;
using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace BackpropGen.Runtime;

/// <summary>How tall the tiles of a method are: a type, for what it says is a constant to the JIT; of an instance, for C# 9 knows no other members of a type parameter.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface ITile
{
    /// <summary>As tall as the registers allow: 8 rows, or 6; otherwise 4.</summary>
    bool IsTall { get; }
}

/// <summary>Tiles as tall as the registers allow.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct TallTile : ITile
{
    /// <inheritdoc />
    public bool IsTall => true;
}

/// <summary>Tiles of 4 rows.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ShortTile : ITile
{
    /// <inheritdoc />
    public bool IsTall => false;
}

/// <summary>How a range of rows is divided between tall tiles and short ones.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class TileRows
{
    private const int Short = 4;

    /// <summary>
    /// The row from which on tiles are short: so that as few rows as can be are worked on twice, where a last tile overlaps the one before it.
    /// </summary>
    /// <param name="begin">The first row.</param>
    /// <param name="end">The row behind the last one: 4 or more on.</param>
    /// <param name="tall">The rows of a tall tile: 6 or 8.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Rest(int begin, int end, int tall)
    {
        int rows = end - begin;
        int left = rows % tall;
        if (left == 0 || (left > Short && rows > tall))
        {
            return end;
        }

        // Two short tiles are 2 rows more than a tall one of 6.
        int talls = left > 0 && left <= (2 * Short) - tall ? (rows / tall) - 1 : rows / tall;
        return begin + (tall * Math.Max(0, talls));
    }
}
#endif
