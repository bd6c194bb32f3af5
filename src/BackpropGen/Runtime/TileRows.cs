#if NET8_0_OR_GREATER
using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace BackpropGen.Runtime;

/// <summary>How a range of rows is divided between tiles.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class TileRows
{
    /// <summary>
    /// The rows of the next tiles: as tall as can be, and what makes no two of these in as few lower ones as can be, of nearly the same height. So no row is worked on twice, and no tile is so low that its sums wait for each other.
    /// </summary>
    /// <param name="from">The first row that is left.</param>
    /// <param name="end">The row behind the last one.</param>
    /// <param name="tall">The rows of a tall tile.</param>
    /// <param name="low">The most rows of a lower one.</param>
    /// <param name="to">The row behind the last one of these tiles.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)] // divisions by what is constant where it is called
    public static int Next(int from, int end, int tall, int low, out int to)
    {
        int rows = end - from;
        if (rows % tall == 0)
        {
            to = end;
            return tall;
        }

        if (rows > 2 * tall)
        {
            to = from + (((rows / tall) - 1) * tall);
            return tall;
        }

        // What follows would say the same, after a division that beside a few narrow rows is waited for.
        if (rows <= low)
        {
            to = end;
            return rows;
        }

        int tiles = (rows + low - 1) / low;
        int height = (rows + tiles - 1) / tiles;
        to = from + ((tiles - (tiles * height) + rows) * height);
        return height;
    }
}
#endif
