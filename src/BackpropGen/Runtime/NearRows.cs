#if NET8_0_OR_GREATER
using System;
using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace BackpropGen.Runtime;

/// <summary>As many neighbours of every row of a matrix as a tile has rows, 3 to 8, copied near each other: rows a power of two apart keep each other out of the first cache.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class NearRows
{
    private const int Apart = 8;

    /// <summary>The copy; what is to be copied itself, where there is no room. Nothing is checked but the room.</summary>
    /// <param name="source">The first row's first neighbour.</param>
    /// <param name="stride">How far apart the rows lie.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="room">Where to: 8 floats for each row.</param>
    /// <param name="nearStride">How far apart the rows lie that are returned.</param>
    /// <typeparam name="TTile">The tile that reads a neighbour for each of its rows.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ref float Of<TTile>(ref float source, int stride, int rows, Span<float> room, out nint nearStride)
        where TTile : struct, ITile
    {
        if (rows * Apart > room.Length)
        {
            nearStride = stride;
            return ref source;
        }

        ref float near = ref MemoryMarshal.GetReference(room);
        int second = default(TTile).Rows - 4;
        for (int row = 0; row < rows; row++)
        {
            ref float from = ref Unsafe.Add(ref source, row * stride);
            ref float to = ref Unsafe.Add(ref near, row * Apart);
            if (typeof(TTile) == typeof(Rows3))
            {
                Vector64.LoadUnsafe(ref from).StoreUnsafe(ref to);
                Unsafe.Add(ref to, 2) = Unsafe.Add(ref from, 2);
                continue;
            }

            var first = Vector128.LoadUnsafe(ref from);
            if (typeof(TTile) != typeof(Rows4))
            {
                Vector128.LoadUnsafe(ref Unsafe.Add(ref from, second)).StoreUnsafe(ref Unsafe.Add(ref to, second));
            }

            first.StoreUnsafe(ref to);
        }

        nearStride = Apart;
        return ref near;
    }
}
#endif
