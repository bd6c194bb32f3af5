#if NET8_0_OR_GREATER
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace BackpropGen.Runtime;

/// <summary>
/// The m in [¾, 1½) and the whole number e of x = m·2^e, denormals included. Of 0 the exponent is −∞, of ∞ it is ∞; of NaN and of what is
/// below 0 one of the two is NaN.
/// </summary>
internal static class MantissaAndExponent
{
    // Of the instruction: the interval [¾, 1½), and NaN for what is below 0.
    private const byte ThreeQuartersToOneAndAHalf = 0b1111;
    private const int ThreeQuarters = 0x3F400000;
    private const int ExponentMask = unchecked((int)0xFF800000);
    private const float SmallestNormal = 1.17549435e-38f;
    private const float TwoTo23 = 8388608f;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Of(Vector512<float> x, out Vector512<float> exponent)
    {
        if (Avx512F.IsSupported)
        {
            // The instructions count from [1, 2): a mantissa below 1 has −1 for an exponent of its own.
            Vector512<float> mantissa = Avx512F.GetMantissa(x, ThreeQuartersToOneAndAHalf);
            exponent = Avx512F.GetExponent(x) - Avx512F.GetExponent(mantissa);
            return mantissa;
        }

        Vector256<float> lower = Of(x.GetLower(), out Vector256<float> lowerExponent);
        Vector256<float> upper = Of(x.GetUpper(), out Vector256<float> upperExponent);
        exponent = Vector512.Create(lowerExponent, upperExponent);
        return Vector512.Create(lower, upper);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Of(Vector256<float> x, out Vector256<float> exponent)
    {
        if (Avx512F.VL.IsSupported)
        {
            // As above.
            Vector256<float> mantissa = Avx512F.VL.GetMantissa(x, ThreeQuartersToOneAndAHalf);
            exponent = Avx512F.VL.GetExponent(x) - Avx512F.VL.GetExponent(mantissa);
            return mantissa;
        }

        // A denormal has no exponent to take off: it gets one by a factor of 2²³.
        Vector256<float> isDenormal = Vector256.LessThan(x, Vector256.Create(SmallestNormal));
        Vector256<int> bits = Vector256.ConditionalSelect(isDenormal, x * TwoTo23, x).AsInt32();
        Vector256<int> shifted = (bits - Vector256.Create(ThreeQuarters)) & Vector256.Create(ExponentMask);
        exponent = Vector256.ConvertToSingle(Vector256.ShiftRightArithmetic(shifted, 23)) - (isDenormal & Vector256.Create(23f));

        // Not below ∞ are ∞ and NaN, which stay; not above 0 is NaN too.
        exponent = Vector256.ConditionalSelect(Vector256.LessThan(x, Vector256.Create(float.PositiveInfinity)), exponent, x);
        Vector256<float> limit = Vector256.ConditionalSelect(Vector256.Equals(x, Vector256<float>.Zero), Vector256.Create(float.NegativeInfinity), Vector256.Create(float.NaN));
        exponent = Vector256.ConditionalSelect(Vector256.GreaterThan(x, Vector256<float>.Zero), exponent, limit);
        return (bits - shifted).AsSingle();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Of(Vector128<float> x, out Vector128<float> exponent)
    {
        if (Avx512F.VL.IsSupported)
        {
            // As above.
            Vector128<float> mantissa = Avx512F.VL.GetMantissa(x, ThreeQuartersToOneAndAHalf);
            exponent = Avx512F.VL.GetExponent(x) - Avx512F.VL.GetExponent(mantissa);
            return mantissa;
        }

        // As above.
        Vector128<float> isDenormal = Vector128.LessThan(x, Vector128.Create(SmallestNormal));
        Vector128<int> bits = Vector128.ConditionalSelect(isDenormal, x * TwoTo23, x).AsInt32();
        Vector128<int> shifted = (bits - Vector128.Create(ThreeQuarters)) & Vector128.Create(ExponentMask);
        exponent = Vector128.ConvertToSingle(Vector128.ShiftRightArithmetic(shifted, 23)) - (isDenormal & Vector128.Create(23f));
        exponent = Vector128.ConditionalSelect(Vector128.LessThan(x, Vector128.Create(float.PositiveInfinity)), exponent, x);
        Vector128<float> limit = Vector128.ConditionalSelect(Vector128.Equals(x, Vector128<float>.Zero), Vector128.Create(float.NegativeInfinity), Vector128.Create(float.NaN));
        exponent = Vector128.ConditionalSelect(Vector128.GreaterThan(x, Vector128<float>.Zero), exponent, limit);
        return (bits - shifted).AsSingle();
    }
}
#endif
