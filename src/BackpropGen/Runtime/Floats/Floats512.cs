#if NET8_0_OR_GREATER
using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace BackpropGen.Runtime;

/// <summary>16 floats in a register of 512 bits.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public partial struct Floats512 : IFloats<Floats512>, IHalves<Floats512, Floats256>
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

    // The row of each lane, from 0 on.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> RowOfLane(int width) => width == 2 ? Vector512.Create(0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7)
        : width == 4 ? Vector512.Create(0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3)
        : Vector512.Create(0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1);
}
#endif
