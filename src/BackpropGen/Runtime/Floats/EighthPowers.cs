#if NET8_0_OR_GREATER
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace BackpropGen.Runtime;

/// <summary>
/// 2^(k/8 − 127), rounded once, for a whole k in [8, 2040) that a number holds in its last twelve bits: k's eighths choose one of eight
/// powers, and the rest of k becomes the exponent. All ways give the same bits.
/// </summary>
internal static class EighthPowers
{
    // Twenty places up, the whole part of k stands where a float has its exponent, and its eighths at the mantissa's top. What a mantissa of
    // 2^(j/8) has other than j there is added.
    private const int Places = 20;
    private const int Of1 = -289342;
    private const int Of2 = -509968;
    private const int Of3 = -655657;
    private const int Of4 = -719629;
    private const int Of5 = -694486;
    private const int Of6 = -572163;
    private const int Of7 = -343865;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Of(Vector512<float> k)
    {
        if (Avx512F.IsSupported)
        {
            Vector512<int> corrections = Vector512.Create(0, Of1, Of2, Of3, Of4, Of5, Of6, Of7, 0, Of1, Of2, Of3, Of4, Of5, Of6, Of7);
            return (Vector512.ShiftLeft(k.AsInt32(), Places) + Avx512F.PermuteVar16x32(corrections, k.AsInt32())).AsSingle();
        }

        return Vector512.Create(Of(k.GetLower()), Of(k.GetUpper()));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Of(Vector256<float> k)
    {
        if (Avx2.IsSupported)
        {
            Vector256<int> corrections = Vector256.Create(0, Of1, Of2, Of3, Of4, Of5, Of6, Of7);
            return (Vector256.ShiftLeft(k.AsInt32(), Places) + Avx2.PermuteVar8x32(corrections, k.AsInt32())).AsSingle();
        }

        return Vector256.Create(Of(k.GetLower()), Of(k.GetUpper()));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Of(Vector128<float> k)
    {
        if (Avx2.IsSupported)
        {
            // What the upper half holds chooses for the upper half.
            return Of(k.ToVector256Unsafe()).GetLower();
        }

        // The places of the correction's four bytes, of 32.
        Vector128<byte> places = ((k.AsInt32() & Vector128.Create(7)) * 0x04040404 + Vector128.Create(0x03020100)).AsByte();
        Vector128<byte> lower = Vector128.Create(0, Of1, Of2, Of3).AsByte(), upper = Vector128.Create(Of4, Of5, Of6, Of7).AsByte();
        return (Vector128.ShiftLeft(k.AsInt32(), Places) + Chosen(lower, upper, places).AsInt32()).AsSingle();
    }

    // By name: before .NET 10, a shuffle by what is not constant is a loop.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Chosen(Vector128<byte> lower, Vector128<byte> upper, Vector128<byte> places)
    {
        if (AdvSimd.Arm64.IsSupported)
        {
            return AdvSimd.Arm64.VectorTableLookup((lower, upper), places);
        }

        // A choice among 16 gives 0 for all others.
        return Ssse3.IsSupported
            ? Ssse3.Shuffle(lower, places + Vector128.Create((byte)0x70)) | Ssse3.Shuffle(upper, places - Vector128.Create((byte)16))
            : Vector128.Shuffle(lower, places) | Vector128.Shuffle(upper, places - Vector128.Create((byte)16));
    }
}
#endif
