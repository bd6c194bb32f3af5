#if NET8_0_OR_GREATER
using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace BackpropGen.Runtime;

/// <summary>4 floats in a register of 128 bits.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public partial struct Floats128 : IFloats<Floats128>
{
    private Vector128<float> lanes;

    // Elsewhere a reinterpretation takes the constructor's place: to the JIT, an object under construction is a local more, and of
    // locals it follows 512.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Floats128(Vector128<float> lanes) => this.lanes = lanes;

    internal readonly Vector128<float> Lanes => lanes;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Floats128 Of(Vector128<float> lanes) => new(lanes);

    /// <inheritdoc/>
    public static int Count => Vector128<float>.Count;

    /// <inheritdoc/>
    public static bool IsFused => FusedMultiplyAdd.IsSupported;

    /// <inheritdoc/>
    public static bool HasManyRegisters => AdvSimd.IsSupported || Avx512F.VL.IsSupported;

    /// <inheritdoc/>
    public static Floats128 Zero => default;

    /// <inheritdoc/>
    public static Floats128 One => new(Vector128<float>.One);

    /// <summary>One of the four.</summary>
    /// <param name="index">Which, 0 to 3: to be a constant to the JIT, which makes one instruction of it.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly float Lane(int index) => lanes.GetElement(index);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats128 Create(float value) => Unsafe.BitCast<Vector128<float>, Floats128>(Vector128.Create(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats128 Load(ref float source, int offset) => Unsafe.As<float, Floats128>(ref Unsafe.Add(ref source, offset));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats128 Load(ref int source, int offset) => Unsafe.BitCast<Vector128<float>, Floats128>(Vector128.ConvertToSingle(Vector128.LoadUnsafe(ref Unsafe.Add(ref source, offset))));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats128 Broadcast(ref float source, int offset) => Unsafe.BitCast<Vector128<float>, Floats128>(Vector128.Create(Unsafe.Add(ref source, offset)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats128 Index(int start) => Unsafe.BitCast<Vector128<float>, Floats128>(Vector128.ConvertToSingle(Vector128.Create(start) + Vector128.Create(0, 1, 2, 3)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Store(ref float destination, int offset) => Unsafe.As<float, Floats128>(ref Unsafe.Add(ref destination, offset)) = this;

    /// <summary>The first 1 to 3 neighbours from an element on, and 0 in the other lanes: no more is read. Nothing is checked.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats128 LoadFirst(int count, ref float source, int offset)
    {
        ref float first = ref Unsafe.Add(ref source, offset);
        if (count == 1)
        {
            return Unsafe.BitCast<Vector128<float>, Floats128>(Vector128.CreateScalar(first));
        }

        var two = Vector128.CreateScalar(Unsafe.ReadUnaligned<double>(ref Unsafe.As<float, byte>(ref first))).AsSingle();
        return Unsafe.BitCast<Vector128<float>, Floats128>(count == 2 ? two : two.WithElement(2, Unsafe.Add(ref first, 2)));
    }

    /// <summary>Writes the first 1 to 3 lanes from an element on, and no more. Nothing is checked.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void StoreFirst(int count, ref float destination, int offset)
    {
        ref float first = ref Unsafe.Add(ref destination, offset);
        if (count == 1)
        {
            first = lanes.ToScalar();
            return;
        }

        Unsafe.WriteUnaligned(ref Unsafe.As<float, byte>(ref first), lanes.AsDouble().ToScalar());
        if (count == 3)
        {
            Unsafe.Add(ref first, 2) = lanes.GetElement(2);
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats128 operator +(Floats128 left, Floats128 right) => Unsafe.BitCast<Vector128<float>, Floats128>(left.lanes + right.lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats128 operator -(Floats128 left, Floats128 right) => Unsafe.BitCast<Vector128<float>, Floats128>(left.lanes - right.lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats128 operator *(Floats128 left, Floats128 right) => Unsafe.BitCast<Vector128<float>, Floats128>(left.lanes * right.lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats128 operator /(Floats128 left, Floats128 right) => Unsafe.BitCast<Vector128<float>, Floats128>(left.lanes / right.lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats128 operator *(float left, Floats128 right) => Unsafe.BitCast<Vector128<float>, Floats128>(left * right.lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats128 operator -(Floats128 value) => Unsafe.BitCast<Vector128<float>, Floats128>(-value.lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats128 operator >(Floats128 left, Floats128 right) => Unsafe.BitCast<Vector128<float>, Floats128>(Vector128.GreaterThan(left.lanes, right.lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats128 operator >=(Floats128 left, Floats128 right) => Unsafe.BitCast<Vector128<float>, Floats128>(Vector128.GreaterThanOrEqual(left.lanes, right.lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats128 operator <(Floats128 left, Floats128 right) => Unsafe.BitCast<Vector128<float>, Floats128>(Vector128.LessThan(left.lanes, right.lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats128 operator <=(Floats128 left, Floats128 right) => Unsafe.BitCast<Vector128<float>, Floats128>(Vector128.LessThanOrEqual(left.lanes, right.lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats128 operator &(Floats128 left, Floats128 right) => Unsafe.BitCast<Vector128<float>, Floats128>(left.lanes & right.lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats128 operator |(Floats128 left, Floats128 right) => Unsafe.BitCast<Vector128<float>, Floats128>(left.lanes | right.lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats128 operator ^(Floats128 left, Floats128 right) => Unsafe.BitCast<Vector128<float>, Floats128>(left.lanes ^ right.lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats128 operator ~(Floats128 value) => Unsafe.BitCast<Vector128<float>, Floats128>(~value.lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats128 Equal(Floats128 left, Floats128 right) => Unsafe.BitCast<Vector128<float>, Floats128>(Vector128.Equals(left.lanes, right.lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats128 Choose(Floats128 condition, Floats128 yes, Floats128 no) => Unsafe.BitCast<Vector128<float>, Floats128>(Vector128.ConditionalSelect(condition.lanes, yes.lanes, no.lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats128 Unless(Floats128 condition, Floats128 x) => Choose(condition, Zero, x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats128 Max(Floats128 a, Floats128 b) => Unsafe.BitCast<Vector128<float>, Floats128>(Larger.Of(a.lanes, b.lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats128 AtMost(float bound, Floats128 x) => Unsafe.BitCast<Vector128<float>, Floats128>(Bound.Above(bound, x.lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats128 AtLeast(float bound, Floats128 x) => Unsafe.BitCast<Vector128<float>, Floats128>(Bound.Below(bound, x.lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats128 Scale(Floats128 value, Floats128 power) => Unsafe.BitCast<Vector128<float>, Floats128>(Scaling.Of(value.lanes, power.lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats128 Mantissa(Floats128 x, out Floats128 exponent)
    {
        Vector128<float> mantissa = MantissaAndExponent.Of(x.lanes, out Vector128<float> power);
        exponent = Unsafe.BitCast<Vector128<float>, Floats128>(power);
        return Unsafe.BitCast<Vector128<float>, Floats128>(mantissa);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats128 PowerOfEighths(Floats128 k) => Unsafe.BitCast<Vector128<float>, Floats128>(EighthPowers.Of(k.lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats128 ShiftLeft(Floats128 value, int count) => Unsafe.BitCast<Vector128<float>, Floats128>(Vector128.ShiftLeft(value.lanes.AsInt32(), count).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Any(Floats128 condition) => Vector128.ExtractMostSignificantBits(condition.lanes) != 0;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Max(Floats128 value) => HorizontalMax.Of(value.lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Total(Floats128 value) => WideSum.Of(value.lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Totals(Floats128 value) => WideSum.OfFour(value.lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats128 Exp(Floats128 x) => VectorMath.Exp(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats128 Log(Floats128 x) => VectorMath.Log(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats128 Log1p(Floats128 x) => VectorMath.Log1p(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats128 Expm1(Floats128 x) => VectorMath.Expm1(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats128 Tanh(Floats128 x) => VectorMath.Tanh(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats128 Sigmoid(Floats128 x) => VectorMath.Sigmoid(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats128 Erf(Floats128 x) => VectorMath.Erf(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats128 Sin(Floats128 x) => VectorMath.Sin(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats128 Cos(Floats128 x) => VectorMath.Cos(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats128 Sqrt(Floats128 x) => Unsafe.BitCast<Vector128<float>, Floats128>(Vector128.Sqrt(x.lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats128 Abs(Floats128 x) => Unsafe.BitCast<Vector128<float>, Floats128>(Vector128.Abs(x.lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats128 Sign(Floats128 x) => Unsafe.BitCast<Vector128<float>, Floats128>(Vector128.ConditionalSelect(Vector128.GreaterThan(Vector128.Abs(x.lanes), Vector128<float>.Zero), Vector128<float>.One | (x.lanes & Vector128.Create(-0f)), x.lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats128 RepeatEach(int width, ref float source, int offset)
    {
        ref float first = ref Unsafe.Add(ref source, offset);
        return width == 2
            ? Of(Vector128.Shuffle(Vector128.CreateScalar(Unsafe.ReadUnaligned<double>(ref Unsafe.As<float, byte>(ref first))).AsSingle(), Vector128.Create(0, 0, 1, 1)))
            : Create(first);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats128 RepeatEach(int width, Floats128 values, int first) => width == 2
        ? Of(first == 0 ? Vector128.Shuffle(values.lanes, Vector128.Create(0, 0, 1, 1)) : Vector128.Shuffle(values.lanes, Vector128.Create(2, 2, 3, 3)))
        : Create(values.lanes.GetElement(first));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats128 RepeatRow(int width, Floats128 row) => width == 4 ? row : Of(Vector128.Create(row.lanes.AsDouble().ToScalar()).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats128 SumRows(int width, Floats128 rows) => width == 4
        ? rows
        : Of(Vector128.CreateScalar((rows.lanes + Vector128.Shuffle(rows.lanes, Vector128.Create(2, 3, 0, 1))).AsDouble().ToScalar()).AsSingle());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats128 SumNeighbours(Floats128 first, Floats128 second)
    {
        if (Sse3.IsSupported)
        {
            return Of(Sse3.HorizontalAdd(first.lanes, second.lanes));
        }

        if (AdvSimd.Arm64.IsSupported)
        {
            return Of(AdvSimd.Arm64.AddPairwise(first.lanes, second.lanes));
        }

        return Of(Vector128.Create(first.lanes[0] + first.lanes[1], first.lanes[2] + first.lanes[3], second.lanes[0] + second.lanes[1], second.lanes[2] + second.lanes[3]));
    }
}
#endif
