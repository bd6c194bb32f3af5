using System;
#if NET8_0_OR_GREATER
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using V = System.Numerics.Vector<float>;
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

    // ln 2 in two parts: the first has so few digits that its product with n is exact.
    private const float Ln2High = 0.693359375f;
    private const float Ln2Low = -2.12194440e-4f;

    // 1.5·2²³: added to a small number, it leaves the nearest integer in the last bits.
    private const float Rounder = 12582912f;

    /// <inheritdoc cref="Exp(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Exp(V x) => ExpOfBounded(AtMost(AtLeast(x, -104f), 89f));

    /// <inheritdoc cref="Expm1(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Expm1(V x)
    {
        V rest = Reduce(AtMost(AtLeast(x, -25f), 89f), out V rounded);
        V expm1 = Expm1OfReduced(rest);

        // 2^n·(e^r − 1) + (2^n − 1), at half its size, for 2^128 is no float.
        V half = PowerOfTwo(IntegerOf(rounded) - Vector<int>.One);
        V sum = MultiplyAdd(half, expm1, half - new V(0.5f));

        // Halving would cost a denormal its last bit.
        return Vector.ConditionalSelect(Vector.LessThan(Vector.Abs(x), new V(1e-8f)), x, sum + sum);
    }

    /// <inheritdoc cref="Sigmoid(float)"/>
    /// <remarks>With e = e^−|x|, which cannot overflow: 1/(1 + e) from 0 on, and e/(1 + e) below, which is small to the last digit.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Sigmoid(V x)
    {
        V e = ExpOfBounded(AtLeast(-Vector.Abs(x), -104f));
        return Vector.ConditionalSelect(Vector.LessThan(x, V.Zero), e, V.One) / (e + V.One);
    }

    /// <summary>e^x for x in [−104, 89], or NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ExpOfBounded(V x)
    {
        V rest = Reduce(x, out V rounded);
        V power = Expm1OfReduced(rest) + V.One;

        // One instruction where there is one. The condition is a constant to the JIT, and both ways give the same bits.
        if (V.Count == 8 && Avx512F.VL.IsSupported)
        {
            return Avx512F.VL.Scale(power.AsVector256(), (rounded - new V(Rounder)).AsVector256()).AsVector();
        }

        // By two powers, for 2^n is no normal float for all n in [−150, 128]. The first product is exact, so that a denormal result is
        // rounded only once.
        Vector<int> n = IntegerOf(rounded);
        Vector<int> half = Vector.ShiftRightArithmetic(n, 1);
        return power * PowerOfTwo(half) * PowerOfTwo(n - half);
    }

    /// <summary>r = x − n·ln 2 with n = round(x/ln 2), which is left in the last bits of a number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Reduce(V x, out V rounded)
    {
        V rounder = new(Rounder);
        rounded = MultiplyAdd(x, new V(Log2E), rounder);
        V n = rounded - rounder;
        return MultiplyAdd(n, new V(-Ln2Low), MultiplyAdd(n, new V(-Ln2High), x));
    }

    /// <summary>The integer in the last bits of a number that <see cref="Rounder"/> was added to.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<int> IntegerOf(V rounded) => Vector.AsVectorInt32(rounded) - Vector.AsVectorInt32(new V(Rounder));

    /// <summary>e^r − 1 = r + r²·P(r) for |r| ≤ ln(2)/2; P from Cephes (S. Moshier), expf.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Expm1OfReduced(V r)
    {
        V p = new(1.9875691500e-4f);
        p = MultiplyAdd(p, r, new V(1.3981999507e-3f));
        p = MultiplyAdd(p, r, new V(8.3334519073e-3f));
        p = MultiplyAdd(p, r, new V(4.1665795894e-2f));
        p = MultiplyAdd(p, r, new V(1.6666665459e-1f));
        p = MultiplyAdd(p, r, new V(5.0000001201e-1f));
        return MultiplyAdd(p, r * r, r);
    }
#endif
}
