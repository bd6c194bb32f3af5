#if NET8_0_OR_GREATER
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace BackpropGen.Runtime;

/// <content>Products, of registers and with what lies in memory, and sums of them: what kernels are made of.</content>
public partial struct Floats128
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats128 MultiplyAdd(Floats128 a, Floats128 b, Floats128 c)
    {
        if (Fma.IsSupported)
        {
            return Unsafe.BitCast<Vector128<float>, Floats128>(Fma.MultiplyAdd(a.lanes, b.lanes, c.lanes));
        }

        return Unsafe.BitCast<Vector128<float>, Floats128>(FusedMultiplyAdd.Of(a.lanes, b.lanes, c.lanes));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats128 MultiplyAdd(Floats128 a, Floats128 b, float c)
    {
        if (Fma.IsSupported)
        {
            return Unsafe.BitCast<Vector128<float>, Floats128>(Fma.MultiplyAdd(a.lanes, b.lanes, Vector128.Create(c)));
        }

        return Unsafe.BitCast<Vector128<float>, Floats128>(FusedMultiplyAdd.Of(a.lanes, b.lanes, Vector128.Create(c)));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats128 MultiplyAdd(Floats128 a, float b, Floats128 c) => Unsafe.BitCast<Vector128<float>, Floats128>(FusedMultiplyAdd.Of(a.lanes, Vector128.Create(b), c.lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats128 MultiplyAdd(ref float a, int i, ref float b, int j, Floats128 c) =>
        Unsafe.BitCast<Vector128<float>, Floats128>(FusedMultiplyAdd.Of(Vector128.Create(Unsafe.Add(ref a, i)), Vector128.LoadUnsafe(ref Unsafe.Add(ref b, j)), c.lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats128 MultiplyAdd(ref float a, int i, Floats128 b, Floats128 c) =>
        Unsafe.BitCast<Vector128<float>, Floats128>(FusedMultiplyAdd.Of(Vector128.Create(Unsafe.Add(ref a, i)), b.lanes, c.lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void FourTerms(ref float a, int i, ref float b, int j, int stride, Floats128 c, out Floats128 sum1, out Floats128 sum2, out Floats128 sum3, out Floats128 sum4)
    {
        sum1 = MultiplyAdd(ref a, i, ref b, j, c);
        sum2 = Unsafe.BitCast<Vector128<float>, Floats128>(Vector128.Create(Unsafe.Add(ref a, i + 1)) * Vector128.LoadUnsafe(ref Unsafe.Add(ref b, j + stride)));
        sum3 = Unsafe.BitCast<Vector128<float>, Floats128>(Vector128.Create(Unsafe.Add(ref a, i + 2)) * Vector128.LoadUnsafe(ref Unsafe.Add(ref b, j + (2 * stride))));
        sum4 = Unsafe.BitCast<Vector128<float>, Floats128>(Vector128.Create(Unsafe.Add(ref a, i + 3)) * Vector128.LoadUnsafe(ref Unsafe.Add(ref b, j + (3 * stride))));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddFourTerms(ref float a, int i, ref float b, int j, int stride, ref Floats128 sum1, ref Floats128 sum2, ref Floats128 sum3, ref Floats128 sum4)
    {
        if (Fma.IsSupported)
        {
            sum1 = Unsafe.BitCast<Vector128<float>, Floats128>(Fma.MultiplyAdd(Vector128.Create(Unsafe.Add(ref a, i)), Vector128.LoadUnsafe(ref Unsafe.Add(ref b, j)), sum1.lanes));
            sum2 = Unsafe.BitCast<Vector128<float>, Floats128>(Fma.MultiplyAdd(Vector128.Create(Unsafe.Add(ref a, i + 1)), Vector128.LoadUnsafe(ref Unsafe.Add(ref b, j + stride)), sum2.lanes));
            sum3 = Unsafe.BitCast<Vector128<float>, Floats128>(Fma.MultiplyAdd(Vector128.Create(Unsafe.Add(ref a, i + 2)), Vector128.LoadUnsafe(ref Unsafe.Add(ref b, j + (2 * stride))), sum3.lanes));
            sum4 = Unsafe.BitCast<Vector128<float>, Floats128>(Fma.MultiplyAdd(Vector128.Create(Unsafe.Add(ref a, i + 3)), Vector128.LoadUnsafe(ref Unsafe.Add(ref b, j + (3 * stride))), sum4.lanes));
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
    public static Floats128 Multiply(ref float a, int i, ref float b, int j) =>
        Unsafe.BitCast<Vector128<float>, Floats128>(Vector128.Create(Unsafe.Add(ref a, i)) * Vector128.LoadUnsafe(ref Unsafe.Add(ref b, j)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats128 Multiply(Floats128 a, ref float b, int j) => Unsafe.BitCast<Vector128<float>, Floats128>(a.lanes * Vector128.LoadUnsafe(ref Unsafe.Add(ref b, j)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats128 MultiplyAdd(Floats128 a, ref float b, int j, Floats128 c) =>
        Unsafe.BitCast<Vector128<float>, Floats128>(FusedMultiplyAdd.Of(a.lanes, Vector128.LoadUnsafe(ref Unsafe.Add(ref b, j)), c.lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats128 MultiplyAdd(Floats128 a, int lane, ref float b, int j, Floats128 c) =>
        Unsafe.BitCast<Vector128<float>, Floats128>(FusedMultiplyAdd.Of(Vector128.Create(a.Lanes.GetElement(lane)), Vector128.LoadUnsafe(ref Unsafe.Add(ref b, j)), c.lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddProduct(Floats128 a, Floats128 b)
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
    public void AddProduct(ref float a, int i, Floats128 b)
    {
        if (Fma.IsSupported)
        {
            lanes = Fma.MultiplyAdd(Vector128.Create(Unsafe.Add(ref a, i)), b.lanes, lanes);
        }
        else
        {
            lanes = FusedMultiplyAdd.Of(Vector128.Create(Unsafe.Add(ref a, i)), b.lanes, lanes);
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddProduct(ref float target, int offset, ref float a, int i, Floats128 b)
    {
        ref float first = ref Unsafe.Add(ref target, offset);
        FusedMultiplyAdd.Of(Vector128.Create(Unsafe.Add(ref a, i)), b.lanes, Vector128.LoadUnsafe(ref first)).StoreUnsafe(ref first);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddFourProducts(ref float target, int offset, int stride, ref float a, int i, Floats128 b)
    {
        if (Fma.IsSupported)
        {
            Fma.MultiplyAdd(Vector128.Create(Unsafe.Add(ref a, i)), b.lanes, Vector128.LoadUnsafe(ref Unsafe.Add(ref target, offset))).StoreUnsafe(ref Unsafe.Add(ref target, offset));
            Fma.MultiplyAdd(Vector128.Create(Unsafe.Add(ref a, i + 1)), b.lanes, Vector128.LoadUnsafe(ref Unsafe.Add(ref target, offset + stride))).StoreUnsafe(ref Unsafe.Add(ref target, offset + stride));
            Fma.MultiplyAdd(Vector128.Create(Unsafe.Add(ref a, i + 2)), b.lanes, Vector128.LoadUnsafe(ref Unsafe.Add(ref target, offset + (2 * stride)))).StoreUnsafe(ref Unsafe.Add(ref target, offset + (2 * stride)));
            Fma.MultiplyAdd(Vector128.Create(Unsafe.Add(ref a, i + 3)), b.lanes, Vector128.LoadUnsafe(ref Unsafe.Add(ref target, offset + (3 * stride)))).StoreUnsafe(ref Unsafe.Add(ref target, offset + (3 * stride)));
        }
        else
        {
            AddProduct(ref target, offset, ref a, i, b);
            AddProduct(ref target, offset + stride, ref a, i + 1, b);
            AddProduct(ref target, offset + (2 * stride), ref a, i + 2, b);
            AddProduct(ref target, offset + (3 * stride), ref a, i + 3, b);
        }
    }

    /// <summary>As <see cref="MultiplyAdd(ref float, int, ref float, int, Floats128)"/>, of the first 1 to 3 neighbours.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats128 MultiplyAddFirst(int count, ref float a, int i, ref float b, int j, Floats128 c) =>
        Unsafe.BitCast<Vector128<float>, Floats128>(FusedMultiplyAdd.Of(Vector128.Create(Unsafe.Add(ref a, i)), LoadFirst(count, ref b, j).lanes, c.lanes));

    /// <summary>As <see cref="Multiply(ref float, int, ref float, int)"/>, of the first 1 to 3 neighbours.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats128 MultiplyFirst(int count, ref float a, int i, ref float b, int j) =>
        Unsafe.BitCast<Vector128<float>, Floats128>(Vector128.Create(Unsafe.Add(ref a, i)) * LoadFirst(count, ref b, j).lanes);

    /// <summary>As <see cref="MultiplyAdd(Floats128, int, ref float, int, Floats128)"/>, of the first neighbours.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats128 MultiplyAddFirst(int count, Floats128 a, int lane, ref float b, int j, Floats128 c) =>
        Unsafe.BitCast<Vector128<float>, Floats128>(FusedMultiplyAdd.Of(Vector128.Create(a.lanes.GetElement(lane)), LoadFirst(count, ref b, j).lanes, c.lanes));

    /// <summary>As <see cref="AddProduct(ref float, int, ref float, int, Floats128)"/>, to the first 1 to 3 neighbours.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddProductFirst(int count, ref float target, int offset, ref float a, int i, Floats128 b) =>
        Unsafe.BitCast<Vector128<float>, Floats128>(FusedMultiplyAdd.Of(Vector128.Create(Unsafe.Add(ref a, i)), b.lanes, LoadFirst(count, ref target, offset).lanes))
            .StoreFirst(count, ref target, offset);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Floats128 value) => Vector128.Sum(value.lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats128 SumsOfFour(Floats128 a, Floats128 b, Floats128 c, Floats128 d) => Floats128.Of(FourSums.Of(a.lanes, b.lanes, c.lanes, d.lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats128 SumsOfFour(Floats128 a, ref float b, int j, int stride) =>
        SumsOfFour(Multiply(a, ref b, j), Multiply(a, ref b, j + stride), Multiply(a, ref b, j + (2 * stride)), Multiply(a, ref b, j + (3 * stride)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 SumsOfEight(Floats128 a, ref float b, int j, int stride) => SumsOfEight(
        Multiply(a, ref b, j), Multiply(a, ref b, j + stride), Multiply(a, ref b, j + (2 * stride)), Multiply(a, ref b, j + (3 * stride)),
        Multiply(a, ref b, j + (4 * stride)), Multiply(a, ref b, j + (5 * stride)), Multiply(a, ref b, j + (6 * stride)), Multiply(a, ref b, j + (7 * stride)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 SumsOfEight(Floats128 a, Floats128 b, Floats128 c, Floats128 d, Floats128 e, Floats128 f, Floats128 g, Floats128 h) =>
        Floats256.Of(EightSums.Of(a.lanes, b.lanes, c.lanes, d.lanes, e.lanes, f.lanes, g.lanes, h.lanes));
}
#endif
