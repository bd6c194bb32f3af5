using System;
#if NET8_0_OR_GREATER
using System.Runtime.CompilerServices;
#endif

namespace BackpropGen.Runtime;

/// <content>The exponential function and what is made of it: e^x = 2^n·e^r with n = round(x/ln 2), so that |r| ≤ ln(2)/2.</content>
public static partial class VectorMath
{
    /// <summary>e^x.</summary>
    /// <param name="x">Any number.</param>
    public static float Exp(float x) => (float)Math.Exp(x);

    /// <summary>e^x − 1, exact in the sense of a float also near 0.</summary>
    /// <param name="x">Any number.</param>
    public static float Expm1(float x)
    {
        // Near 0 the subtraction would cost too many of a double's digits; there, the series to the term that matters.
        double d = x;
        return (float)(Math.Abs(d) < 1e-5 ? d * (1 + 0.5 * d) : Math.Exp(d) - 1);
    }

    /// <summary>1/(1 + e^−x).</summary>
    /// <param name="x">Any number.</param>
    public static float Sigmoid(float x) => (float)(1 / (1 + Math.Exp(-(double)x)));

#if NET8_0_OR_GREATER
    private const float Log2E = 1.44269504f;
    private const float Log2EInEighths = 8 * Log2E;

    // ln 2·(1/ln 2 − Log2E).
    private const float Log2ERest = 1.33497586e-8f;

    // ln 2 in two parts: the first has so few digits that its product with n is exact.
    private const float Ln2High = 0.693359375f;
    private const float Ln2Low = -2.12194440e-4f;

    // 1.5·2²³: added to a small number, it leaves the nearest integer in the last bits.
    private const float Rounder = 12582912f;

    private const float Small = 1f / (1 << 24);

    /// <inheritdoc cref="Exp(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TFloats Exp<TFloats>(TFloats x)
        where TFloats : struct, IFloats<TFloats>
    {
        TFloats bounded = TFloats.AtMost(89f, TFloats.AtLeast(-104f, x));
        TFloats n = NearestPower(bounded);
        return ExpOfReduced(Reduce(bounded, n), n);
    }

    /// <inheritdoc cref="Sigmoid(float)"/>
    /// <remarks>
    /// e^x/(e^x + 1) = e^r/(e^r + 2^−n): below 0 small to the last digit, and 1 long before 2^−n vanishes. Both are taken 2²⁴ times smaller,
    /// as 2^150 is no float. Here n is a number of eighths, so that r is small, and e^r a polynomial of the third degree: a small network
    /// waits for nothing else.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TFloats Sigmoid<TFloats>(TFloats x)
        where TFloats : struct, IFloats<TFloats>
    {
        TFloats bounded = TFloats.AtMost(25f, TFloats.AtLeast(-104f, x));
        TFloats rounded = TFloats.MultiplyAdd(bounded, -Log2EInEighths, TFloats.Create(Rounder + 8 * (127 - 24)));
        TFloats power = TFloats.PowerOfEighths(rounded);
        TFloats eighths = EighthsOfReduced(bounded, rounded - TFloats.Create(Rounder + 8 * (127 - 24)), out TFloats first);
        TFloats square = eighths * eighths;
        TFloats second = TFloats.MultiplyAdd(eighths, 1.08393375e-4f * Small, TFloats.Create(0.00375402675f * Small));
        TFloats e = TFloats.MultiplyAdd(second, square, TFloats.MultiplyAdd(eighths, 0.0866434012f * Small, first));
        return e / TFloats.MultiplyAdd(second, square, TFloats.MultiplyAdd(eighths, 0.0866434012f * Small, first + power));
    }

    /// <inheritdoc cref="Expm1(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TFloats Expm1<TFloats>(TFloats x)
        where TFloats : struct, IFloats<TFloats>
    {
        TFloats bounded = TFloats.AtMost(89f, TFloats.AtLeast(-25f, x));
        TFloats n = NearestPower(bounded);
        TFloats r = Reduce(bounded, n);
        TFloats expm1 = TFloats.MultiplyAdd(SecondOrder(r), r * r, r);

        // 2^n·(e^r − 1) + (2^n − 1), at half its size, for 2^128 is no float. The power from its exponent with the bias; what stands above
        // the last nine bits leaves with the shift.
        TFloats half = TFloats.ShiftLeft(n + TFloats.Create(Rounder + 126), 23);
        TFloats sum = TFloats.MultiplyAdd(half, expm1, half - TFloats.Create(0.5f));

        // Halving would cost a denormal its last bit.
        return TFloats.Choose(TFloats.Abs(x) < TFloats.Create(1e-8f), x, sum + sum);
    }

    /// <summary>n = round(x/ln 2).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TFloats NearestPower<TFloats>(TFloats x)
        where TFloats : struct, IFloats<TFloats> =>
        TFloats.MultiplyAdd(x, TFloats.Create(Log2E), Rounder) - TFloats.Create(Rounder);

    /// <summary>r = x − n·ln 2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TFloats Reduce<TFloats>(TFloats x, TFloats n)
        where TFloats : struct, IFloats<TFloats> =>
        TFloats.MultiplyAdd(n, -Ln2Low, TFloats.MultiplyAdd(n, -Ln2High, x));

    /// <summary>
    /// x·8/ln 2 + n, as a number of eighths in [−½, ½], and what the power of such a number begins with: where multiplication and addition
    /// are one operation, the error of 8/ln 2 as a float is left to that.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TFloats EighthsOfReduced<TFloats>(TFloats x, TFloats n, out TFloats first)
        where TFloats : struct, IFloats<TFloats>
    {
        if (TFloats.IsFused)
        {
            first = TFloats.MultiplyAdd(x, Log2ERest * Small, TFloats.Create(Small));
            return TFloats.MultiplyAdd(x, Log2EInEighths, n);
        }

        first = TFloats.Create(Small);
        return TFloats.Create(Log2EInEighths) * (x + (n * TFloats.Create(Ln2High / 8)) + (n * TFloats.Create(Ln2Low / 8)));
    }

    /// <summary>2^n·e^r for |r| ≤ ln(2)/2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TFloats ExpOfReduced<TFloats>(TFloats r, TFloats n)
        where TFloats : struct, IFloats<TFloats> =>
        TFloats.Scale(TFloats.MultiplyAdd(TFloats.MultiplyAdd(SecondOrder(r), r, 1), r, 1), n);

    /// <summary>
    /// (e^r − 1 − r)/r² for |r| ≤ ln(2)/2: a minimax fit made for this library, by Remez's exchange algorithm in 40 digits; 1.3e-7 relative,
    /// which is 8e-9 of e^r.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TFloats SecondOrder<TFloats>(TFloats r)
        where TFloats : struct, IFloats<TFloats>
    {
        TFloats p = TFloats.MultiplyAdd(r, 0.00139012886f, TFloats.Create(0.00836314640f));
        p = TFloats.MultiplyAdd(p, r, 0.0416668534f);
        p = TFloats.MultiplyAdd(p, r, 0.166665773f);
        return TFloats.MultiplyAdd(p, r, 0.499999996f);
    }
#endif
}
