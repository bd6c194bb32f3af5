#if NET8_0_OR_GREATER
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace BackpropGen.Runtime;

/// <summary>What lies beyond a bound becomes the bound; NaN stays, and so does either zero at a bound of zero.</summary>
internal static class Bound
{
    // The instructions give their second operand where either is NaN or both are zero.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Above(float bound, Vector512<float> x)
    {
        if (Avx512F.IsSupported)
        {
            return Avx512F.Min(Vector512.Create(bound), x);
        }

        return Vector512.ConditionalSelect(Vector512.GreaterThan(x, Vector512.Create(bound)), Vector512.Create(bound), x);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Below(float bound, Vector512<float> x)
    {
        if (Avx512F.IsSupported)
        {
            return Avx512F.Max(Vector512.Create(bound), x);
        }

        return Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512.Create(bound)), Vector512.Create(bound), x);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Above(float bound, Vector256<float> x)
    {
        if (Avx.IsSupported)
        {
            return Avx.Min(Vector256.Create(bound), x);
        }

        return Vector256.ConditionalSelect(Vector256.GreaterThan(x, Vector256.Create(bound)), Vector256.Create(bound), x);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Below(float bound, Vector256<float> x)
    {
        if (Avx.IsSupported)
        {
            return Avx.Max(Vector256.Create(bound), x);
        }

        return Vector256.ConditionalSelect(Vector256.LessThan(x, Vector256.Create(bound)), Vector256.Create(bound), x);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Above(float bound, Vector128<float> x)
    {
        if (Sse.IsSupported)
        {
            return Sse.Min(Vector128.Create(bound), x);
        }

        return Vector128.ConditionalSelect(Vector128.GreaterThan(x, Vector128.Create(bound)), Vector128.Create(bound), x);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Below(float bound, Vector128<float> x)
    {
        if (Sse.IsSupported)
        {
            return Sse.Max(Vector128.Create(bound), x);
        }

        return Vector128.ConditionalSelect(Vector128.LessThan(x, Vector128.Create(bound)), Vector128.Create(bound), x);
    }
}
#endif
