using System;
#if NET8_0_OR_GREATER
using System.Runtime.CompilerServices;
#endif

namespace BackpropGen.Runtime;

/// <content>Sine and cosine: of r = x − n·π/2 with n = round(x/(π/2)), so that |r| ≤ π/4; which of the two, and its sign, n says.</content>
public static partial class VectorMath
{
    /// <summary>sin x; NaN at ±∞.</summary>
    /// <param name="x">In radians.</param>
    public static float Sin(float x) => (float)Math.Sin(x);

    /// <summary>cos x; NaN at ±∞.</summary>
    /// <param name="x">In radians.</param>
    public static float Cos(float x) => (float)Math.Cos(x);

#if NET8_0_OR_GREATER
    private const float TwoOverPi = 0.636619772f;

    // π/2 in three parts. The first is taken off exactly: what is left is a multiple of 2⁻²⁴ below 1, and the product is not rounded before.
    private const float HalfPiHigh = 1.57079637f;
    private const float HalfPiMiddle = -4.37113883e-8f;
    private const float HalfPiLow = -1.71512451e-15f;

    // As far as n stays below 2²⁰.
    private const float LargestReducible = 1048576f;

    // π/2 where products are rounded: in parts of 12 bits, whose products with n below 2¹² need no rounding, and the rest.
    private const float HalfPi1 = 1.5703125f;
    private const float HalfPi2 = 4.837512969970703125e-4f;
    private const float HalfPi3 = 7.549533620476723e-8f;
    private const float HalfPi4 = 2.557953848736361e-12f;
    private const float HalfPi5 = 5.39030295e-15f;
    private const float LargestReducibleByParts = 6433f;

    /// <inheritdoc cref="Sin(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TFloats Sin<TFloats>(TFloats x)
        where TFloats : struct, IFloats<TFloats>
    {
        // Of |x|, and the sign at the end: so that −0 stays −0.
        TFloats size = TFloats.Abs(x);
        TFloats rounded = NearestQuadrant(size);
        TFloats sine = OfQuadrant(ReduceByHalfPi(size, rounded), rounded) ^ (x & TFloats.Create(-0f));
        return TFloats.Any(size > TFloats.Create(Reducible<TFloats>())) ? WithSinOfLarge(sine, x) : sine;
    }

    /// <inheritdoc cref="Cos(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TFloats Cos<TFloats>(TFloats x)
        where TFloats : struct, IFloats<TFloats>
    {
        // cos x = sin(|x| + π/2), a quadrant further.
        TFloats size = TFloats.Abs(x);
        TFloats rounded = NearestQuadrant(size);
        TFloats cosine = OfQuadrant(ReduceByHalfPi(size, rounded), rounded + TFloats.One);
        return TFloats.Any(size > TFloats.Create(Reducible<TFloats>())) ? WithCosOfLarge(cosine, x) : cosine;
    }

    /// <summary>The largest number that <see cref="ReduceByHalfPi"/> leaves enough digits of.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Reducible<TFloats>()
        where TFloats : struct, IFloats<TFloats> => TFloats.IsFused ? LargestReducible : LargestReducibleByParts;

    /// <summary>n = round(x/(π/2)), which is left in the last bits of a number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TFloats NearestQuadrant<TFloats>(TFloats x)
        where TFloats : struct, IFloats<TFloats> =>
        TFloats.MultiplyAdd(x, TFloats.Create(TwoOverPi), Rounder);

    /// <summary>r = x − n·π/2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TFloats ReduceByHalfPi<TFloats>(TFloats x, TFloats rounded)
        where TFloats : struct, IFloats<TFloats>
    {
        TFloats n = rounded - TFloats.Create(Rounder);
        if (TFloats.IsFused)
        {
            return TFloats.MultiplyAdd(n, -HalfPiLow, TFloats.MultiplyAdd(n, -HalfPiMiddle, TFloats.MultiplyAdd(n, -HalfPiHigh, x)));
        }

        TFloats r = TFloats.MultiplyAdd(n, -HalfPi2, TFloats.MultiplyAdd(n, -HalfPi1, x));
        return TFloats.MultiplyAdd(n, -HalfPi5, TFloats.MultiplyAdd(n, -HalfPi4, TFloats.MultiplyAdd(n, -HalfPi3, r)));
    }

    /// <summary>The sine of r in quadrant 0; a quadrant further its cosine, and with the other sign two further.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TFloats OfQuadrant<TFloats>(TFloats r, TFloats quadrant)
        where TFloats : struct, IFloats<TFloats>
    {
        // Polynomials on |r| ≤ π/4 from Cephes (S. Moshier), sinf and cosf.
        TFloats z = r * r;
        TFloats sine = TFloats.MultiplyAdd(z, -1.9515295891e-4f, TFloats.Create(8.3321608736e-3f));
        sine = TFloats.MultiplyAdd(sine, z, -1.6666654611e-1f);
        sine = TFloats.MultiplyAdd(sine, z * r, r);

        TFloats cosine = TFloats.MultiplyAdd(z, 2.443315711809948e-5f, TFloats.Create(-1.388731625493765e-3f));
        cosine = TFloats.MultiplyAdd(cosine, z, 4.166664568298827e-2f);
        cosine = TFloats.MultiplyAdd(cosine, z, -0.5f);
        cosine = TFloats.MultiplyAdd(cosine, z, 1);

        // The last bit and the one before it, where the sign stands.
        TFloats isOdd = (TFloats.ShiftLeft(quadrant, 31) | TFloats.One) < TFloats.Zero;
        return TFloats.Choose(isOdd, cosine, sine) ^ (TFloats.ShiftLeft(quadrant, 30) & TFloats.Create(-0f));
    }

    // Lane by lane: who asks for the sine of a million asks rarely. The other lanes keep what they have, so that no lane's result
    // depends on its neighbours.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static TFloats WithSinOfLarge<TFloats>(TFloats sine, TFloats x)
        where TFloats : struct, IFloats<TFloats>
    {
        Span<float> values = stackalloc float[TFloats.Count];
        Span<float> sines = stackalloc float[TFloats.Count];
        x.Store(ref values[0], 0);
        sine.Store(ref sines[0], 0);
        for (int i = 0; i < values.Length; i++)
        {
            if (Math.Abs(values[i]) > Reducible<TFloats>())
            {
                sines[i] = Sin(values[i]);
            }
        }

        return TFloats.Load(ref sines[0], 0);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static TFloats WithCosOfLarge<TFloats>(TFloats cosine, TFloats x)
        where TFloats : struct, IFloats<TFloats>
    {
        Span<float> values = stackalloc float[TFloats.Count];
        Span<float> cosines = stackalloc float[TFloats.Count];
        x.Store(ref values[0], 0);
        cosine.Store(ref cosines[0], 0);
        for (int i = 0; i < values.Length; i++)
        {
            if (Math.Abs(values[i]) > Reducible<TFloats>())
            {
                cosines[i] = Cos(values[i]);
            }
        }

        return TFloats.Load(ref cosines[0], 0);
    }
#endif
}
