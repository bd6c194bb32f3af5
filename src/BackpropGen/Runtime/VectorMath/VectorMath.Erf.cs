using System;
#if NET8_0_OR_GREATER
using System.Runtime.CompilerServices;
#endif

namespace BackpropGen.Runtime;

/// <content>
/// The error function: x·P(x²)/Q(x²) up to 1.8, and beyond 1 − R(|x|)⁸, the form of Abramowitz and Stegun 7.1.27, whose rounding errors
/// count next to nothing there. The coefficients are minimax fits made for this library, by Remez's exchange algorithm in 60 digits: 2.8e-9
/// relative, and 2.3e-8 absolute.
/// </content>
public static partial class VectorMath
{
    // From here to saturation the second form.
    private const float ErfTail = 1.8f;

    // From here on, erf is 1 in a float.
    private const float ErfSaturation = 3.95f;

    private const double ErfP0 = 1.1283791701898154;
    private const double ErfP1 = 0.09265666262421317;
    private const double ErfP2 = 0.03393017272040437;
    private const double ErfP3 = -0.00046062852313177556;
    private const double ErfP4 = 3.177250089665794e-05;
    private const double ErfQ1 = 0.4154482952551039;
    private const double ErfQ2 = 0.06855154459709357;
    private const double ErfQ3 = 0.004710224744201221;
    private const double ErfR0 = 0.9606529992081597;
    private const double ErfR1 = -0.04437071736191719;
    private const double ErfR2 = -0.16471974624930866;
    private const double ErfR3 = 0.04397450277466009;
    private const double ErfR4 = -0.0033397686494122947;

    /// <summary>erf x = 2/√π·∫₀ˣ e^−t² dt.</summary>
    /// <param name="x">Any number.</param>
    public static float Erf(float x)
    {
        double size = Math.Abs((double)x);
        if (size > ErfSaturation)
        {
            return Sign(x);
        }

        if (size > ErfTail)
        {
            double r = (((ErfR4 * size + ErfR3) * size + ErfR2) * size + ErfR1) * size + ErfR0;
            double r2 = r * r;
            double r4 = r2 * r2;
            return (float)(Math.Sign(x) * (1 - r4 * r4));
        }

        double z = size * size;
        double p = (((ErfP4 * z + ErfP3) * z + ErfP2) * z + ErfP1) * z + ErfP0;
        double q = ((ErfQ3 * z + ErfQ2) * z + ErfQ1) * z + 1;
        return (float)(x * (p / q));
    }

#if NET8_0_OR_GREATER
    /// <inheritdoc cref="Erf(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TFloats Erf<TFloats>(TFloats x)
        where TFloats : struct, IFloats<TFloats>
    {
        TFloats size = TFloats.Abs(x);
        TFloats z = x * x;
        TFloats p = TFloats.MultiplyAdd(z, (float)ErfP4, TFloats.Create((float)ErfP3));
        p = TFloats.MultiplyAdd(p, z, (float)ErfP2);
        p = TFloats.MultiplyAdd(p, z, (float)ErfP1);
        p = TFloats.MultiplyAdd(p, z, (float)ErfP0);
        TFloats q = TFloats.MultiplyAdd(z, (float)ErfQ3, TFloats.Create((float)ErfQ2));
        q = TFloats.MultiplyAdd(q, z, (float)ErfQ1);
        q = TFloats.MultiplyAdd(q, z, 1);

        TFloats bounded = TFloats.AtMost(ErfSaturation, size);
        TFloats r = TFloats.MultiplyAdd(bounded, (float)ErfR4, TFloats.Create((float)ErfR3));
        r = TFloats.MultiplyAdd(r, bounded, (float)ErfR2);
        r = TFloats.MultiplyAdd(r, bounded, (float)ErfR1);
        r = TFloats.MultiplyAdd(r, bounded, (float)ErfR0);
        r *= r;
        r *= r;

        // Far out P and Q overflow and their quotient is NaN: the other form is taken there. NaN itself is not above the bound.
        return TFloats.Choose(
            size > TFloats.Create(ErfTail),
            (TFloats.One - r * r) | (x & TFloats.Create(-0f)),
            x * (p / q));
    }
#endif
}
