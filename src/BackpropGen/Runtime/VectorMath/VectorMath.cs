using System;
using System.ComponentModel;
using System.Runtime.CompilerServices;
#if NET8_0_OR_GREATER
using System.Numerics;
#if NET9_0_OR_GREATER
using System.Runtime.Intrinsics.X86;
#else
using System.Runtime.Intrinsics;
#endif
using V = System.Numerics.Vector<float>;
#endif

namespace BackpropGen.Runtime;

/// <summary>
/// The functions of generated code, for one float and, where there are vectors, for a vector of floats of any width. Over all floats the
/// relative error is below 4e-7; results that are denormal are within one unit in the last place; limits are exact, and NaN gives NaN.
/// </summary>
/// <remarks>
/// A scalar overload computes in double and rounds once. A vector overload is a polynomial in float: its argument is bounded and reduced in
/// ways that keep a NaN, and special values are put in at the end by comparisons, which NaN fails.
/// The measured errors are what <c>benchmarks/BackpropGen.Benchmarks -- accuracy</c> prints.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class VectorMath
{
    /// <summary>√x; NaN below 0.</summary>
    /// <param name="x">Any number.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sqrt(float x) => (float)Math.Sqrt(x);

    /// <summary>|x|.</summary>
    /// <param name="x">Any number.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Abs(float x) => Math.Abs(x);

    /// <summary>−1 below 0, 1 above; ±0 and NaN as they are.</summary>
    /// <param name="x">Any number.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sign(float x) => x > 0 ? 1 : x < 0 ? -1 : x;

#if NET8_0_OR_GREATER
    private const uint SignBit = 0x80000000;

    /// <inheritdoc cref="Sqrt(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Sqrt(V x) => Vector.SquareRoot(x);

    /// <inheritdoc cref="Abs(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Abs(V x) => Vector.Abs(x);

    /// <inheritdoc cref="Sign(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Sign(V x) =>
        Vector.ConditionalSelect(Vector.GreaterThan(Vector.Abs(x), V.Zero), WithSignOf(V.One, x), x);

    /// <summary>a·b + c, rounded once where the machine has an instruction for it, otherwise twice.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V MultiplyAdd(V a, V b, V c) =>
#if NET9_0_OR_GREATER
        Vector.MultiplyAddEstimate(a, b, c);
#else
        V.Count == 16 ? FusedMultiplyAdd.Of(a.AsVector512(), b.AsVector512(), c.AsVector512()).AsVector()
        : V.Count == 8 ? FusedMultiplyAdd.Of(a.AsVector256(), b.AsVector256(), c.AsVector256()).AsVector()
        : FusedMultiplyAdd.Of(a.AsVector128(), b.AsVector128(), c.AsVector128()).AsVector();
#endif

    /// <summary>A value that is not negative, with the sign of another.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V WithSignOf(V magnitude, V sign) => magnitude | (sign & Vector.AsVectorSingle(new Vector<uint>(SignBit)));

    /// <summary>2^n for n in [−126, 127].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V PowerOfTwo(Vector<int> n) => Vector.AsVectorSingle(Vector.ShiftLeft(n + new Vector<int>(127), 23));

    /// <summary>What lies above a bound becomes the bound; NaN stays.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V AtMost(V x, float bound)
    {
        V limit = new(bound);
#if NET9_0_OR_GREATER
        if (Sse.IsSupported)
        {
            // This machine's minimum is its second operand where one is NaN.
            return Vector.MinNative(limit, x);
        }
#endif
        return Vector.ConditionalSelect(Vector.GreaterThan(x, limit), limit, x);
    }

    /// <summary>What lies below a bound becomes the bound; NaN stays.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V AtLeast(V x, float bound)
    {
        V limit = new(bound);
#if NET9_0_OR_GREATER
        if (Sse.IsSupported)
        {
            // As above.
            return Vector.MaxNative(limit, x);
        }
#endif
        return Vector.ConditionalSelect(Vector.LessThan(x, limit), limit, x);
    }
#endif
}
