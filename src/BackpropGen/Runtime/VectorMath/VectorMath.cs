using System;
using System.ComponentModel;
using System.Runtime.CompilerServices;

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
}
