using System;
#if NET8_0_OR_GREATER
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using V = System.Numerics.Vector<float>;
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
    private const double TwoOverPi = 0.63661977236758134308;

    // π/2 in two parts: the first has 33 bits, so that its product with n, which has at most 20, is exact.
    private const double HalfPiHigh = 1.57079632673412561417;
    private const double HalfPiLow = 6.07710050650619224932e-11;

    // As far as n stays below 2²⁰.
    private const float LargestReducible = 1048576f;

    // 1.5·2⁵²: added to a small number, it leaves the nearest integer in the last bits.
    private const double WideRounder = 6755399441055744;

    /// <inheritdoc cref="Sin(float)"/>
    public static V Sin(V x)
    {
        // Of |x|, and the sign at the end: so that −0 stays −0.
        V size = Vector.Abs(x);
        V rest = ReduceByHalfPi(size, out Vector<int> quadrant);
        V sine = Vector.Xor(OfQuadrant(rest, quadrant), x & Vector.AsVectorSingle(new Vector<uint>(SignBit)));
        return Vector.GreaterThanAny(size, new V(LargestReducible)) ? WithSinOfLarge(sine, x) : sine;
    }

    /// <inheritdoc cref="Cos(float)"/>
    public static V Cos(V x)
    {
        // cos x = sin(|x| + π/2), a quadrant further.
        V size = Vector.Abs(x);
        V rest = ReduceByHalfPi(size, out Vector<int> quadrant);
        V cosine = OfQuadrant(rest, quadrant + Vector<int>.One);
        return Vector.GreaterThanAny(size, new V(LargestReducible)) ? WithCosOfLarge(cosine, x) : cosine;
    }

    /// <summary>n = round(x/(π/2)), and r = x − n·π/2, in double, for a multiple of π/2 leaves few digits of x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ReduceByHalfPi(V x, out Vector<int> n)
    {
        Vector.Widen(x, out Vector<double> lower, out Vector<double> upper);
        Vector<double> lowerRest = ReduceByHalfPi(lower, out Vector<double> lowerMultiple);
        Vector<double> upperRest = ReduceByHalfPi(upper, out Vector<double> upperMultiple);
        V rounder = new(Rounder);
        n = Vector.AsVectorInt32(Vector.Narrow(lowerMultiple, upperMultiple) + rounder) - Vector.AsVectorInt32(rounder);
        return Vector.Narrow(lowerRest, upperRest);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<double> ReduceByHalfPi(Vector<double> x, out Vector<double> multiple)
    {
        Vector<double> rounder = new(WideRounder);
        multiple = (x * new Vector<double>(TwoOverPi) + rounder) - rounder;
        return x - multiple * new Vector<double>(HalfPiHigh) - multiple * new Vector<double>(HalfPiLow);
    }

    /// <summary>The sine of r in quadrant 0; a quadrant further its cosine, and with the other sign two further.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V OfQuadrant(V r, Vector<int> quadrant)
    {
        // Polynomials on |r| ≤ π/4 from Cephes (S. Moshier), sinf and cosf.
        V z = r * r;
        V sine = new(-1.9515295891e-4f);
        sine = MultiplyAdd(sine, z, new V(8.3321608736e-3f));
        sine = MultiplyAdd(sine, z, new V(-1.6666654611e-1f));
        sine = MultiplyAdd(sine, z * r, r);

        V cosine = new(2.443315711809948e-5f);
        cosine = MultiplyAdd(cosine, z, new V(-1.388731625493765e-3f));
        cosine = MultiplyAdd(cosine, z, new V(4.166664568298827e-2f));
        cosine = MultiplyAdd(cosine, z * z, MultiplyAdd(z, new V(-0.5f), V.One));

        Vector<int> odd = Vector.Equals(quadrant & Vector<int>.One, Vector<int>.One);
        Vector<int> sign = Vector.ShiftLeft(quadrant & new Vector<int>(2), 30);
        return Vector.Xor(Vector.ConditionalSelect(odd, cosine, sine), Vector.AsVectorSingle(sign));
    }

    // Lane by lane: who asks for the sine of a million asks rarely. The other lanes keep what they have, so that no lane's result
    // depends on its neighbours.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V WithSinOfLarge(V sine, V x)
    {
        for (int i = 0; i < V.Count; i++)
        {
            if (Math.Abs(x[i]) > LargestReducible)
            {
                sine = sine.WithElement(i, Sin(x[i]));
            }
        }

        return sine;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V WithCosOfLarge(V cosine, V x)
    {
        for (int i = 0; i < V.Count; i++)
        {
            if (Math.Abs(x[i]) > LargestReducible)
            {
                cosine = cosine.WithElement(i, Cos(x[i]));
            }
        }

        return cosine;
    }
#endif
}
