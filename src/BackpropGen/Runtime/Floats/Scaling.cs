#if NET8_0_OR_GREATER
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace BackpropGen.Runtime;

/// <summary>value·2^power, rounded once, for whole powers in [−252, 254] and −∞. All ways give the same bits.</summary>
internal static class Scaling
{
    // 1.5·2²³, which leaves a number added to it in the last bits of the sum, and twice an exponent's bias.
    private const float RounderAndTwoBiases = 12582912f + 2 * 127;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Of(Vector512<float> value, Vector512<float> power) =>
        Avx512F.IsSupported
            ? Avx512F.Scale(value, power)
            : Vector512.Create(Of(value.GetLower(), power.GetLower()), Of(value.GetUpper(), power.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Of(Vector256<float> value, Vector256<float> power)
    {
        if (Avx512F.VL.IsSupported)
        {
            return Avx512F.VL.Scale(value, power);
        }

        // By two powers of half the size, for 2^power need not be a normal float. The first product is exact, so that a denormal result
        // is rounded only once. What stands above the last nine bits leaves with the shift.
        Vector256<int> biased = (power + Vector256.Create(RounderAndTwoBiases)).AsInt32();
        Vector256<int> half = Vector256.ShiftRightArithmetic(biased, 1);
        return value * Vector256.ShiftLeft(half, 23).AsSingle() * Vector256.ShiftLeft(biased - half, 23).AsSingle();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Of(Vector128<float> value, Vector128<float> power)
    {
        if (Avx512F.VL.IsSupported)
        {
            return Avx512F.VL.Scale(value, power);
        }

        // As above.
        Vector128<int> biased = (power + Vector128.Create(RounderAndTwoBiases)).AsInt32();
        Vector128<int> half = Vector128.ShiftRightArithmetic(biased, 1);
        return value * Vector128.ShiftLeft(half, 23).AsSingle() * Vector128.ShiftLeft(biased - half, 23).AsSingle();
    }
}
#endif
