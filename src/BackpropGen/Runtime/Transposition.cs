#if NET8_0_OR_GREATER
using System;
using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace BackpropGen.Runtime;

/// <summary>Copies a matrix with its rows as columns.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Transposition
{
    private const int Block = 4;

    /// <summary>destination[j, i] = source[i, j]. Nothing is checked; the two must not overlap.</summary>
    /// <param name="source">[rows, columns], its rows one behind the other.</param>
    /// <param name="rows">The source's rows.</param>
    /// <param name="columns">The source's columns.</param>
    /// <param name="destination">[columns, rows].</param>
    /// <param name="stride">How far apart the destination's rows lie: <paramref name="rows"/> or more.</param>
    public static void Copy(ref float source, int rows, int columns, ref float destination, int stride) =>
        Copy(ref source, rows, columns, columns, ref destination, stride);

    /// <summary>The same, where the source's rows may lie further apart.</summary>
    /// <param name="source">[rows, columns].</param>
    /// <param name="rows">The source's rows.</param>
    /// <param name="columns">The source's columns.</param>
    /// <param name="sourceStride">How far apart the source's rows lie: <paramref name="columns"/> or more.</param>
    /// <param name="destination">[columns, rows].</param>
    /// <param name="stride">How far apart the destination's rows lie: <paramref name="rows"/> or more.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Copy(ref float source, int rows, int columns, int sourceStride, ref float destination, int stride)
    {
        // What no block would fill is done by one that overlaps the block before it: it writes the same values again.
        if (Avx.IsSupported && rows >= 2 * Block && columns >= 2 * Block)
        {
            for (int row = 0; row < rows; row += 2 * Block)
            {
                int i = Math.Min(row, rows - (2 * Block));
                for (int column = 0; column < columns; column += 2 * Block)
                {
                    int j = Math.Min(column, columns - (2 * Block));
                    EightByEight(ref Unsafe.Add(ref source, (i * sourceStride) + j), sourceStride, ref Unsafe.Add(ref destination, (j * stride) + i), stride);
                }
            }
        }
        else if ((Sse.IsSupported || AdvSimd.Arm64.IsSupported) && rows >= Block && columns >= Block)
        {
            for (int row = 0; row < rows; row += Block)
            {
                int i = Math.Min(row, rows - Block);
                for (int column = 0; column < columns; column += Block)
                {
                    int j = Math.Min(column, columns - Block);
                    FourByFour(ref Unsafe.Add(ref source, (i * sourceStride) + j), sourceStride, ref Unsafe.Add(ref destination, (j * stride) + i), stride);
                }
            }
        }
        else
        {
            for (int i = 0; i < rows; i++)
            {
                for (int j = 0; j < columns; j++)
                {
                    Unsafe.Add(ref destination, (j * stride) + i) = Unsafe.Add(ref source, (i * sourceStride) + j);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FourByFour(ref float source, int columns, ref float destination, int stride)
    {
        var a = Vector128.LoadUnsafe(ref source);
        var b = Vector128.LoadUnsafe(ref Unsafe.Add(ref source, columns));
        var c = Vector128.LoadUnsafe(ref Unsafe.Add(ref source, 2 * columns));
        var d = Vector128.LoadUnsafe(ref Unsafe.Add(ref source, 3 * columns));

        // Interleaved twice, by pairs two apart: ac0, bd0, … then abcd.
        Vector128<float> acLow = InterleaveLow(a, c);
        Vector128<float> acHigh = InterleaveHigh(a, c);
        Vector128<float> bdLow = InterleaveLow(b, d);
        Vector128<float> bdHigh = InterleaveHigh(b, d);
        InterleaveLow(acLow, bdLow).StoreUnsafe(ref destination);
        InterleaveHigh(acLow, bdLow).StoreUnsafe(ref Unsafe.Add(ref destination, stride));
        InterleaveLow(acHigh, bdHigh).StoreUnsafe(ref Unsafe.Add(ref destination, 2 * stride));
        InterleaveHigh(acHigh, bdHigh).StoreUnsafe(ref Unsafe.Add(ref destination, 3 * stride));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> InterleaveLow(Vector128<float> a, Vector128<float> b) =>
        Sse.IsSupported ? Sse.UnpackLow(a, b) : AdvSimd.Arm64.ZipLow(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> InterleaveHigh(Vector128<float> a, Vector128<float> b) =>
        Sse.IsSupported ? Sse.UnpackHigh(a, b) : AdvSimd.Arm64.ZipHigh(a, b);

    // Rows four apart share a register, so that what remains are two transpositions of four by four side by side.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void EightByEight(ref float source, int columns, ref float destination, int stride)
    {
        for (int half = 0; half < 2 * Block; half += Block)
        {
            Vector256<float> a = Rows(ref Unsafe.Add(ref source, half), columns);
            Vector256<float> b = Rows(ref Unsafe.Add(ref source, columns + half), columns);
            Vector256<float> c = Rows(ref Unsafe.Add(ref source, (2 * columns) + half), columns);
            Vector256<float> d = Rows(ref Unsafe.Add(ref source, (3 * columns) + half), columns);
            Vector256<float> acLow = Avx.UnpackLow(a, c);
            Vector256<float> acHigh = Avx.UnpackHigh(a, c);
            Vector256<float> bdLow = Avx.UnpackLow(b, d);
            Vector256<float> bdHigh = Avx.UnpackHigh(b, d);
            Avx.UnpackLow(acLow, bdLow).StoreUnsafe(ref Unsafe.Add(ref destination, half * stride));
            Avx.UnpackHigh(acLow, bdLow).StoreUnsafe(ref Unsafe.Add(ref destination, (half + 1) * stride));
            Avx.UnpackLow(acHigh, bdHigh).StoreUnsafe(ref Unsafe.Add(ref destination, (half + 2) * stride));
            Avx.UnpackHigh(acHigh, bdHigh).StoreUnsafe(ref Unsafe.Add(ref destination, (half + 3) * stride));
        }
    }

    // Four elements of a row, and of the row four below it.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Rows(ref float source, int columns) =>
        Vector256.Create(Vector128.LoadUnsafe(ref source), Vector128.LoadUnsafe(ref Unsafe.Add(ref source, Block * columns)));
}
#endif
