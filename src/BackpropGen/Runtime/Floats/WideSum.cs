#if NET8_0_OR_GREATER
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace BackpropGen.Runtime;

/// <summary>Sums of lanes, in double.</summary>
internal static class WideSum
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Of(Vector512<float> value)
    {
        (Vector512<double> lower, Vector512<double> upper) = Vector512.Widen(value);
        return Vector512.Sum(lower + upper);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Of(Vector256<float> value) => Vector256.Sum(OfFour(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Of(Vector128<float> value)
    {
        (Vector128<double> lower, Vector128<double> upper) = Vector128.Widen(value);
        return Vector128.Sum(lower + upper);
    }

    /// <summary>Four sums, of every fourth lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> OfFour(Vector512<float> value)
    {
        (Vector512<double> lower, Vector512<double> upper) = Vector512.Widen(value);
        Vector512<double> both = lower + upper;
        return both.GetLower() + both.GetUpper();
    }

    /// <inheritdoc cref="OfFour(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> OfFour(Vector256<float> value)
    {
        (Vector256<double> lower, Vector256<double> upper) = Vector256.Widen(value);
        return lower + upper;
    }

    /// <inheritdoc cref="OfFour(Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> OfFour(Vector128<float> value)
    {
        (Vector128<double> lower, Vector128<double> upper) = Vector128.Widen(value);
        return Vector256.Create(lower, upper);
    }
}
#endif
