using System;
#if NET8_0_OR_GREATER
using System.Runtime.CompilerServices;
#endif

namespace BackpropGen.Runtime;

/// <content>
/// The hyperbolic tangent as x·P(x²)/Q(x²), up to where it is 1. The coefficients are a minimax fit made for this library, by Remez's
/// exchange algorithm in 40 digits; its relative error is 2.1e-8, so that what is left is rounding: 3.2e-7, and 3.4e-7
/// where there is no fused multiplication and addition. No digits are lost near 0, as they are by 1 − 2/(e^2x + 1).
/// </content>
public static partial class VectorMath
{
    /// <summary>(e^x − e^−x)/(e^x + e^−x).</summary>
    /// <param name="x">Any number.</param>
    public static float Tanh(float x) => (float)Math.Tanh(x);

#if NET8_0_OR_GREATER
    // Where tanh is 1 in a float, and so is the quotient, whether its products are rounded on their own or not.
    private const float TanhSaturation = 9.041f;

    /// <inheritdoc cref="Tanh(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TFloats Tanh<TFloats>(TFloats x)
        where TFloats : struct, IFloats<TFloats>
    {
        TFloats bounded = TFloats.AtMost(TanhSaturation, TFloats.AtLeast(-TanhSaturation, x));
        TFloats z = bounded * bounded;
        TFloats z2 = z * z;

        // By Estrin's scheme: by Horner's, each term would wait for the one before, and small networks wait for nothing else.
        TFloats p = TFloats.MultiplyAdd(z2, 1.33546206e-8f, TFloats.MultiplyAdd(z, 2.06090514e-5f, TFloats.Create(0.00349558620f)));
        p = TFloats.MultiplyAdd(p, bounded * z2, bounded * TFloats.MultiplyAdd(z, 0.133810240f, TFloats.Create(0.999999979f)));
        TFloats q = TFloats.MultiplyAdd(z2, 7.77654106e-7f, TFloats.MultiplyAdd(z, 3.28563171e-4f, TFloats.Create(0.0258769748f)));
        q = TFloats.MultiplyAdd(q, z2, TFloats.MultiplyAdd(z, 0.467143396f, TFloats.One));
        return p / q;
    }
#endif
}
