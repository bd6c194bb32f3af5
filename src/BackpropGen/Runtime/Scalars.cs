using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace BackpropGen.Runtime;

/// <summary>The scalar vocabulary of generated code: what <c>Lanes</c> does to vectors, done to one value.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Scalars
{
    /// <summary>The element <paramref name="offset"/> places after a reference; neither is checked.</summary>
    /// <param name="source">The element at offset 0.</param>
    /// <param name="offset">In elements.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref float At(ref float source, int offset) => ref Unsafe.Add(ref source, offset);

    /// <summary>The larger of two numbers; NaN if either is.</summary>
    /// <param name="a">Any number.</param>
    /// <param name="b">Any number; wins where both are zeros.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Max(float a, float b)
    {
#pragma warning disable CS1718 // A number that differs from itself is NaN; netstandard2.0 says it in no better way that inlines.
        return a > b || a != a ? a : b;
#pragma warning restore CS1718
    }

    /// <summary>a·b + c; whether it is rounded once or twice is the machine's choice.</summary>
    /// <param name="a">A factor.</param>
    /// <param name="b">A factor.</param>
    /// <param name="c">The summand.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float MultiplyAdd(float a, float b, float c)
    {
#if NET9_0_OR_GREATER
        return float.MultiplyAddEstimate(a, b, c);
#elif NET8_0_OR_GREATER
        return System.Runtime.Intrinsics.X86.Fma.IsSupported || System.Runtime.Intrinsics.Arm.AdvSimd.IsSupported
            ? System.MathF.FusedMultiplyAdd(a, b, c)
            : a * b + c;
#else
        return a * b + c;
#endif
    }
}
