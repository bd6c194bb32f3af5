#if NET8_0_OR_GREATER
using System;
using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BackpropGen.Runtime;

/// <summary>A few columns of a matrix, copied near each other: rows far apart take a line of the cache and a page each, and a power of two apart keep each other out.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class NearColumns
{
    private const int Registers = 2;

    /// <summary>A copy of one column, its elements side by side. Nothing is checked.</summary>
    /// <param name="source">The column's first element.</param>
    /// <param name="stride">How far apart its elements lie.</param>
    /// <param name="room">Where to: as many floats as the column has.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref float Of(ref float source, int stride, Span<float> room)
    {
        for (int row = 0; row < room.Length; row++)
        {
            room[row] = Unsafe.Add(ref source, row * stride);
        }

        return ref MemoryMarshal.GetReference(room);
    }

    /// <summary>The copy, its rows one behind the other; what is to be copied itself, where there is no room. Nothing is checked.</summary>
    /// <param name="source">The first row's first column.</param>
    /// <param name="stride">How far apart the rows lie.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="room">Where to: two registers for each row, and the slack to align them.</param>
    /// <typeparam name="TFloats">The register.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ref float Of<TFloats>(ref float source, int stride, int rows, Span<float> room)
        where TFloats : struct, IFloats<TFloats>
    {
        if (room.IsEmpty)
        {
            return ref source;
        }

        ref float near = ref AlignedBuffer.Aligned(room);
        for (int row = 0; row < rows; row++)
        {
            ref float from = ref Unsafe.Add(ref source, row * stride);
            ref float to = ref Unsafe.Add(ref near, row * Registers * TFloats.Count);
            TFloats first = TFloats.Load(ref from, 0);
            TFloats second = TFloats.Load(ref from, TFloats.Count);
            first.Store(ref to, 0);
            second.Store(ref to, TFloats.Count);
        }

        return ref near;
    }
}
#endif
