using System;
#if NET8_0_OR_GREATER
using System.Numerics;
using System.Runtime.CompilerServices;
using V = System.Numerics.Vector<float>;
#endif

namespace BackpropGen.Runtime;

/// <content>The natural logarithm: log x = e·ln 2 + log(1 + f) with x = 2^e·(1 + f) and 1 + f in [√½, √2).</content>
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
    // The bits of √½.
    private const int SqrtHalf = 0x3F3504F3;
    private const int MantissaMask = 0x007FFFFF;
    private const float SmallestNormal = 1.17549435e-38f;

    /// <inheritdoc cref="Log(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Log(V x)
    {
        // A denormal has no exponent to take off: it gets one by a factor of 2²³.
        Vector<int> denormal = Vector.LessThan(x, new V(SmallestNormal));
        V scaled = Vector.ConditionalSelect(denormal, x * new V(8388608f), x);
        Vector<int> bits = Vector.AsVectorInt32(scaled) - new Vector<int>(SqrtHalf);
        V exponent = Vector.ConvertToSingle(Vector.ShiftRightArithmetic(bits, 23) - (denormal & new Vector<int>(23)));
        V f = Vector.AsVectorSingle((bits & new Vector<int>(MantissaMask)) + new Vector<int>(SqrtHalf)) - V.One;
        return WithLimits(LogOfReduced(f, exponent), x);
    }

    /// <inheritdoc cref="Log1p(float)"/>
    /// <remarks>The digits that 1 + x loses are added to f again: W. Kahan's correction, before the polynomial and not after it.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Log1p(V x)
    {
        V u = x + V.One;

        // What the addition lost: exact, by whichever summand is the larger one.
        V lost = Vector.ConditionalSelect(
            Vector.LessThan(Vector.Abs(x), V.One),
            x - (u - V.One),
            V.One - (u - x));

        Vector<int> bits = Vector.AsVectorInt32(u) - new Vector<int>(SqrtHalf);
        Vector<int> exponent = Vector.ShiftRightArithmetic(bits, 23);
        V f = Vector.AsVectorSingle((bits & new Vector<int>(MantissaMask)) + new Vector<int>(SqrtHalf)) - V.One;

        // At the scale of f. Nothing that counts beyond 2²⁵, and no power of two beyond 2¹²⁷.
        lost *= PowerOfTwo(-exponent);
        f += Vector.ConditionalSelect(Vector.LessThan(x, new V(33554432f)), lost, V.Zero);
        V result = WithLimits(LogOfReduced(f, Vector.ConvertToSingle(exponent)), u);

        // Its own logarithm, to the last digit, and the only way to keep the sign of −0.
        return Vector.ConditionalSelect(Vector.LessThan(Vector.Abs(x), new V(1e-8f)), x, result);
    }

    /// <summary>exponent·ln 2 + log(1 + f), with log(1 + f) = f − f²/2 + f³·P(f); P from Cephes (S. Moshier), logf.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V LogOfReduced(V f, V exponent)
    {
        V p = new(7.0376836292e-2f);
        p = MultiplyAdd(p, f, new V(-1.1514610310e-1f));
        p = MultiplyAdd(p, f, new V(1.1676998740e-1f));
        p = MultiplyAdd(p, f, new V(-1.2420140846e-1f));
        p = MultiplyAdd(p, f, new V(1.4249322787e-1f));
        p = MultiplyAdd(p, f, new V(-1.6668057665e-1f));
        p = MultiplyAdd(p, f, new V(2.0000714765e-1f));
        p = MultiplyAdd(p, f, new V(-2.4999993993e-1f));
        p = MultiplyAdd(p, f, new V(3.3333331174e-1f));

        // From the smallest summand to the largest.
        V square = f * f;
        V rest = MultiplyAdd(exponent, new V(Ln2Low), p * square * f);
        rest = MultiplyAdd(square, new V(-0.5f), rest);
        return MultiplyAdd(exponent, new V(Ln2High), f + rest);
    }

    /// <summary>The logarithm's special values: −∞ at 0, NaN below, ∞ at ∞, and NaN at NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V WithLimits(V logarithm, V x)
    {
        V infinity = new(float.PositiveInfinity);
        V limit = Vector.ConditionalSelect(Vector.Equals(x, V.Zero), -infinity, new V(float.NaN));
        limit = Vector.ConditionalSelect(Vector.Equals(x, infinity), infinity, limit);
        return Vector.ConditionalSelect(Vector.GreaterThan(x, V.Zero) & Vector.LessThan(x, infinity), logarithm, limit);
    }
#endif
}
