#if NET8_0_OR_GREATER
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace BackpropGen.Runtime;

/// <content>Products, of registers and with what lies in memory, and sums of them: what kernels are made of.</content>
public partial struct Floats256
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 MultiplyAdd(Floats256 a, Floats256 b, Floats256 c)
    {
        if (Fma.IsSupported)
        {
            return Unsafe.BitCast<Vector256<float>, Floats256>(Fma.MultiplyAdd(a.lanes, b.lanes, c.lanes));
        }

        return Unsafe.BitCast<Vector256<float>, Floats256>(FusedMultiplyAdd.Of(a.lanes, b.lanes, c.lanes));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 MultiplyAdd(Floats256 a, Floats256 b, float c)
    {
        if (Fma.IsSupported)
        {
            return Unsafe.BitCast<Vector256<float>, Floats256>(Fma.MultiplyAdd(a.lanes, b.lanes, Vector256.Create(c)));
        }

        return Unsafe.BitCast<Vector256<float>, Floats256>(FusedMultiplyAdd.Of(a.lanes, b.lanes, Vector256.Create(c)));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 MultiplyAdd(Floats256 a, float b, Floats256 c) => Unsafe.BitCast<Vector256<float>, Floats256>(FusedMultiplyAdd.Of(a.lanes, Vector256.Create(b), c.lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 MultiplyAdd(ref float a, int i, ref float b, int j, Floats256 c) =>
        Unsafe.BitCast<Vector256<float>, Floats256>(FusedMultiplyAdd.Of(Vector256.Create(Unsafe.Add(ref a, i)), Vector256.LoadUnsafe(ref Unsafe.Add(ref b, j)), c.lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 MultiplyAdd(ref float a, int i, Floats256 b, Floats256 c) =>
        Unsafe.BitCast<Vector256<float>, Floats256>(FusedMultiplyAdd.Of(Vector256.Create(Unsafe.Add(ref a, i)), b.lanes, c.lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void FourTerms(ref float a, int i, ref float b, int j, int stride, Floats256 c, out Floats256 sum1, out Floats256 sum2, out Floats256 sum3, out Floats256 sum4)
    {
        sum1 = MultiplyAdd(ref a, i, ref b, j, c);
        sum2 = Unsafe.BitCast<Vector256<float>, Floats256>(Vector256.Create(Unsafe.Add(ref a, i + 1)) * Vector256.LoadUnsafe(ref Unsafe.Add(ref b, j + stride)));
        sum3 = Unsafe.BitCast<Vector256<float>, Floats256>(Vector256.Create(Unsafe.Add(ref a, i + 2)) * Vector256.LoadUnsafe(ref Unsafe.Add(ref b, j + (2 * stride))));
        sum4 = Unsafe.BitCast<Vector256<float>, Floats256>(Vector256.Create(Unsafe.Add(ref a, i + 3)) * Vector256.LoadUnsafe(ref Unsafe.Add(ref b, j + (3 * stride))));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddFourTerms(ref float a, int i, ref float b, int j, int stride, ref Floats256 sum1, ref Floats256 sum2, ref Floats256 sum3, ref Floats256 sum4)
    {
        if (Fma.IsSupported)
        {
            sum1 = Unsafe.BitCast<Vector256<float>, Floats256>(Fma.MultiplyAdd(Vector256.Create(Unsafe.Add(ref a, i)), Vector256.LoadUnsafe(ref Unsafe.Add(ref b, j)), sum1.lanes));
            sum2 = Unsafe.BitCast<Vector256<float>, Floats256>(Fma.MultiplyAdd(Vector256.Create(Unsafe.Add(ref a, i + 1)), Vector256.LoadUnsafe(ref Unsafe.Add(ref b, j + stride)), sum2.lanes));
            sum3 = Unsafe.BitCast<Vector256<float>, Floats256>(Fma.MultiplyAdd(Vector256.Create(Unsafe.Add(ref a, i + 2)), Vector256.LoadUnsafe(ref Unsafe.Add(ref b, j + (2 * stride))), sum3.lanes));
            sum4 = Unsafe.BitCast<Vector256<float>, Floats256>(Fma.MultiplyAdd(Vector256.Create(Unsafe.Add(ref a, i + 3)), Vector256.LoadUnsafe(ref Unsafe.Add(ref b, j + (3 * stride))), sum4.lanes));
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
    public static Floats256 Multiply(ref float a, int i, ref float b, int j) =>
        Unsafe.BitCast<Vector256<float>, Floats256>(Vector256.Create(Unsafe.Add(ref a, i)) * Vector256.LoadUnsafe(ref Unsafe.Add(ref b, j)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 Multiply(Floats256 a, ref float b, int j) => Unsafe.BitCast<Vector256<float>, Floats256>(a.lanes * Vector256.LoadUnsafe(ref Unsafe.Add(ref b, j)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 MultiplyAdd(Floats256 a, ref float b, int j, Floats256 c) =>
        Unsafe.BitCast<Vector256<float>, Floats256>(FusedMultiplyAdd.Of(a.lanes, Vector256.LoadUnsafe(ref Unsafe.Add(ref b, j)), c.lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 MultiplyAdd(Floats128 a, int lane, ref float b, int j, Floats256 c)
    {
        if (Fma.IsSupported)
        {
            // In both halves at once: four of them take a copy and a shuffle each.
#pragma warning disable CA1857 // a constant where this is called
            Vector256<float> x = Avx.Permute(Vector256.Create(a.Lanes, a.Lanes), (byte)(lane * 0x55));
#pragma warning restore CA1857
            return Unsafe.BitCast<Vector256<float>, Floats256>(Fma.MultiplyAdd(x, Vector256.LoadUnsafe(ref Unsafe.Add(ref b, j)), c.lanes));
        }

        return Unsafe.BitCast<Vector256<float>, Floats256>(FusedMultiplyAdd.Of(Vector256.Create(a.Lanes.GetElement(lane)), Vector256.LoadUnsafe(ref Unsafe.Add(ref b, j)), c.lanes));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddProduct(Floats256 a, Floats256 b)
    {
        if (Fma.IsSupported)
        {
            lanes = Fma.MultiplyAdd(a.lanes, b.lanes, lanes);
        }
        else
        {
            lanes = FusedMultiplyAdd.Of(a.lanes, b.lanes, lanes);
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddProduct(ref float a, int i, Floats256 b)
    {
        if (Fma.IsSupported)
        {
            lanes = Fma.MultiplyAdd(Vector256.Create(Unsafe.Add(ref a, i)), b.lanes, lanes);
        }
        else
        {
            lanes = FusedMultiplyAdd.Of(Vector256.Create(Unsafe.Add(ref a, i)), b.lanes, lanes);
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddProduct(ref float target, int offset, ref float a, int i, Floats256 b)
    {
        ref float first = ref Unsafe.Add(ref target, offset);
        FusedMultiplyAdd.Of(Vector256.Create(Unsafe.Add(ref a, i)), b.lanes, Vector256.LoadUnsafe(ref first)).StoreUnsafe(ref first);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddFourProducts(ref float target, int offset, int stride, ref float a, int i, Floats256 b)
    {
        if (Fma.IsSupported)
        {
            Fma.MultiplyAdd(Vector256.Create(Unsafe.Add(ref a, i)), b.lanes, Vector256.LoadUnsafe(ref Unsafe.Add(ref target, offset))).StoreUnsafe(ref Unsafe.Add(ref target, offset));
            Fma.MultiplyAdd(Vector256.Create(Unsafe.Add(ref a, i + 1)), b.lanes, Vector256.LoadUnsafe(ref Unsafe.Add(ref target, offset + stride))).StoreUnsafe(ref Unsafe.Add(ref target, offset + stride));
            Fma.MultiplyAdd(Vector256.Create(Unsafe.Add(ref a, i + 2)), b.lanes, Vector256.LoadUnsafe(ref Unsafe.Add(ref target, offset + (2 * stride)))).StoreUnsafe(ref Unsafe.Add(ref target, offset + (2 * stride)));
            Fma.MultiplyAdd(Vector256.Create(Unsafe.Add(ref a, i + 3)), b.lanes, Vector256.LoadUnsafe(ref Unsafe.Add(ref target, offset + (3 * stride)))).StoreUnsafe(ref Unsafe.Add(ref target, offset + (3 * stride)));
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
    public static float Sum(Floats256 value) => Vector256.Sum(value.lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats128 SumsOfFour(Floats256 a, Floats256 b, Floats256 c, Floats256 d) => Floats128.Of(FourSums.Of(a.lanes, b.lanes, c.lanes, d.lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats128 SumsOfFour(Floats256 a, ref float b, int j, int stride) =>
        SumsOfFour(Multiply(a, ref b, j), Multiply(a, ref b, j + stride), Multiply(a, ref b, j + (2 * stride)), Multiply(a, ref b, j + (3 * stride)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 SumsOfEight(Floats256 a, ref float b, int j, int stride) => SumsOfEight(
        Multiply(a, ref b, j), Multiply(a, ref b, j + stride), Multiply(a, ref b, j + (2 * stride)), Multiply(a, ref b, j + (3 * stride)),
        Multiply(a, ref b, j + (4 * stride)), Multiply(a, ref b, j + (5 * stride)), Multiply(a, ref b, j + (6 * stride)), Multiply(a, ref b, j + (7 * stride)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 SumsOfEight(Floats256 a, Floats256 b, Floats256 c, Floats256 d, Floats256 e, Floats256 f, Floats256 g, Floats256 h) =>
        Floats256.Of(EightSums.Of(a.lanes, b.lanes, c.lanes, d.lanes, e.lanes, f.lanes, g.lanes, h.lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 RepeatEach(int width, ref float source, int offset) => width == 8 ? Broadcast(ref source, offset)
        : Avx2.IsSupported && width == 2
            ? Unsafe.BitCast<Vector256<float>, Floats256>(Avx2.PermuteVar8x32(Vector128.LoadUnsafe(ref Unsafe.Add(ref source, offset)).ToVector256Unsafe(), Vector256.Create(0, 0, 1, 1, 2, 2, 3, 3)))
        : Avx.IsSupported && width == 4
            ? Unsafe.BitCast<Vector256<float>, Floats256>(Avx.PermuteVar(
                Vector256.Create(Unsafe.ReadUnaligned<double>(ref Unsafe.As<float, byte>(ref Unsafe.Add(ref source, offset)))).AsSingle(), Vector256.Create(0, 0, 0, 0, 1, 1, 1, 1)))
            : Join(Floats128.RepeatEach(width, ref source, offset), Floats128.RepeatEach(width, ref source, offset + (Floats128.Count / width)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 RepeatEach(int width, Floats256 values, int first)
    {
        if (Avx2.IsSupported)
        {
            Vector256<int> rowOfLane = width == 2 ? Vector256.Create(0, 0, 1, 1, 2, 2, 3, 3) : width == 4 ? Vector256.Create(0, 0, 0, 0, 1, 1, 1, 1) : Vector256<int>.Zero;
            return Unsafe.BitCast<Vector256<float>, Floats256>(Avx2.PermuteVar8x32(values.lanes, rowOfLane + Vector256.Create(first)));
        }

        Floats128 half = first < Floats128.Count ? values.Lower : values.Upper;
        first %= Floats128.Count;
        return Join(Floats128.RepeatEach(width, half, first), Floats128.RepeatEach(width, half, first + (Floats128.Count / width)));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 RepeatRow(int width, Floats128 row) => width == 4
        ? Join(row, row)
        : Unsafe.BitCast<Vector256<float>, Floats256>(Vector256.Create(row.Lanes.AsDouble().ToScalar()).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats128 SumRows(int width, Floats256 rows) => Floats128.SumRows(width, rows.Lower + rows.Upper);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 SumNeighbours(Floats256 first, Floats256 second) => Avx2.IsSupported
        ? Unsafe.BitCast<Vector256<float>, Floats256>(Avx2.Permute4x64(Avx.HorizontalAdd(first.lanes, second.lanes).AsDouble(), 0b11_01_10_00).AsSingle())
        : Join(Floats128.SumNeighbours(first.Lower, first.Upper), Floats128.SumNeighbours(second.Lower, second.Upper));
}
#endif
