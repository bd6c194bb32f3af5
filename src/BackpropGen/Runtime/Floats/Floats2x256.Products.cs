#if NET8_0_OR_GREATER
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace BackpropGen.Runtime;

/// <content>Products, of registers and with what lies in memory, and sums of them: what kernels are made of.</content>
public partial struct Floats2x256
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats2x256 MultiplyAdd(Floats2x256 a, Floats2x256 b, Floats2x256 c) => Fma.IsSupported
        ? new(Fma.MultiplyAdd(a.lower, b.lower, c.lower), Fma.MultiplyAdd(a.upper, b.upper, c.upper))
        : new((a.lower * b.lower) + c.lower, (a.upper * b.upper) + c.upper);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats2x256 MultiplyAdd(Floats2x256 a, Floats2x256 b, float c) => Fma.IsSupported
        ? new(Fma.MultiplyAdd(a.lower, b.lower, Vector256.Create(c)), Fma.MultiplyAdd(a.upper, b.upper, Vector256.Create(c)))
        : new((a.lower * b.lower) + Vector256.Create(c), (a.upper * b.upper) + Vector256.Create(c));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats2x256 MultiplyAdd(Floats2x256 a, float b, Floats2x256 c) => Fma.IsSupported
        ? new(Fma.MultiplyAdd(a.lower, Vector256.Create(b), c.lower), Fma.MultiplyAdd(a.upper, Vector256.Create(b), c.upper))
        : new((a.lower * Vector256.Create(b)) + c.lower, (a.upper * Vector256.Create(b)) + c.upper);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats2x256 MultiplyAdd(ref float a, int i, ref float b, int j, Floats2x256 c) => Fma.IsSupported
        ? new(
            Fma.MultiplyAdd(Vector256.Create(Unsafe.Add(ref a, i)), Vector256.LoadUnsafe(ref Unsafe.Add(ref b, j)), c.lower),
            Fma.MultiplyAdd(Vector256.Create(Unsafe.Add(ref a, i)), Vector256.LoadUnsafe(ref Unsafe.Add(ref b, j + Vector256<float>.Count)), c.upper))
        : MultiplyAdd(Broadcast(ref a, i), Load(ref b, j), c);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats2x256 MultiplyAdd(ref float a, int i, Floats2x256 b, Floats2x256 c) => Fma.IsSupported
        ? new(Fma.MultiplyAdd(Vector256.Create(Unsafe.Add(ref a, i)), b.lower, c.lower), Fma.MultiplyAdd(Vector256.Create(Unsafe.Add(ref a, i)), b.upper, c.upper))
        : MultiplyAdd(Broadcast(ref a, i), b, c);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void FourTerms(ref float a, int i, ref float b, int j, int stride, Floats2x256 c, out Floats2x256 sum1, out Floats2x256 sum2, out Floats2x256 sum3, out Floats2x256 sum4)
    {
        sum1 = MultiplyAdd(ref a, i, ref b, j, c);
        Vector256<float> x = Vector256.Create(Unsafe.Add(ref a, i + 1));
        sum2.lower = x * Vector256.LoadUnsafe(ref Unsafe.Add(ref b, j + stride));
        sum2.upper = x * Vector256.LoadUnsafe(ref Unsafe.Add(ref b, j + stride + Vector256<float>.Count));
        x = Vector256.Create(Unsafe.Add(ref a, i + 2));
        sum3.lower = x * Vector256.LoadUnsafe(ref Unsafe.Add(ref b, j + (2 * stride)));
        sum3.upper = x * Vector256.LoadUnsafe(ref Unsafe.Add(ref b, j + (2 * stride) + Vector256<float>.Count));
        x = Vector256.Create(Unsafe.Add(ref a, i + 3));
        sum4.lower = x * Vector256.LoadUnsafe(ref Unsafe.Add(ref b, j + (3 * stride)));
        sum4.upper = x * Vector256.LoadUnsafe(ref Unsafe.Add(ref b, j + (3 * stride) + Vector256<float>.Count));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddFourTerms(ref float a, int i, ref float b, int j, int stride, ref Floats2x256 sum1, ref Floats2x256 sum2, ref Floats2x256 sum3, ref Floats2x256 sum4)
    {
        if (Fma.IsSupported)
        {
            Vector256<float> x = Vector256.Create(Unsafe.Add(ref a, i));
            sum1.lower = Fma.MultiplyAdd(x, Vector256.LoadUnsafe(ref Unsafe.Add(ref b, j)), sum1.lower);
            sum1.upper = Fma.MultiplyAdd(x, Vector256.LoadUnsafe(ref Unsafe.Add(ref b, j + Vector256<float>.Count)), sum1.upper);
            x = Vector256.Create(Unsafe.Add(ref a, i + 1));
            sum2.lower = Fma.MultiplyAdd(x, Vector256.LoadUnsafe(ref Unsafe.Add(ref b, j + stride)), sum2.lower);
            sum2.upper = Fma.MultiplyAdd(x, Vector256.LoadUnsafe(ref Unsafe.Add(ref b, j + stride + Vector256<float>.Count)), sum2.upper);
            x = Vector256.Create(Unsafe.Add(ref a, i + 2));
            sum3.lower = Fma.MultiplyAdd(x, Vector256.LoadUnsafe(ref Unsafe.Add(ref b, j + (2 * stride))), sum3.lower);
            sum3.upper = Fma.MultiplyAdd(x, Vector256.LoadUnsafe(ref Unsafe.Add(ref b, j + (2 * stride) + Vector256<float>.Count)), sum3.upper);
            x = Vector256.Create(Unsafe.Add(ref a, i + 3));
            sum4.lower = Fma.MultiplyAdd(x, Vector256.LoadUnsafe(ref Unsafe.Add(ref b, j + (3 * stride))), sum4.lower);
            sum4.upper = Fma.MultiplyAdd(x, Vector256.LoadUnsafe(ref Unsafe.Add(ref b, j + (3 * stride) + Vector256<float>.Count)), sum4.upper);
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
    public static Floats2x256 Multiply(ref float a, int i, ref float b, int j) => new(
        Vector256.Create(Unsafe.Add(ref a, i)) * Vector256.LoadUnsafe(ref Unsafe.Add(ref b, j)),
        Vector256.Create(Unsafe.Add(ref a, i)) * Vector256.LoadUnsafe(ref Unsafe.Add(ref b, j + Vector256<float>.Count)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats2x256 Multiply(Floats2x256 a, ref float b, int j) => new(
        a.lower * Vector256.LoadUnsafe(ref Unsafe.Add(ref b, j)),
        a.upper * Vector256.LoadUnsafe(ref Unsafe.Add(ref b, j + Vector256<float>.Count)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats2x256 MultiplyAdd(Floats2x256 a, ref float b, int j, Floats2x256 c) => new(
        FusedMultiplyAdd.Of(a.lower, Vector256.LoadUnsafe(ref Unsafe.Add(ref b, j)), c.lower),
        FusedMultiplyAdd.Of(a.upper, Vector256.LoadUnsafe(ref Unsafe.Add(ref b, j + Vector256<float>.Count)), c.upper));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats2x256 MultiplyAdd(Floats128 a, int lane, ref float b, int j, Floats2x256 c)
    {
        if (Fma.IsSupported)
        {
            // In both halves at once: four of them take a copy and a shuffle each.
#pragma warning disable CA1857 // a constant where this is called
            Vector256<float> x = Avx.Permute(Vector256.Create(a.Lanes, a.Lanes), (byte)(lane * 0x55));
#pragma warning restore CA1857
            return new(
                Fma.MultiplyAdd(x, Vector256.LoadUnsafe(ref Unsafe.Add(ref b, j)), c.lower),
                Fma.MultiplyAdd(x, Vector256.LoadUnsafe(ref Unsafe.Add(ref b, j + Vector256<float>.Count)), c.upper));
        }

        return MultiplyAdd(Create(a.Lanes.GetElement(lane)), Load(ref b, j), c);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddProduct(Floats2x256 a, Floats2x256 b)
    {
        lower = FusedMultiplyAdd.Of(a.lower, b.lower, lower);
        upper = FusedMultiplyAdd.Of(a.upper, b.upper, upper);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddProduct(ref float a, int i, Floats2x256 b) => AddProduct(Broadcast(ref a, i), b);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddProduct(ref float target, int offset, ref float a, int i, Floats2x256 b)
    {
        if (Fma.IsSupported)
        {
            Vector256<float> x = Vector256.Create(Unsafe.Add(ref a, i));
            Fma.MultiplyAdd(x, b.lower, Vector256.LoadUnsafe(ref Unsafe.Add(ref target, offset))).StoreUnsafe(ref Unsafe.Add(ref target, offset));
            Fma.MultiplyAdd(x, b.upper, Vector256.LoadUnsafe(ref Unsafe.Add(ref target, offset + Vector256<float>.Count))).StoreUnsafe(ref Unsafe.Add(ref target, offset + Vector256<float>.Count));
        }
        else
        {
            MultiplyAdd(Broadcast(ref a, i), b, Load(ref target, offset)).Store(ref target, offset);
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddFourProducts(ref float target, int offset, int stride, ref float a, int i, Floats2x256 b)
    {
        if (Fma.IsSupported)
        {
            Vector256<float> x = Vector256.Create(Unsafe.Add(ref a, i));
            Fma.MultiplyAdd(x, b.lower, Vector256.LoadUnsafe(ref Unsafe.Add(ref target, offset))).StoreUnsafe(ref Unsafe.Add(ref target, offset));
            Fma.MultiplyAdd(x, b.upper, Vector256.LoadUnsafe(ref Unsafe.Add(ref target, offset + Vector256<float>.Count))).StoreUnsafe(ref Unsafe.Add(ref target, offset + Vector256<float>.Count));
            x = Vector256.Create(Unsafe.Add(ref a, i + 1));
            Fma.MultiplyAdd(x, b.lower, Vector256.LoadUnsafe(ref Unsafe.Add(ref target, offset + stride))).StoreUnsafe(ref Unsafe.Add(ref target, offset + stride));
            Fma.MultiplyAdd(x, b.upper, Vector256.LoadUnsafe(ref Unsafe.Add(ref target, offset + stride + Vector256<float>.Count))).StoreUnsafe(ref Unsafe.Add(ref target, offset + stride + Vector256<float>.Count));
            x = Vector256.Create(Unsafe.Add(ref a, i + 2));
            Fma.MultiplyAdd(x, b.lower, Vector256.LoadUnsafe(ref Unsafe.Add(ref target, offset + (2 * stride)))).StoreUnsafe(ref Unsafe.Add(ref target, offset + (2 * stride)));
            Fma.MultiplyAdd(x, b.upper, Vector256.LoadUnsafe(ref Unsafe.Add(ref target, offset + (2 * stride) + Vector256<float>.Count))).StoreUnsafe(ref Unsafe.Add(ref target, offset + (2 * stride) + Vector256<float>.Count));
            x = Vector256.Create(Unsafe.Add(ref a, i + 3));
            Fma.MultiplyAdd(x, b.lower, Vector256.LoadUnsafe(ref Unsafe.Add(ref target, offset + (3 * stride)))).StoreUnsafe(ref Unsafe.Add(ref target, offset + (3 * stride)));
            Fma.MultiplyAdd(x, b.upper, Vector256.LoadUnsafe(ref Unsafe.Add(ref target, offset + (3 * stride) + Vector256<float>.Count))).StoreUnsafe(ref Unsafe.Add(ref target, offset + (3 * stride) + Vector256<float>.Count));
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
    public static float Sum(Floats2x256 value) => Floats256.Sum(value.Lower + value.Upper);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats128 SumsOfFour(Floats2x256 a, Floats2x256 b, Floats2x256 c, Floats2x256 d) => Floats256.SumsOfFour(a.Lower + a.Upper, b.Lower + b.Upper, c.Lower + c.Upper, d.Lower + d.Upper);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats128 SumsOfFour(Floats2x256 a, ref float b, int j, int stride) =>
        Floats128.Of(FourSums.Of(Row(a, ref b, j), Row(a, ref b, j + stride), Row(a, ref b, j + (2 * stride)), Row(a, ref b, j + (3 * stride))));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 SumsOfEight(Floats2x256 a, ref float b, int j, int stride)
    {
        if (!Fma.IsSupported)
        {
            return Floats256.Of(EightSums.Of(
                Row(a, ref b, j), Row(a, ref b, j + stride), Row(a, ref b, j + (2 * stride)), Row(a, ref b, j + (3 * stride)),
                Row(a, ref b, j + (4 * stride)), Row(a, ref b, j + (5 * stride)), Row(a, ref b, j + (6 * stride)), Row(a, ref b, j + (7 * stride))));
        }

        Vector256<float> ab = Avx.HorizontalAdd(
            Fma.MultiplyAdd(a.upper, Vector256.LoadUnsafe(ref Unsafe.Add(ref b, j + Vector256<float>.Count)), a.lower * Vector256.LoadUnsafe(ref Unsafe.Add(ref b, j))),
            Fma.MultiplyAdd(a.upper, Vector256.LoadUnsafe(ref Unsafe.Add(ref b, j + stride + Vector256<float>.Count)), a.lower * Vector256.LoadUnsafe(ref Unsafe.Add(ref b, j + stride))));
        Vector256<float> cd = Avx.HorizontalAdd(
            Fma.MultiplyAdd(a.upper, Vector256.LoadUnsafe(ref Unsafe.Add(ref b, j + (2 * stride) + Vector256<float>.Count)), a.lower * Vector256.LoadUnsafe(ref Unsafe.Add(ref b, j + (2 * stride)))),
            Fma.MultiplyAdd(a.upper, Vector256.LoadUnsafe(ref Unsafe.Add(ref b, j + (3 * stride) + Vector256<float>.Count)), a.lower * Vector256.LoadUnsafe(ref Unsafe.Add(ref b, j + (3 * stride)))));
        Vector256<float> ef = Avx.HorizontalAdd(
            Fma.MultiplyAdd(a.upper, Vector256.LoadUnsafe(ref Unsafe.Add(ref b, j + (4 * stride) + Vector256<float>.Count)), a.lower * Vector256.LoadUnsafe(ref Unsafe.Add(ref b, j + (4 * stride)))),
            Fma.MultiplyAdd(a.upper, Vector256.LoadUnsafe(ref Unsafe.Add(ref b, j + (5 * stride) + Vector256<float>.Count)), a.lower * Vector256.LoadUnsafe(ref Unsafe.Add(ref b, j + (5 * stride)))));
        Vector256<float> gh = Avx.HorizontalAdd(
            Fma.MultiplyAdd(a.upper, Vector256.LoadUnsafe(ref Unsafe.Add(ref b, j + (6 * stride) + Vector256<float>.Count)), a.lower * Vector256.LoadUnsafe(ref Unsafe.Add(ref b, j + (6 * stride)))),
            Fma.MultiplyAdd(a.upper, Vector256.LoadUnsafe(ref Unsafe.Add(ref b, j + (7 * stride) + Vector256<float>.Count)), a.lower * Vector256.LoadUnsafe(ref Unsafe.Add(ref b, j + (7 * stride)))));
        ab = Avx.HorizontalAdd(ab, cd);
        ef = Avx.HorizontalAdd(ef, gh);
        return Floats256.Of(Avx.Permute2x128(ab, ef, 0b10_0000) + Avx.Permute2x128(ab, ef, 0b11_0001));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 SumsOfEight(Floats2x256 a, Floats2x256 b, Floats2x256 c, Floats2x256 d, Floats2x256 e, Floats2x256 f, Floats2x256 g, Floats2x256 h) =>
        Floats256.SumsOfEight(a.Lower + a.Upper, b.Lower + b.Upper, c.Lower + c.Upper, d.Lower + d.Upper, e.Lower + e.Upper, f.Lower + f.Upper, g.Lower + g.Upper, h.Lower + h.Upper);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats2x256 RepeatEach(int width, ref float source, int offset) =>
        Join(Floats256.RepeatEach(width, ref source, offset), Floats256.RepeatEach(width, ref source, offset + (Floats256.Count / width)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats2x256 RepeatEach(int width, Floats2x256 values, int first) =>
        Join(RepeatEachOfHalf(width, values, first), RepeatEachOfHalf(width, values, first + (Floats256.Count / width)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats2x256 RepeatRow(int width, Floats128 row)
    {
        Floats256 half = Floats256.RepeatRow(width, row);
        return Join(half, half);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats128 SumRows(int width, Floats2x256 rows) => Floats256.SumRows(width, Floats256.Of(rows.lower + rows.upper));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats2x256 SumNeighbours(Floats2x256 first, Floats2x256 second) =>
        Join(Floats256.SumNeighbours(first.Lower, first.Upper), Floats256.SumNeighbours(second.Lower, second.Upper));

    // The product of the halves, added: of a sum over all lanes, an instruction less.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Row(Floats2x256 a, ref float b, int j) =>
        FusedMultiplyAdd.Of(a.upper, Vector256.LoadUnsafe(ref Unsafe.Add(ref b, j + Vector256<float>.Count)), a.lower * Vector256.LoadUnsafe(ref Unsafe.Add(ref b, j)));
}
#endif
