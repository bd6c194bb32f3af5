#if NET8_0_OR_GREATER
using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace BackpropGen.Runtime;

/// <summary>How a range of rows is divided between tiles.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class TileRows
{
    /// <summary>
    /// The rows of the next tiles: as tall as can be, and of the last two the one no more than a row taller than the other, so that no row is
    /// worked on twice and no tile is so short that its sums wait for each other.
    /// </summary>
    /// <param name="from">The first row that is left.</param>
    /// <param name="end">The row behind the last one.</param>
    /// <param name="tall">The most rows of a tile.</param>
    /// <param name="to">The row behind the last one of these tiles.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)] // divisions by what is constant where it is called
    public static int Next(int from, int end, int tall, out int to)
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

        if (rows < tall)
        {
            to = end;
            return rows;
        }

        int taller = (rows + 1) / 2;
        to = rows % 2 == 0 ? end : from + taller;
        return taller;
    }
}
#endif
