#if NET8_0_OR_GREATER
using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace BackpropGen.Runtime;

/// <summary>16 floats in a register of 512 bits.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Floats512 : IFloats<Floats512>
{
    private readonly Vector512<float> lanes;

    // Elsewhere a reinterpretation takes the constructor's place: to the JIT, an object under construction is a local more, and of
    // locals it follows 512.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Floats512(Vector512<float> lanes) => this.lanes = lanes;

    /// <inheritdoc/>
    public static int Count => Vector512<float>.Count;

    /// <inheritdoc/>
    public static Floats512 Zero => new(Vector512<float>.Zero);

    /// <inheritdoc/>
    public static Floats512 One => new(Vector512<float>.One);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 Create(float value) => Unsafe.BitCast<Vector512<float>, Floats512>(Vector512.Create(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 Load(ref float source, int offset) => Unsafe.BitCast<Vector512<float>, Floats512>(Vector512.LoadUnsafe(ref Unsafe.Add(ref source, offset)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 Broadcast(ref float source, int offset) => Unsafe.BitCast<Vector512<float>, Floats512>(Vector512.Create(Unsafe.Add(ref source, offset)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 Index(int start) => Unsafe.BitCast<Vector512<float>, Floats512>(Vector512.ConvertToSingle(Vector512.Create(start) + Vector512.Create(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref float destination, int offset) => lanes.StoreUnsafe(ref Unsafe.Add(ref destination, offset));

    /// <summary>Four registers of four in one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 Join(Floats128 a, Floats128 b, Floats128 c, Floats128 d) =>
        Unsafe.BitCast<Vector512<float>, Floats512>(Vector512.Create(Vector256.Create(a.Lanes, b.Lanes), Vector256.Create(c.Lanes, d.Lanes)));

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
    public static Floats512 operator ~(Floats512 value) => Unsafe.BitCast<Vector512<float>, Floats512>(~value.lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 Equal(Floats512 left, Floats512 right) => Unsafe.BitCast<Vector512<float>, Floats512>(Vector512.Equals(left.lanes, right.lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 Choose(Floats512 condition, Floats512 yes, Floats512 no) => Unsafe.BitCast<Vector512<float>, Floats512>(Vector512.ConditionalSelect(condition.lanes, yes.lanes, no.lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 MultiplyAdd(Floats512 a, Floats512 b, Floats512 c) => Unsafe.BitCast<Vector512<float>, Floats512>(FusedMultiplyAdd.Of(a.lanes, b.lanes, c.lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 MultiplyAdd(ref float a, int i, ref float b, int j, Floats512 c) =>
        Unsafe.BitCast<Vector512<float>, Floats512>(FusedMultiplyAdd.Of(Vector512.Create(Unsafe.Add(ref a, i)), Vector512.LoadUnsafe(ref Unsafe.Add(ref b, j)), c.lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddProduct(ref float target, int offset, ref float a, int i, Floats512 b)
    {
        ref float first = ref Unsafe.Add(ref target, offset);
        FusedMultiplyAdd.Of(Vector512.Create(Unsafe.Add(ref a, i)), b.lanes, Vector512.LoadUnsafe(ref first)).StoreUnsafe(ref first);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 Max(Floats512 a, Floats512 b) => Unsafe.BitCast<Vector512<float>, Floats512>(Vector512.ConditionalSelect(Vector512.GreaterThan(a.lanes, b.lanes) | ~Vector512.Equals(a.lanes, a.lanes), a.lanes, b.lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Floats512 value) => Vector512.Sum(value.lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats128 Sum(Floats512 a, Floats512 b, Floats512 c, Floats512 d) => Floats128.Of(FourSums.Of(a.lanes, b.lanes, c.lanes, d.lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Max(Floats512 value) => HorizontalMax.Of(value.lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Total(Floats512 value) => WideSum.Of(value.lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 Exp(Floats512 x) => Unsafe.BitCast<Vector512<float>, Floats512>(VectorMap.Of<ExpFunction>(x.lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 Log(Floats512 x) => Unsafe.BitCast<Vector512<float>, Floats512>(VectorMap.Of<LogFunction>(x.lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 Log1p(Floats512 x) => Unsafe.BitCast<Vector512<float>, Floats512>(VectorMap.Of<Log1pFunction>(x.lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 Expm1(Floats512 x) => Unsafe.BitCast<Vector512<float>, Floats512>(VectorMap.Of<Expm1Function>(x.lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 Tanh(Floats512 x) => Unsafe.BitCast<Vector512<float>, Floats512>(VectorMap.Of<TanhFunction>(x.lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 Sigmoid(Floats512 x) => Unsafe.BitCast<Vector512<float>, Floats512>(VectorMap.Of<SigmoidFunction>(x.lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 Erf(Floats512 x) => Unsafe.BitCast<Vector512<float>, Floats512>(VectorMap.Of<ErfFunction>(x.lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 Sin(Floats512 x) => Unsafe.BitCast<Vector512<float>, Floats512>(VectorMap.Of<SinFunction>(x.lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 Cos(Floats512 x) => Unsafe.BitCast<Vector512<float>, Floats512>(VectorMap.Of<CosFunction>(x.lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 Sqrt(Floats512 x) => Unsafe.BitCast<Vector512<float>, Floats512>(Vector512.Sqrt(x.lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 Abs(Floats512 x) => Unsafe.BitCast<Vector512<float>, Floats512>(Vector512.Abs(x.lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats512 Sign(Floats512 x) => Unsafe.BitCast<Vector512<float>, Floats512>(Vector512.ConditionalSelect(Vector512.GreaterThan(Vector512.Abs(x.lanes), Vector512<float>.Zero), Vector512<float>.One | (x.lanes & Vector512.Create(-0f)), x.lanes));
}
#endif
