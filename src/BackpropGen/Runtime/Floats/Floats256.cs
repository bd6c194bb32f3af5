#if NET8_0_OR_GREATER
using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace BackpropGen.Runtime;

/// <summary>8 floats in a register of 256 bits.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public partial struct Floats256 : IFloats<Floats256>, IHalves<Floats256, Floats128>
{
    private Vector256<float> lanes;

    // Elsewhere a reinterpretation takes the constructor's place: to the JIT, an object under construction is a local more, and of
    // locals it follows 512.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Floats256(Vector256<float> lanes) => this.lanes = lanes;

    internal readonly Vector256<float> Lanes => lanes;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Floats256 Of(Vector256<float> lanes) => Unsafe.BitCast<Vector256<float>, Floats256>(lanes);

    /// <inheritdoc/>
    public readonly Floats128 Lower
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Floats128.Of(lanes.GetLower());
    }

    /// <inheritdoc/>
    public readonly Floats128 Upper
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Floats128.Of(lanes.GetUpper());
    }

    /// <inheritdoc/>
    public static int Count => Vector256<float>.Count;

    /// <inheritdoc/>
    public static bool IsFused => FusedMultiplyAdd.IsSupported;

    /// <inheritdoc/>
    public static bool HasManyRegisters => Avx512F.VL.IsSupported;

    /// <inheritdoc/>
    public static Floats256 Zero => default;

    /// <inheritdoc/>
    public static Floats256 One => new(Vector256<float>.One);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 Create(float value) => Unsafe.BitCast<Vector256<float>, Floats256>(Vector256.Create(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 Load(ref float source, int offset) => Unsafe.As<float, Floats256>(ref Unsafe.Add(ref source, offset));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 Load(ref int source, int offset) => Unsafe.BitCast<Vector256<float>, Floats256>(Vector256.ConvertToSingle(Vector256.LoadUnsafe(ref Unsafe.Add(ref source, offset))));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 Broadcast(ref float source, int offset) => Unsafe.BitCast<Vector256<float>, Floats256>(Vector256.Create(Unsafe.Add(ref source, offset)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 Index(int start) => Unsafe.BitCast<Vector256<float>, Floats256>(Vector256.ConvertToSingle(Vector256.Create(start) + Vector256.Create(0, 1, 2, 3, 4, 5, 6, 7)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Store(ref float destination, int offset) => Unsafe.As<float, Floats256>(ref Unsafe.Add(ref destination, offset)) = this;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void StoreFirst(int count, ref float destination, int offset)
    {
        if (count < Floats128.Count)
        {
            Lower.StoreFirst(count, ref destination, offset);
            return;
        }

        Lower.Store(ref destination, offset);
        if (count > Floats128.Count)
        {
            Upper.StoreFirst(count - Floats128.Count, ref destination, offset + Floats128.Count);
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 Join(Floats128 lower, Floats128 upper) => Unsafe.BitCast<Vector256<float>, Floats256>(Vector256.Create(lower.Lanes, upper.Lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 operator +(Floats256 left, Floats256 right) => Unsafe.BitCast<Vector256<float>, Floats256>(left.lanes + right.lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 operator -(Floats256 left, Floats256 right) => Unsafe.BitCast<Vector256<float>, Floats256>(left.lanes - right.lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 operator *(Floats256 left, Floats256 right) => Unsafe.BitCast<Vector256<float>, Floats256>(left.lanes * right.lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 operator /(Floats256 left, Floats256 right) => Unsafe.BitCast<Vector256<float>, Floats256>(left.lanes / right.lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 operator *(float left, Floats256 right) => Unsafe.BitCast<Vector256<float>, Floats256>(left * right.lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 operator -(Floats256 value) => Unsafe.BitCast<Vector256<float>, Floats256>(-value.lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 operator >(Floats256 left, Floats256 right) => Unsafe.BitCast<Vector256<float>, Floats256>(Vector256.GreaterThan(left.lanes, right.lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 operator >=(Floats256 left, Floats256 right) => Unsafe.BitCast<Vector256<float>, Floats256>(Vector256.GreaterThanOrEqual(left.lanes, right.lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 operator <(Floats256 left, Floats256 right) => Unsafe.BitCast<Vector256<float>, Floats256>(Vector256.LessThan(left.lanes, right.lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 operator <=(Floats256 left, Floats256 right) => Unsafe.BitCast<Vector256<float>, Floats256>(Vector256.LessThanOrEqual(left.lanes, right.lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 operator &(Floats256 left, Floats256 right) => Unsafe.BitCast<Vector256<float>, Floats256>(left.lanes & right.lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 operator |(Floats256 left, Floats256 right) => Unsafe.BitCast<Vector256<float>, Floats256>(left.lanes | right.lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 operator ^(Floats256 left, Floats256 right) => Unsafe.BitCast<Vector256<float>, Floats256>(left.lanes ^ right.lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 operator ~(Floats256 value) => Unsafe.BitCast<Vector256<float>, Floats256>(~value.lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 Equal(Floats256 left, Floats256 right) => Unsafe.BitCast<Vector256<float>, Floats256>(Vector256.Equals(left.lanes, right.lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 Choose(Floats256 condition, Floats256 yes, Floats256 no)
    {
        if (Vector256.IsHardwareAccelerated)
        {
            return Unsafe.BitCast<Vector256<float>, Floats256>(Vector256.ConditionalSelect(condition.lanes, yes.lanes, no.lanes));
        }

        return Join(Floats128.Choose(condition.Lower, yes.Lower, no.Lower), Floats128.Choose(condition.Upper, yes.Upper, no.Upper));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 Unless(Floats256 condition, Floats256 x)
    {
        if (Avx.IsSupported && !Avx512F.VL.IsSupported)
        {
            return Unsafe.BitCast<Vector256<float>, Floats256>(Avx.AndNot(condition.lanes, x.lanes));
        }

        return Choose(condition, Zero, x);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 Max(Floats256 a, Floats256 b) => Unsafe.BitCast<Vector256<float>, Floats256>(Larger.Of(a.lanes, b.lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 AtMost(float bound, Floats256 x) => Unsafe.BitCast<Vector256<float>, Floats256>(Bound.Above(bound, x.lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 AtLeast(float bound, Floats256 x) => Unsafe.BitCast<Vector256<float>, Floats256>(Bound.Below(bound, x.lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 Scale(Floats256 value, Floats256 power) => Unsafe.BitCast<Vector256<float>, Floats256>(Scaling.Of(value.lanes, power.lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 Mantissa(Floats256 x, out Floats256 exponent)
    {
        Vector256<float> mantissa = MantissaAndExponent.Of(x.lanes, out Vector256<float> power);
        exponent = Unsafe.BitCast<Vector256<float>, Floats256>(power);
        return Unsafe.BitCast<Vector256<float>, Floats256>(mantissa);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 PowerOfEighths(Floats256 k) => Unsafe.BitCast<Vector256<float>, Floats256>(EighthPowers.Of(k.lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 ShiftLeft(Floats256 value, int count) => Unsafe.BitCast<Vector256<float>, Floats256>(Vector256.ShiftLeft(value.lanes.AsInt32(), count).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Any(Floats256 condition) => Vector256.ExtractMostSignificantBits(condition.lanes) != 0;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Max(Floats256 value) => HorizontalMax.Of(value.lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Total(Floats256 value) => WideSum.Of(value.lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Totals(Floats256 value) => WideSum.OfFour(value.lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 Exp(Floats256 x)
    {
        if (Vector256.IsHardwareAccelerated)
        {
            return VectorMath.Exp(x);
        }

        return Join(Floats128.Exp(x.Lower), Floats128.Exp(x.Upper));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 Log(Floats256 x)
    {
        if (Vector256.IsHardwareAccelerated)
        {
            return VectorMath.Log(x);
        }

        return Join(Floats128.Log(x.Lower), Floats128.Log(x.Upper));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 Log1p(Floats256 x)
    {
        if (Vector256.IsHardwareAccelerated)
        {
            return VectorMath.Log1p(x);
        }

        return Join(Floats128.Log1p(x.Lower), Floats128.Log1p(x.Upper));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 Expm1(Floats256 x)
    {
        if (Vector256.IsHardwareAccelerated)
        {
            return VectorMath.Expm1(x);
        }

        return Join(Floats128.Expm1(x.Lower), Floats128.Expm1(x.Upper));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 Tanh(Floats256 x)
    {
        if (Vector256.IsHardwareAccelerated)
        {
            return VectorMath.Tanh(x);
        }

        return Join(Floats128.Tanh(x.Lower), Floats128.Tanh(x.Upper));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 Sigmoid(Floats256 x)
    {
        if (Vector256.IsHardwareAccelerated)
        {
            return VectorMath.Sigmoid(x);
        }

        return Join(Floats128.Sigmoid(x.Lower), Floats128.Sigmoid(x.Upper));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 Erf(Floats256 x)
    {
        if (Vector256.IsHardwareAccelerated)
        {
            return VectorMath.Erf(x);
        }

        return Join(Floats128.Erf(x.Lower), Floats128.Erf(x.Upper));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 Sin(Floats256 x)
    {
        if (Vector256.IsHardwareAccelerated)
        {
            return VectorMath.Sin(x);
        }

        return Join(Floats128.Sin(x.Lower), Floats128.Sin(x.Upper));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 Cos(Floats256 x)
    {
        if (Vector256.IsHardwareAccelerated)
        {
            return VectorMath.Cos(x);
        }

        return Join(Floats128.Cos(x.Lower), Floats128.Cos(x.Upper));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 Sqrt(Floats256 x) => Unsafe.BitCast<Vector256<float>, Floats256>(Vector256.Sqrt(x.lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 Abs(Floats256 x) => Unsafe.BitCast<Vector256<float>, Floats256>(Vector256.Abs(x.lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 Sign(Floats256 x) => Unsafe.BitCast<Vector256<float>, Floats256>(Vector256.ConditionalSelect(Vector256.GreaterThan(Vector256.Abs(x.lanes), Vector256<float>.Zero), Vector256<float>.One | (x.lanes & Vector256.Create(-0f)), x.lanes));
}
#endif
