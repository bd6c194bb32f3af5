using System;
using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace BackpropGen.Runtime;

/// <summary>
/// The functions of generated code, for one float and, where there are vectors, for registers of any width. Over all floats the relative
/// error is below 4e-7; results that are denormal are within one unit in the last place, a sigmoid's within 1.56; limits are
/// exact, and NaN gives NaN.
/// </summary>
/// <remarks>
/// <para>
/// A function of one float computes in double and rounds once. A register's is a polynomial in float, one text for all widths, which give
/// the same bits: its argument is bounded in a way that keeps a NaN, to where the polynomial has reached its limit.
/// </para>
/// <para>
/// The largest relative errors of registers over all 2³² floats, as <c>benchmarks/BackpropGen.Benchmarks -- accuracy</c> prints them: exp
/// 8.1e-8, log 1.1e-7, log1p 1.1e-7, expm1 1.3e-7, erf 2.7e-7, sigmoid 2.9e-7, sin and cos 1.8e-7; over every fifth float tanh 3.2e-7; where
/// products are rounded on their own no more than 3.6e-7.
/// </para>
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
