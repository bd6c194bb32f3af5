using System;
#if NET8_0_OR_GREATER
using System.Runtime.CompilerServices;
#endif

namespace BackpropGen.Runtime;

/// <content>The natural logarithm: log x = e·ln 2 + log(1 + f) with x = 2^e·(1 + f) and 1 + f in [¾, 1½).</content>
public static partial class VectorMath
{
    /// <summary>ln x; −∞ at 0, NaN below.</summary>
    /// <param name="x">Any number.</param>
    public static float Log(float x) => (float)Math.Log(x);

    /// <summary>ln(1 + x), exact in the sense of a float also near 0; −∞ at −1, NaN below.</summary>
    /// <param name="x">Any number.</param>
    public static float Log1p(float x)
    {
        // Near 0 the addition would cost too many of a double's digits; there, the series to the term that matters.
        double d = x;
        return (float)(Math.Abs(d) < 1e-5 ? d * (1 - 0.5 * d) : Math.Log(1 + d));
    }

#if NET8_0_OR_GREATER
    private const float Ln2 = 0.693147181f;

    /// <inheritdoc cref="Log(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TFloats Log<TFloats>(TFloats x)
        where TFloats : struct, IFloats<TFloats>
    {
        TFloats f = TFloats.Mantissa(x, out TFloats exponent) - TFloats.One;
        return LogOfReduced(f, exponent);
    }

    /// <inheritdoc cref="Log1p(float)"/>
    /// <remarks>The digits that 1 + x loses are added to f again: W. Kahan's correction, before the polynomial and not after it.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TFloats Log1p<TFloats>(TFloats x)
        where TFloats : struct, IFloats<TFloats>
    {
        TFloats u = x + TFloats.One;
        TFloats f = TFloats.Mantissa(u, out TFloats exponent) - TFloats.One;

        // What the addition lost: exact, if the larger summand is taken off first. Nothing that counts beyond 2²⁵, and NaN at ∞.
        TFloats lost = TFloats.AtMost(1, x) - (u - TFloats.AtLeast(1, x));
        lost = TFloats.Choose(x < TFloats.Create(33554432f), lost, TFloats.Zero);

        // At the scale of f, which is never more than 2²⁴, and at −1 any.
        f += TFloats.Scale(lost, -TFloats.AtLeast(-24, exponent));

        // Near 0 its own logarithm, to the last digit, and the only way to keep the sign of −0.
        return TFloats.Choose(TFloats.Abs(x) < TFloats.Create(1e-8f), x, LogOfReduced(f, exponent));
    }

    /// <summary>
    /// exponent·ln 2 + log(1 + f), with log(1 + f) = f + f²·P(f); P is a minimax fit made for this library, by Remez's exchange algorithm in
    /// 40 digits: 3e-8 of the result. ln 2 needs no second part: an exponent of ±1 loses nothing, and any other is followed by a result of
    /// its product's size.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TFloats LogOfReduced<TFloats>(TFloats f, TFloats exponent)
        where TFloats : struct, IFloats<TFloats>
    {
        TFloats p = TFloats.MultiplyAdd(f, 0.0537266794f, TFloats.Create(-0.120312059f));
        p = TFloats.MultiplyAdd(p, f, 0.149786175f);
        p = TFloats.MultiplyAdd(p, f, -0.168254051f);
        p = TFloats.MultiplyAdd(p, f, 0.199777533f);
        p = TFloats.MultiplyAdd(p, f, -0.249934478f);
        p = TFloats.MultiplyAdd(p, f, 0.333335356f);
        p = TFloats.MultiplyAdd(p, f, -0.500000586f);
        return TFloats.MultiplyAdd(exponent, Ln2, TFloats.MultiplyAdd(p, f * f, f));
    }
#endif
}
