#if NET8_0_OR_GREATER
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace BackpropGen.Runtime;

/// <content>Products, of registers and with what lies in memory, and sums of them: what kernels are made of.</content>
public partial struct Floats512
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 MultiplyAdd(Floats512 a, Floats512 b, Floats512 c)
    {
        if (Avx512F.IsSupported)
        {
            return Unsafe.BitCast<Vector512<float>, Floats512>(Avx512F.FusedMultiplyAdd(a.lanes, b.lanes, c.lanes));
        }

        return Unsafe.BitCast<Vector512<float>, Floats512>(FusedMultiplyAdd.Of(a.lanes, b.lanes, c.lanes));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 MultiplyAdd(Floats512 a, Floats512 b, float c)
    {
        if (Avx512F.IsSupported)
        {
            return Unsafe.BitCast<Vector512<float>, Floats512>(Avx512F.FusedMultiplyAdd(a.lanes, b.lanes, Vector512.Create(c)));
        }

        return Unsafe.BitCast<Vector512<float>, Floats512>(FusedMultiplyAdd.Of(a.lanes, b.lanes, Vector512.Create(c)));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 MultiplyAdd(Floats512 a, float b, Floats512 c) => Unsafe.BitCast<Vector512<float>, Floats512>(FusedMultiplyAdd.Of(a.lanes, Vector512.Create(b), c.lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 MultiplyAdd(ref float a, int i, ref float b, int j, Floats512 c) =>
        Unsafe.BitCast<Vector512<float>, Floats512>(FusedMultiplyAdd.Of(Vector512.Create(Unsafe.Add(ref a, i)), Vector512.LoadUnsafe(ref Unsafe.Add(ref b, j)), c.lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 MultiplyAdd(ref float a, int i, Floats512 b, Floats512 c) =>
        Unsafe.BitCast<Vector512<float>, Floats512>(FusedMultiplyAdd.Of(Vector512.Create(Unsafe.Add(ref a, i)), b.lanes, c.lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void FourTerms(ref float a, int i, ref float b, int j, int stride, Floats512 c, out Floats512 sum1, out Floats512 sum2, out Floats512 sum3, out Floats512 sum4)
    {
        sum1 = MultiplyAdd(ref a, i, ref b, j, c);
        sum2 = Unsafe.BitCast<Vector512<float>, Floats512>(Vector512.Create(Unsafe.Add(ref a, i + 1)) * Vector512.LoadUnsafe(ref Unsafe.Add(ref b, j + stride)));
        sum3 = Unsafe.BitCast<Vector512<float>, Floats512>(Vector512.Create(Unsafe.Add(ref a, i + 2)) * Vector512.LoadUnsafe(ref Unsafe.Add(ref b, j + (2 * stride))));
        sum4 = Unsafe.BitCast<Vector512<float>, Floats512>(Vector512.Create(Unsafe.Add(ref a, i + 3)) * Vector512.LoadUnsafe(ref Unsafe.Add(ref b, j + (3 * stride))));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddFourTerms(ref float a, int i, ref float b, int j, int stride, ref Floats512 sum1, ref Floats512 sum2, ref Floats512 sum3, ref Floats512 sum4)
    {
        if (Avx512F.IsSupported)
        {
            sum1 = Unsafe.BitCast<Vector512<float>, Floats512>(Avx512F.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref a, i)), Vector512.LoadUnsafe(ref Unsafe.Add(ref b, j)), sum1.lanes));
            sum2 = Unsafe.BitCast<Vector512<float>, Floats512>(Avx512F.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref a, i + 1)), Vector512.LoadUnsafe(ref Unsafe.Add(ref b, j + stride)), sum2.lanes));
            sum3 = Unsafe.BitCast<Vector512<float>, Floats512>(Avx512F.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref a, i + 2)), Vector512.LoadUnsafe(ref Unsafe.Add(ref b, j + (2 * stride))), sum3.lanes));
            sum4 = Unsafe.BitCast<Vector512<float>, Floats512>(Avx512F.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref a, i + 3)), Vector512.LoadUnsafe(ref Unsafe.Add(ref b, j + (3 * stride))), sum4.lanes));
        }
        else
        {
            sum1 = MultiplyAdd(ref a, i, ref b, j, sum1);
            sum2 = MultiplyAdd(ref a, i + 1, ref b, j + stride, sum2);
            sum3 = MultiplyAdd(ref a, i + 2, ref b, j + (2 * stride), sum3);
            sum4 = MultiplyAdd(ref a, i + 3, ref b, j + (3 * stride), sum4);
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 Multiply(ref float a, int i, ref float b, int j) =>
        Unsafe.BitCast<Vector512<float>, Floats512>(Vector512.Create(Unsafe.Add(ref a, i)) * Vector512.LoadUnsafe(ref Unsafe.Add(ref b, j)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 Multiply(Floats512 a, ref float b, int j) => Unsafe.BitCast<Vector512<float>, Floats512>(a.lanes * Vector512.LoadUnsafe(ref Unsafe.Add(ref b, j)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 MultiplyAdd(Floats512 a, ref float b, int j, Floats512 c) =>
        Unsafe.BitCast<Vector512<float>, Floats512>(FusedMultiplyAdd.Of(a.lanes, Vector512.LoadUnsafe(ref Unsafe.Add(ref b, j)), c.lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 MultiplyAdd(Floats128 a, int lane, ref float b, int j, Floats512 c) =>
        Unsafe.BitCast<Vector512<float>, Floats512>(FusedMultiplyAdd.Of(Vector512.Create(a.Lanes.GetElement(lane)), Vector512.LoadUnsafe(ref Unsafe.Add(ref b, j)), c.lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddProduct(Floats512 a, Floats512 b)
    {
        if (Avx512F.IsSupported)
        {
            lanes = Avx512F.FusedMultiplyAdd(a.lanes, b.lanes, lanes);
        }
        else
        {
            lanes = FusedMultiplyAdd.Of(a.lanes, b.lanes, lanes);
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddProduct(ref float a, int i, Floats512 b)
    {
        if (Avx512F.IsSupported)
        {
            lanes = Avx512F.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref a, i)), b.lanes, lanes);
        }
        else
        {
            lanes = FusedMultiplyAdd.Of(Vector512.Create(Unsafe.Add(ref a, i)), b.lanes, lanes);
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddProduct(ref float target, int offset, ref float a, int i, Floats512 b)
    {
        ref float first = ref Unsafe.Add(ref target, offset);
        FusedMultiplyAdd.Of(Vector512.Create(Unsafe.Add(ref a, i)), b.lanes, Vector512.LoadUnsafe(ref first)).StoreUnsafe(ref first);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddFourProducts(ref float target, int offset, int stride, ref float a, int i, Floats512 b)
    {
        if (Avx512F.IsSupported)
        {
            Avx512F.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref a, i)), b.lanes, Vector512.LoadUnsafe(ref Unsafe.Add(ref target, offset))).StoreUnsafe(ref Unsafe.Add(ref target, offset));
            Avx512F.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref a, i + 1)), b.lanes, Vector512.LoadUnsafe(ref Unsafe.Add(ref target, offset + stride))).StoreUnsafe(ref Unsafe.Add(ref target, offset + stride));
            Avx512F.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref a, i + 2)), b.lanes, Vector512.LoadUnsafe(ref Unsafe.Add(ref target, offset + (2 * stride)))).StoreUnsafe(ref Unsafe.Add(ref target, offset + (2 * stride)));
            Avx512F.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref a, i + 3)), b.lanes, Vector512.LoadUnsafe(ref Unsafe.Add(ref target, offset + (3 * stride)))).StoreUnsafe(ref Unsafe.Add(ref target, offset + (3 * stride)));
        }
        else
        {
            AddProduct(ref target, offset, ref a, i, b);
            AddProduct(ref target, offset + stride, ref a, i + 1, b);
            AddProduct(ref target, offset + (2 * stride), ref a, i + 2, b);
            AddProduct(ref target, offset + (3 * stride), ref a, i + 3, b);
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Floats512 value) => Vector512.Sum(value.lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats128 SumsOfFour(Floats512 a, Floats512 b, Floats512 c, Floats512 d) => Floats128.Of(FourSums.Of(a.lanes, b.lanes, c.lanes, d.lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats128 SumsOfFour(Floats512 a, ref float b, int j, int stride) =>
        SumsOfFour(Multiply(a, ref b, j), Multiply(a, ref b, j + stride), Multiply(a, ref b, j + (2 * stride)), Multiply(a, ref b, j + (3 * stride)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 SumsOfEight(Floats512 a, ref float b, int j, int stride) => SumsOfEight(
        Multiply(a, ref b, j), Multiply(a, ref b, j + stride), Multiply(a, ref b, j + (2 * stride)), Multiply(a, ref b, j + (3 * stride)),
        Multiply(a, ref b, j + (4 * stride)), Multiply(a, ref b, j + (5 * stride)), Multiply(a, ref b, j + (6 * stride)), Multiply(a, ref b, j + (7 * stride)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 SumsOfEight(Floats512 a, Floats512 b, Floats512 c, Floats512 d, Floats512 e, Floats512 f, Floats512 g, Floats512 h) =>
        Floats256.Of(EightSums.Of(a.lanes, b.lanes, c.lanes, d.lanes, e.lanes, f.lanes, g.lanes, h.lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 RepeatEach(int width, ref float source, int offset)
    {
        ref float first = ref Unsafe.Add(ref source, offset);
        if (Avx512F.IsSupported && width == 8)
        {
            // Both values in every quarter: its lanes take the first or the second.
            Vector512<float> both = Vector512.Create(Unsafe.ReadUnaligned<double>(ref Unsafe.As<float, byte>(ref first))).AsSingle();
            return Unsafe.BitCast<Vector512<float>, Floats512>(Avx512F.PermuteVar4x32(both, RowOfLane(width)));
        }

        return !Avx512F.IsSupported
            ? Join(Floats256.RepeatEach(width, ref first, 0), Floats256.RepeatEach(width, ref first, Floats256.Count / width))
            : Unsafe.BitCast<Vector512<float>, Floats512>(Avx512F.PermuteVar16x32(
                width == 4 ? Vector128.LoadUnsafe(ref first).ToVector256Unsafe().ToVector512Unsafe() : Vector256.LoadUnsafe(ref first).ToVector512Unsafe(),
                RowOfLane(width)));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 RepeatEach(int width, Floats512 values, int first)
    {
        if (Avx512F.IsSupported)
        {
            return Unsafe.BitCast<Vector512<float>, Floats512>(Avx512F.PermuteVar16x32(values.lanes, RowOfLane(width) + Vector512.Create(first)));
        }

        Floats256 half = first < Floats256.Count ? values.Lower : values.Upper;
        first %= Floats256.Count;
        return Join(Floats256.RepeatEach(width, half, first), Floats256.RepeatEach(width, half, first + (Floats256.Count / width)));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 RepeatRow(int width, Floats128 row) => width == 4
        ? Join(Floats256.RepeatRow(width, row), Floats256.RepeatRow(width, row))
        : Unsafe.BitCast<Vector512<float>, Floats512>(Vector512.Create(row.Lanes.AsDouble().ToScalar()).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats128 SumRows(int width, Floats512 rows) => Floats256.SumRows(width, rows.Lower + rows.Upper);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 SumNeighbours(Floats512 first, Floats512 second) => Avx512F.IsSupported
        ? Unsafe.BitCast<Vector512<float>, Floats512>(
            Avx512F.PermuteVar16x32x2(first.lanes, Vector512.Create(0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30), second.lanes)
            + Avx512F.PermuteVar16x32x2(first.lanes, Vector512.Create(1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31), second.lanes))
        : Join(Floats256.SumNeighbours(first.Lower, first.Upper), Floats256.SumNeighbours(second.Lower, second.Upper));
}
#endif
