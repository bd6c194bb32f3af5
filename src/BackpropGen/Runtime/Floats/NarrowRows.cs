#if NET8_0_OR_GREATER
using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace BackpropGen.Runtime;

/// <summary>
/// Matrices whose rows have 2, 4 or 8 elements, several of them in one register: what else is multiplied with them is laid out as they lie.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class NarrowRows
{
    /// <summary>Of each row one value, as often as the row has elements: <c>x[0], x[0], x[1], x[1], …</c>. Nothing is checked.</summary>
    /// <param name="width">The elements of a row: 2, 4 or 8.</param>
    /// <param name="source">Where the values are: 16/<paramref name="width"/> are read.</param>
    /// <param name="offset">Where the first is.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 Each(int width, ref float source, int offset)
    {
        ref float first = ref Unsafe.Add(ref source, offset);
        if (width == 8)
        {
            return Of(Vector512.Create(Vector256.Create(first), Vector256.Create(Unsafe.Add(ref first, 1))));
        }

        if (width == 4)
        {
            var four = Vector128.LoadUnsafe(ref first);
            return Avx512F.IsSupported
                ? Of(Avx512F.PermuteVar16x32(four.ToVector256Unsafe().ToVector512Unsafe(), Vector512.Create(0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3)))
                : Of(
                    Vector128.Shuffle(four, Vector128.Create(0)),
                    Vector128.Shuffle(four, Vector128.Create(1)),
                    Vector128.Shuffle(four, Vector128.Create(2)),
                    Vector128.Shuffle(four, Vector128.Create(3)));
        }

        if (Avx512F.IsSupported)
        {
            return Of(Avx512F.PermuteVar16x32(Vector256.LoadUnsafe(ref first).ToVector512Unsafe(), Vector512.Create(0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7)));
        }

        var lower = Vector128.LoadUnsafe(ref first);
        var upper = Vector128.LoadUnsafe(ref Unsafe.Add(ref first, 4));
        return Of(
            Vector128.Shuffle(lower, Vector128.Create(0, 0, 1, 1)),
            Vector128.Shuffle(lower, Vector128.Create(2, 2, 3, 3)),
            Vector128.Shuffle(upper, Vector128.Create(0, 0, 1, 1)),
            Vector128.Shuffle(upper, Vector128.Create(2, 2, 3, 3)));
    }

    /// <summary>The same of values that are in a register already.</summary>
    /// <param name="width">The elements of a row: 2, 4 or 8.</param>
    /// <param name="values">The values.</param>
    /// <param name="first">The lane of the first, a multiple of 16/<paramref name="width"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 Each(int width, Floats512 values, int first)
    {
        if (Avx512F.IsSupported)
        {
            Vector512<int> lanes = width == 2 ? Vector512.Create(0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7)
                : width == 4 ? Vector512.Create(0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3)
                : Vector512.Create(0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1);
            return Of(Avx512F.PermuteVar16x32(Lanes(values), lanes + Vector512.Create(first)));
        }

        Vector512<float> all = Lanes(values);
        Vector256<float> half = first < 8 ? all.GetLower() : all.GetUpper();
        if (width == 8)
        {
            return Of(Vector512.Create(Vector256.Create(half[first & 7]), Vector256.Create(half[(first & 7) + 1])));
        }

        Vector128<float> four = (first & 4) == 0 ? half.GetLower() : half.GetUpper();
        if (width == 4)
        {
            return Of(
                Vector128.Shuffle(four, Vector128.Create(0)),
                Vector128.Shuffle(four, Vector128.Create(1)),
                Vector128.Shuffle(four, Vector128.Create(2)),
                Vector128.Shuffle(four, Vector128.Create(3)));
        }

        return Of(
            Vector128.Shuffle(four, Vector128.Create(0, 0, 1, 1)),
            Vector128.Shuffle(four, Vector128.Create(2, 2, 3, 3)),
            Vector128.Shuffle(half.GetUpper(), Vector128.Create(0, 0, 1, 1)),
            Vector128.Shuffle(half.GetUpper(), Vector128.Create(2, 2, 3, 3)));
    }

    /// <summary>One row again and again.</summary>
    /// <param name="width">The elements of a row: 2 or 4.</param>
    /// <param name="row">The row, in the first lanes.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 Repeat(int width, Floats128 row) => width == 4
        ? Of(row.Lanes, row.Lanes, row.Lanes, row.Lanes)
        : Of(Vector512.Create(row.Lanes.AsDouble().ToScalar()).AsSingle());

    /// <summary>One row of 8 twice.</summary>
    /// <param name="row">The row.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 Repeat(Floats256 row) => Floats512.Join(row, row);

    /// <summary>The sum of all rows of 2 or 4; lanes beyond the row are 0.</summary>
    /// <param name="width">The elements of a row: 2 or 4.</param>
    /// <param name="rows">The rows.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats128 Sum(int width, Floats512 rows)
    {
        Vector256<float> eight = Lanes(rows).GetLower() + Lanes(rows).GetUpper();
        Vector128<float> four = eight.GetLower() + eight.GetUpper();
        return Floats128.Of(width == 4 ? four : Vector128.CreateScalar((four + Vector128.Shuffle(four, Vector128.Create(2, 3, 0, 1))).AsDouble().ToScalar()).AsSingle());
    }

    /// <summary>The sum of two rows of 8.</summary>
    /// <param name="rows">The rows.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 Sum(Floats512 rows) => Floats256.Of(Lanes(rows).GetLower() + Lanes(rows).GetUpper());

    /// <summary>The sums of every two neighbours: first those of one register, then those of another.</summary>
    /// <param name="first">The one.</param>
    /// <param name="second">The other.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 Neighbours(Floats512 first, Floats512 second)
    {
        Vector512<float> a = Lanes(first);
        Vector512<float> b = Lanes(second);
        if (Avx512F.IsSupported)
        {
            return Of(Avx512F.PermuteVar16x32x2(a, Vector512.Create(0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30), b)
                + Avx512F.PermuteVar16x32x2(a, Vector512.Create(1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31), b));
        }

        return Of(Neighbours(a.GetLower()), Neighbours(a.GetUpper()), Neighbours(b.GetLower()), Neighbours(b.GetUpper()));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Neighbours(Vector256<float> eight)
    {
        Vector128<float> lower = eight.GetLower();
        Vector128<float> upper = eight.GetUpper();
        if (Sse3.IsSupported)
        {
            return Sse3.HorizontalAdd(lower, upper);
        }

        return Vector128.Create(lower[0] + lower[1], lower[2] + lower[3], upper[0] + upper[1], upper[2] + upper[3]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Floats512 Of(Vector128<float> a, Vector128<float> b, Vector128<float> c, Vector128<float> d) =>
        Of(Vector512.Create(Vector256.Create(a, b), Vector256.Create(c, d)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Floats512 Of(Vector512<float> lanes) => Unsafe.BitCast<Vector512<float>, Floats512>(lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Lanes(Floats512 value) => Unsafe.BitCast<Floats512, Vector512<float>>(value);
}
#endif
