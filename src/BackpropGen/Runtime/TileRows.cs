#if NET8_0_OR_GREATER
using System;
using System.ComponentModel;

namespace BackpropGen.Runtime;

/// <summary>
/// How many rows the tiles of a method have: a type, for what is asked of a type is known before the JIT reads what depends on it; of an
/// instance, for C# 9 knows no other members of a type parameter.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface ITile
{
    /// <summary>The rows.</summary>
    int Rows { get; }
}

/// <summary>Tiles of 8 rows, where there are many registers.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Rows8 : ITile
{
    /// <inheritdoc />
    public int Rows => 8;
}

/// <summary>Tiles of 6 rows, where there are few.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Rows6 : ITile
{
    /// <inheritdoc />
    public int Rows => 6;
}

/// <summary>Tiles of 4 rows, for what the others leave.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Rows4 : ITile
{
    /// <inheritdoc />
    public int Rows => 4;
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
    /// <param name="tall">The rows of a tall tile: 4, 6 or 8.</param>
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
