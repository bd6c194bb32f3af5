using System;
#if NET8_0_OR_GREATER
using System.Numerics;
using System.Runtime.CompilerServices;
using V = System.Numerics.Vector<float>;
#endif

namespace BackpropGen.Runtime;

/// <content>
/// The error function as x·P(x²)/Q(x²), from 3.93 on ±1. The coefficients are a minimax fit made for this library, by Remez's exchange
/// algorithm in 60 digits; its relative error is 3.6e-9, so that what is left is rounding.
/// </content>
public static partial class VectorMath
{
    // From here on, erf is 1 in a float.
    private const float ErfSaturation = 3.93f;

    private const double ErfP0 = 1.1283791676237647;
    private const double ErfP1 = 0.18536592446807326;
    private const double ErfP2 = 0.05430643424440668;
    private const double ErfP3 = 0.003852191875393109;
    private const double ErfP4 = 0.0003783695127058553;
    private const double ErfP5 = 4.647644120570522e-06;
    private const double ErfP6 = -1.3021316825918081e-08;
    private const double ErfQ1 = 0.49760964780496136;
    private const double ErfQ2 = 0.11399734049745434;
    private const double ErfQ3 = 0.015462675557574865;
    private const double ErfQ4 = 0.001306446157345444;
    private const double ErfQ5 = 6.276004269942488e-05;

    /// <summary>erf x = 2/√π·∫₀ˣ e^−t² dt.</summary>
    /// <param name="x">Any number.</param>
    public static float Erf(float x)
    {
        double d = x;
        if (Math.Abs(d) > ErfSaturation)
        {
            return Sign(x);
        }

        double z = d * d;
        double p = (((((ErfP6 * z + ErfP5) * z + ErfP4) * z + ErfP3) * z + ErfP2) * z + ErfP1) * z + ErfP0;
        double q = ((((ErfQ5 * z + ErfQ4) * z + ErfQ3) * z + ErfQ2) * z + ErfQ1) * z + 1;
        return (float)(d * (p / q));
    }

#if NET8_0_OR_GREATER
    /// <inheritdoc cref="Erf(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Erf(V x)
    {
        V z = x * x;
        V p = new((float)ErfP6);
        p = Lanes.MultiplyAdd(p, z, new V((float)ErfP5));
        p = Lanes.MultiplyAdd(p, z, new V((float)ErfP4));
        p = Lanes.MultiplyAdd(p, z, new V((float)ErfP3));
        p = Lanes.MultiplyAdd(p, z, new V((float)ErfP2));
        p = Lanes.MultiplyAdd(p, z, new V((float)ErfP1));
        p = Lanes.MultiplyAdd(p, z, new V((float)ErfP0));
        V q = new((float)ErfQ5);
        q = Lanes.MultiplyAdd(q, z, new V((float)ErfQ4));
        q = Lanes.MultiplyAdd(q, z, new V((float)ErfQ3));
        q = Lanes.MultiplyAdd(q, z, new V((float)ErfQ2));
        q = Lanes.MultiplyAdd(q, z, new V((float)ErfQ1));
        q = Lanes.MultiplyAdd(q, z, V.One);

        // Far out both overflow and their quotient is NaN: the limit takes its place.
        return Vector.ConditionalSelect(
            Vector.GreaterThan(Vector.Abs(x), new V(ErfSaturation)),
            WithSignOf(V.One, x),
            x * (p / q));
    }
#endif
}
