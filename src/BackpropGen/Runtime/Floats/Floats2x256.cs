#if NET8_0_OR_GREATER
using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace BackpropGen.Runtime;

/// <summary>
/// 16 floats in two registers of 256 bits: for code of a fixed width, where the machine has no wider ones. Every operation is one on each half.
/// </summary>
/// <remarks>
/// Over vectors and not over <see cref="Floats256"/>, which would be a structure in a structure: to the JIT twice the locals, of which it
/// follows 512. What is called often is written out for the same reason.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public partial struct Floats2x256 : IFloats<Floats2x256>, IHalves<Floats2x256, Floats256>
{
    private Vector256<float> lower;
    private Vector256<float> upper;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Floats2x256(Vector256<float> lower, Vector256<float> upper)
    {
        this.lower = lower;
        this.upper = upper;
    }

    /// <inheritdoc/>
    public static int Count => 2 * Floats256.Count;

    /// <inheritdoc/>
    public static bool IsFused => Floats256.IsFused;

    /// <inheritdoc/>
    public static bool HasManyRegisters => false;

    /// <inheritdoc/>
    public static Floats2x256 Zero => default;

    /// <inheritdoc/>
    public static Floats2x256 One => new(Vector256<float>.One, Vector256<float>.One);

    /// <inheritdoc/>
    public readonly Floats256 Lower
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Floats256.Of(lower);
    }

    /// <inheritdoc/>
    public readonly Floats256 Upper
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Floats256.Of(upper);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats2x256 Join(Floats256 lower, Floats256 upper)
    {
        Floats2x256 result;
        result.lower = lower.Lanes;
        result.upper = upper.Lanes;
        return result;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats2x256 Create(float value)
    {
        Floats2x256 result;
        result.lower = Vector256.Create(value);
        result.upper = Vector256.Create(value);
        return result;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats2x256 Load(ref float source, int offset) => Unsafe.As<float, Floats2x256>(ref Unsafe.Add(ref source, offset));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats2x256 Load(ref int source, int offset) => Join(Floats256.Load(ref source, offset), Floats256.Load(ref source, offset + Floats256.Count));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats2x256 Broadcast(ref float source, int offset) => Create(Unsafe.Add(ref source, offset));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats2x256 Index(int start) => Join(Floats256.Index(start), Floats256.Index(start + Floats256.Count));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Store(ref float destination, int offset) => Unsafe.As<float, Floats2x256>(ref Unsafe.Add(ref destination, offset)) = this;

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
    public static Floats2x256 operator +(Floats2x256 left, Floats2x256 right)
    {
        Floats2x256 result;
        result.lower = left.lower + right.lower;
        result.upper = left.upper + right.upper;
        return result;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats2x256 operator -(Floats2x256 left, Floats2x256 right)
    {
        Floats2x256 result;
        result.lower = left.lower - right.lower;
        result.upper = left.upper - right.upper;
        return result;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats2x256 operator *(Floats2x256 left, Floats2x256 right)
    {
        Floats2x256 result;
        result.lower = left.lower * right.lower;
        result.upper = left.upper * right.upper;
        return result;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats2x256 operator /(Floats2x256 left, Floats2x256 right)
    {
        Floats2x256 result;
        result.lower = left.lower / right.lower;
        result.upper = left.upper / right.upper;
        return result;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats2x256 operator *(float left, Floats2x256 right)
    {
        Floats2x256 result;
        result.lower = left * right.lower;
        result.upper = left * right.upper;
        return result;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats2x256 operator -(Floats2x256 value)
    {
        Floats2x256 result;
        result.lower = -value.lower;
        result.upper = -value.upper;
        return result;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats2x256 operator >(Floats2x256 left, Floats2x256 right)
    {
        Floats2x256 result;
        result.lower = Vector256.GreaterThan(left.lower, right.lower);
        result.upper = Vector256.GreaterThan(left.upper, right.upper);
        return result;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats2x256 operator >=(Floats2x256 left, Floats2x256 right)
    {
        Floats2x256 result;
        result.lower = Vector256.GreaterThanOrEqual(left.lower, right.lower);
        result.upper = Vector256.GreaterThanOrEqual(left.upper, right.upper);
        return result;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats2x256 operator <(Floats2x256 left, Floats2x256 right)
    {
        Floats2x256 result;
        result.lower = Vector256.LessThan(left.lower, right.lower);
        result.upper = Vector256.LessThan(left.upper, right.upper);
        return result;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats2x256 operator <=(Floats2x256 left, Floats2x256 right)
    {
        Floats2x256 result;
        result.lower = Vector256.LessThanOrEqual(left.lower, right.lower);
        result.upper = Vector256.LessThanOrEqual(left.upper, right.upper);
        return result;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats2x256 operator &(Floats2x256 left, Floats2x256 right)
    {
        Floats2x256 result;
        result.lower = left.lower & right.lower;
        result.upper = left.upper & right.upper;
        return result;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats2x256 operator |(Floats2x256 left, Floats2x256 right)
    {
        Floats2x256 result;
        result.lower = left.lower | right.lower;
        result.upper = left.upper | right.upper;
        return result;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats2x256 operator ^(Floats2x256 left, Floats2x256 right)
    {
        Floats2x256 result;
        result.lower = left.lower ^ right.lower;
        result.upper = left.upper ^ right.upper;
        return result;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats2x256 operator ~(Floats2x256 value)
    {
        Floats2x256 result;
        result.lower = ~value.lower;
        result.upper = ~value.upper;
        return result;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats2x256 Equal(Floats2x256 left, Floats2x256 right)
    {
        Floats2x256 result;
        result.lower = Vector256.Equals(left.lower, right.lower);
        result.upper = Vector256.Equals(left.upper, right.upper);
        return result;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats2x256 Unless(Floats2x256 condition, Floats2x256 x) => Avx.IsSupported
        ? new(Avx.AndNot(condition.lower, x.lower), Avx.AndNot(condition.upper, x.upper))
        : Choose(condition, Zero, x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats2x256 Choose(Floats2x256 condition, Floats2x256 yes, Floats2x256 no)
    {
        Floats2x256 result;
        result.lower = Vector256.ConditionalSelect(condition.lower, yes.lower, no.lower);
        result.upper = Vector256.ConditionalSelect(condition.upper, yes.upper, no.upper);
        return result;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats2x256 Max(Floats2x256 a, Floats2x256 b) => Join(Floats256.Max(a.Lower, b.Lower), Floats256.Max(a.Upper, b.Upper));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats2x256 AtMost(float bound, Floats2x256 x)
    {
        Floats2x256 result;
        result.lower = Bound.Above(bound, x.lower);
        result.upper = Bound.Above(bound, x.upper);
        return result;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats2x256 AtLeast(float bound, Floats2x256 x)
    {
        Floats2x256 result;
        result.lower = Bound.Below(bound, x.lower);
        result.upper = Bound.Below(bound, x.upper);
        return result;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats2x256 Scale(Floats2x256 value, Floats2x256 power) => Join(Floats256.Scale(value.Lower, power.Lower), Floats256.Scale(value.Upper, power.Upper));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats2x256 Mantissa(Floats2x256 x, out Floats2x256 exponent)
    {
        Floats256 lower = Floats256.Mantissa(x.Lower, out Floats256 lowerExponent);
        Floats256 upper = Floats256.Mantissa(x.Upper, out Floats256 upperExponent);
        exponent = Join(lowerExponent, upperExponent);
        return Join(lower, upper);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats2x256 PowerOfEighths(Floats2x256 k) => Join(Floats256.PowerOfEighths(k.Lower), Floats256.PowerOfEighths(k.Upper));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats2x256 ShiftLeft(Floats2x256 value, int count) => Join(Floats256.ShiftLeft(value.Lower, count), Floats256.ShiftLeft(value.Upper, count));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Any(Floats2x256 condition) => Floats256.Any(condition.Lower | condition.Upper);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Max(Floats2x256 value) => Floats256.Max(Floats256.Max(value.Lower, value.Upper));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Total(Floats2x256 value) => Floats256.Total(value.Lower) + Floats256.Total(value.Upper);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Totals(Floats2x256 value) => Floats256.Totals(value.Lower) + Floats256.Totals(value.Upper);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats2x256 Exp(Floats2x256 x) => Join(Floats256.Exp(x.Lower), Floats256.Exp(x.Upper));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats2x256 Log(Floats2x256 x) => Join(Floats256.Log(x.Lower), Floats256.Log(x.Upper));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats2x256 Log1p(Floats2x256 x) => Join(Floats256.Log1p(x.Lower), Floats256.Log1p(x.Upper));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats2x256 Expm1(Floats2x256 x) => Join(Floats256.Expm1(x.Lower), Floats256.Expm1(x.Upper));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats2x256 Tanh(Floats2x256 x) => Join(Floats256.Tanh(x.Lower), Floats256.Tanh(x.Upper));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats2x256 Sigmoid(Floats2x256 x) => Join(Floats256.Sigmoid(x.Lower), Floats256.Sigmoid(x.Upper));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats2x256 Erf(Floats2x256 x) => Join(Floats256.Erf(x.Lower), Floats256.Erf(x.Upper));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats2x256 Sin(Floats2x256 x) => Join(Floats256.Sin(x.Lower), Floats256.Sin(x.Upper));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats2x256 Cos(Floats2x256 x) => Join(Floats256.Cos(x.Lower), Floats256.Cos(x.Upper));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats2x256 Sqrt(Floats2x256 x) => Join(Floats256.Sqrt(x.Lower), Floats256.Sqrt(x.Upper));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats2x256 Abs(Floats2x256 x) => Join(Floats256.Abs(x.Lower), Floats256.Abs(x.Upper));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats2x256 Sign(Floats2x256 x) => Join(Floats256.Sign(x.Lower), Floats256.Sign(x.Upper));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Floats256 RepeatEachOfHalf(int width, Floats2x256 values, int first) =>
        first < Floats256.Count ? Floats256.RepeatEach(width, values.Lower, first) : Floats256.RepeatEach(width, values.Upper, first - Floats256.Count);
}
#endif
