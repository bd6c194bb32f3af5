#if NET8_0_OR_GREATER
using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace BackpropGen.Runtime;

/// <summary>8 floats in a register of 256 bits.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Floats256 : IFloats<Floats256>
{
    private readonly Vector256<float> lanes;

    // Elsewhere a reinterpretation takes the constructor's place: to the JIT, an object under construction is a local more, and of
    // locals it follows 512.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Floats256(Vector256<float> lanes) => this.lanes = lanes;

    /// <inheritdoc/>
    public static int Count => Vector256<float>.Count;

    /// <inheritdoc/>
    public static Floats256 Zero => new(Vector256<float>.Zero);

    /// <inheritdoc/>
    public static Floats256 One => new(Vector256<float>.One);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 Create(float value) => Unsafe.BitCast<Vector256<float>, Floats256>(Vector256.Create(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 Load(ref float source, int offset) => Unsafe.BitCast<Vector256<float>, Floats256>(Vector256.LoadUnsafe(ref Unsafe.Add(ref source, offset)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 Broadcast(ref float source, int offset) => Unsafe.BitCast<Vector256<float>, Floats256>(Vector256.Create(Unsafe.Add(ref source, offset)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 Index(int start) => Unsafe.BitCast<Vector256<float>, Floats256>(Vector256.ConvertToSingle(Vector256.Create(start) + Vector256.Create(0, 1, 2, 3, 4, 5, 6, 7)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref float destination, int offset) => lanes.StoreUnsafe(ref Unsafe.Add(ref destination, offset));

    /// <summary>Two registers of four in one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 Join(Floats128 a, Floats128 b) => Unsafe.BitCast<Vector256<float>, Floats256>(Vector256.Create(a.Lanes, b.Lanes));

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
    public static Floats256 operator ~(Floats256 value) => Unsafe.BitCast<Vector256<float>, Floats256>(~value.lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 Equal(Floats256 left, Floats256 right) => Unsafe.BitCast<Vector256<float>, Floats256>(Vector256.Equals(left.lanes, right.lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 Choose(Floats256 condition, Floats256 yes, Floats256 no) => Unsafe.BitCast<Vector256<float>, Floats256>(Vector256.ConditionalSelect(condition.lanes, yes.lanes, no.lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 MultiplyAdd(Floats256 a, Floats256 b, Floats256 c) => Unsafe.BitCast<Vector256<float>, Floats256>(FusedMultiplyAdd.Of(a.lanes, b.lanes, c.lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 MultiplyAdd(ref float a, int i, ref float b, int j, Floats256 c) =>
        Unsafe.BitCast<Vector256<float>, Floats256>(FusedMultiplyAdd.Of(Vector256.Create(Unsafe.Add(ref a, i)), Vector256.LoadUnsafe(ref Unsafe.Add(ref b, j)), c.lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddProduct(ref float target, int offset, ref float a, int i, Floats256 b)
    {
        ref float first = ref Unsafe.Add(ref target, offset);
        FusedMultiplyAdd.Of(Vector256.Create(Unsafe.Add(ref a, i)), b.lanes, Vector256.LoadUnsafe(ref first)).StoreUnsafe(ref first);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 Max(Floats256 a, Floats256 b) => Unsafe.BitCast<Vector256<float>, Floats256>(Vector256.ConditionalSelect(Vector256.GreaterThan(a.lanes, b.lanes) | ~Vector256.Equals(a.lanes, a.lanes), a.lanes, b.lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Floats256 value) => Vector256.Sum(value.lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats128 Sum(Floats256 a, Floats256 b, Floats256 c, Floats256 d) => Floats128.Of(FourSums.Of(a.lanes, b.lanes, c.lanes, d.lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Max(Floats256 value) => HorizontalMax.Of(value.lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Total(Floats256 value) => WideSum.Of(value.lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 Exp(Floats256 x) => Unsafe.BitCast<Vector256<float>, Floats256>(VectorMap.Of<ExpFunction>(x.lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 Log(Floats256 x) => Unsafe.BitCast<Vector256<float>, Floats256>(VectorMap.Of<LogFunction>(x.lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 Log1p(Floats256 x) => Unsafe.BitCast<Vector256<float>, Floats256>(VectorMap.Of<Log1pFunction>(x.lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 Expm1(Floats256 x) => Unsafe.BitCast<Vector256<float>, Floats256>(VectorMap.Of<Expm1Function>(x.lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 Tanh(Floats256 x) => Unsafe.BitCast<Vector256<float>, Floats256>(VectorMap.Of<TanhFunction>(x.lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 Sigmoid(Floats256 x) => Unsafe.BitCast<Vector256<float>, Floats256>(VectorMap.Of<SigmoidFunction>(x.lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 Erf(Floats256 x) => Unsafe.BitCast<Vector256<float>, Floats256>(VectorMap.Of<ErfFunction>(x.lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 Sin(Floats256 x) => Unsafe.BitCast<Vector256<float>, Floats256>(VectorMap.Of<SinFunction>(x.lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats256 Cos(Floats256 x) => Unsafe.BitCast<Vector256<float>, Floats256>(VectorMap.Of<CosFunction>(x.lanes));

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
