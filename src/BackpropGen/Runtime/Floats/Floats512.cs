#if NET8_0_OR_GREATER
using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace BackpropGen.Runtime;

/// <summary>16 floats in a register of 512 bits.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct Floats512 : IFloats<Floats512>, IHalves<Floats512, Floats256>
{
    private Vector512<float> lanes;

    // Elsewhere a reinterpretation takes the constructor's place: to the JIT, an object under construction is a local more, and of
    // locals it follows 512.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Floats512(Vector512<float> lanes) => this.lanes = lanes;

    /// <inheritdoc/>
    public readonly Floats256 Lower
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Floats256.Of(lanes.GetLower());
    }

    /// <inheritdoc/>
    public readonly Floats256 Upper
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Floats256.Of(lanes.GetUpper());
    }

    /// <inheritdoc/>
    public static int Count => Vector512<float>.Count;

    /// <inheritdoc/>
    public static bool IsFused => FusedMultiplyAdd.IsSupported;

    /// <inheritdoc/>
    public static bool HasManyRegisters => Avx512F.IsSupported;

    /// <inheritdoc/>
    public static Floats512 Zero => default;

    /// <inheritdoc/>
    public static Floats512 One => new(Vector512<float>.One);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 Create(float value) => Unsafe.BitCast<Vector512<float>, Floats512>(Vector512.Create(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 Load(ref float source, int offset) => Unsafe.As<float, Floats512>(ref Unsafe.Add(ref source, offset));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 Load(ref int source, int offset) => Unsafe.BitCast<Vector512<float>, Floats512>(Vector512.ConvertToSingle(Vector512.LoadUnsafe(ref Unsafe.Add(ref source, offset))));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 Broadcast(ref float source, int offset) => Unsafe.BitCast<Vector512<float>, Floats512>(Vector512.Create(Unsafe.Add(ref source, offset)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 Index(int start) => Unsafe.BitCast<Vector512<float>, Floats512>(Vector512.ConvertToSingle(Vector512.Create(start) + Vector512.Create(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Store(ref float destination, int offset) => Unsafe.As<float, Floats512>(ref Unsafe.Add(ref destination, offset)) = this;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void StoreFirst(int count, ref float destination, int offset)
    {
        if (count < Floats256.Count)
        {
            Lower.StoreFirst(count, ref destination, offset);
            return;
        }

        Lower.Store(ref destination, offset);
        if (count > Floats256.Count)
        {
            Upper.StoreFirst(count - Floats256.Count, ref destination, offset + Floats256.Count);
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 Join(Floats256 lower, Floats256 upper) => Unsafe.BitCast<Vector512<float>, Floats512>(Vector512.Create(lower.Lanes, upper.Lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 operator +(Floats512 left, Floats512 right) => Unsafe.BitCast<Vector512<float>, Floats512>(left.lanes + right.lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 operator -(Floats512 left, Floats512 right) => Unsafe.BitCast<Vector512<float>, Floats512>(left.lanes - right.lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 operator *(Floats512 left, Floats512 right) => Unsafe.BitCast<Vector512<float>, Floats512>(left.lanes * right.lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 operator /(Floats512 left, Floats512 right) => Unsafe.BitCast<Vector512<float>, Floats512>(left.lanes / right.lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 operator *(float left, Floats512 right) => Unsafe.BitCast<Vector512<float>, Floats512>(left * right.lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 operator -(Floats512 value) => Unsafe.BitCast<Vector512<float>, Floats512>(-value.lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 operator >(Floats512 left, Floats512 right) => Unsafe.BitCast<Vector512<float>, Floats512>(Vector512.GreaterThan(left.lanes, right.lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 operator >=(Floats512 left, Floats512 right) => Unsafe.BitCast<Vector512<float>, Floats512>(Vector512.GreaterThanOrEqual(left.lanes, right.lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 operator <(Floats512 left, Floats512 right) => Unsafe.BitCast<Vector512<float>, Floats512>(Vector512.LessThan(left.lanes, right.lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 operator <=(Floats512 left, Floats512 right) => Unsafe.BitCast<Vector512<float>, Floats512>(Vector512.LessThanOrEqual(left.lanes, right.lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 operator &(Floats512 left, Floats512 right) => Unsafe.BitCast<Vector512<float>, Floats512>(left.lanes & right.lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 operator |(Floats512 left, Floats512 right) => Unsafe.BitCast<Vector512<float>, Floats512>(left.lanes | right.lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 operator ^(Floats512 left, Floats512 right) => Unsafe.BitCast<Vector512<float>, Floats512>(left.lanes ^ right.lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 operator ~(Floats512 value) => Unsafe.BitCast<Vector512<float>, Floats512>(~value.lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 Equal(Floats512 left, Floats512 right) => Unsafe.BitCast<Vector512<float>, Floats512>(Vector512.Equals(left.lanes, right.lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 Choose(Floats512 condition, Floats512 yes, Floats512 no) => Vector512.IsHardwareAccelerated
        ? Unsafe.BitCast<Vector512<float>, Floats512>(Vector512.ConditionalSelect(condition.lanes, yes.lanes, no.lanes))
        : Join(Floats256.Choose(condition.Lower, yes.Lower, no.Lower), Floats256.Choose(condition.Upper, yes.Upper, no.Upper));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 Unless(Floats512 condition, Floats512 x) => Choose(condition, Zero, x);

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
    public static Floats512 Max(Floats512 a, Floats512 b) => Unsafe.BitCast<Vector512<float>, Floats512>(Vector512.ConditionalSelect(Vector512.GreaterThan(a.lanes, b.lanes) | ~Vector512.Equals(a.lanes, a.lanes), a.lanes, b.lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 AtMost(float bound, Floats512 x) => Unsafe.BitCast<Vector512<float>, Floats512>(Bound.Above(bound, x.lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 AtLeast(float bound, Floats512 x) => Unsafe.BitCast<Vector512<float>, Floats512>(Bound.Below(bound, x.lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 Scale(Floats512 value, Floats512 power) => Unsafe.BitCast<Vector512<float>, Floats512>(Scaling.Of(value.lanes, power.lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 Mantissa(Floats512 x, out Floats512 exponent)
    {
        Vector512<float> mantissa = MantissaAndExponent.Of(x.lanes, out Vector512<float> power);
        exponent = Unsafe.BitCast<Vector512<float>, Floats512>(power);
        return Unsafe.BitCast<Vector512<float>, Floats512>(mantissa);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 PowerOfEighths(Floats512 k) => Unsafe.BitCast<Vector512<float>, Floats512>(EighthPowers.Of(k.lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 ShiftLeft(Floats512 value, int count) => Unsafe.BitCast<Vector512<float>, Floats512>(Vector512.ShiftLeft(value.lanes.AsInt32(), count).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Any(Floats512 condition) => Vector512.ExtractMostSignificantBits(condition.lanes) != 0;

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
    public static float Max(Floats512 value) => HorizontalMax.Of(value.lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Total(Floats512 value) => WideSum.Of(value.lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Totals(Floats512 value) => WideSum.OfFour(value.lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 Exp(Floats512 x)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            return VectorMath.Exp(x);
        }

        return Join(Floats256.Exp(x.Lower), Floats256.Exp(x.Upper));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 Log(Floats512 x)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            return VectorMath.Log(x);
        }

        return Join(Floats256.Log(x.Lower), Floats256.Log(x.Upper));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 Log1p(Floats512 x)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            return VectorMath.Log1p(x);
        }

        return Join(Floats256.Log1p(x.Lower), Floats256.Log1p(x.Upper));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 Expm1(Floats512 x)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            return VectorMath.Expm1(x);
        }

        return Join(Floats256.Expm1(x.Lower), Floats256.Expm1(x.Upper));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 Tanh(Floats512 x)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            return VectorMath.Tanh(x);
        }

        return Join(Floats256.Tanh(x.Lower), Floats256.Tanh(x.Upper));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 Sigmoid(Floats512 x)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            return VectorMath.Sigmoid(x);
        }

        return Join(Floats256.Sigmoid(x.Lower), Floats256.Sigmoid(x.Upper));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 Erf(Floats512 x)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            return VectorMath.Erf(x);
        }

        return Join(Floats256.Erf(x.Lower), Floats256.Erf(x.Upper));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 Sin(Floats512 x)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            return VectorMath.Sin(x);
        }

        return Join(Floats256.Sin(x.Lower), Floats256.Sin(x.Upper));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 Cos(Floats512 x)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            return VectorMath.Cos(x);
        }

        return Join(Floats256.Cos(x.Lower), Floats256.Cos(x.Upper));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 Sqrt(Floats512 x) => Unsafe.BitCast<Vector512<float>, Floats512>(Vector512.Sqrt(x.lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 Abs(Floats512 x) => Unsafe.BitCast<Vector512<float>, Floats512>(Vector512.Abs(x.lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 Sign(Floats512 x) => Unsafe.BitCast<Vector512<float>, Floats512>(Vector512.ConditionalSelect(Vector512.GreaterThan(Vector512.Abs(x.lanes), Vector512<float>.Zero), Vector512<float>.One | (x.lanes & Vector512.Create(-0f)), x.lanes));

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

    // The row of each lane, from 0 on.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> RowOfLane(int width) => width == 2 ? Vector512.Create(0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7)
        : width == 4 ? Vector512.Create(0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3)
        : Vector512.Create(0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1);
}
#endif
