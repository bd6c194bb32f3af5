#if NET8_0_OR_GREATER
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace BackpropGen.Runtime;

/// <summary>The larger of each lane; NaN if either is, and the second of equals.</summary>
internal static class Larger
{
    // The instruction gives its second operand where either is NaN: what is left is the first one's NaN.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Of(Vector128<float> a, Vector128<float> b)
    {
        if (Sse.IsSupported)
        {
            return Vector128.ConditionalSelect(Vector128.Equals(a, a), Sse.Max(a, b), a);
        }

        return Vector128.ConditionalSelect(Vector128.GreaterThan(a, b) | ~Vector128.Equals(a, a), a, b);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Of(Vector256<float> a, Vector256<float> b)
    {
        if (Avx.IsSupported)
        {
            return Vector256.ConditionalSelect(Vector256.Equals(a, a), Avx.Max(a, b), a);
        }

        return Vector256.ConditionalSelect(Vector256.GreaterThan(a, b) | ~Vector256.Equals(a, a), a, b);
    }
}
#endif
