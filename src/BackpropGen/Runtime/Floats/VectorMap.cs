#if NET8_0_OR_GREATER
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using V = System.Numerics.Vector<float>;

namespace BackpropGen.Runtime;

/// <summary>
/// Brings a register of any width to <see cref="VectorMath"/>, which is written for <see cref="Vector{T}"/>: in halves where that is
/// narrower, in a part of it where it is wider. The conditions are constants to the JIT.
/// </summary>
internal static class VectorMap
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Of<TFunction>(Vector512<float> x)
        where TFunction : IFunction =>
        V.Count == 16
            ? TFunction.Of(x.AsVector()).AsVector512()
            : Vector512.Create(Of<TFunction>(x.GetLower()), Of<TFunction>(x.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Of<TFunction>(Vector256<float> x)
        where TFunction : IFunction
    {
        if (V.Count == 8)
        {
            return TFunction.Of(x.AsVector()).AsVector256();
        }

        return V.Count == 16
            ? TFunction.Of(x.ToVector512().AsVector()).AsVector512().GetLower()
            : Vector256.Create(Of<TFunction>(x.GetLower()), Of<TFunction>(x.GetUpper()));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Of<TFunction>(Vector128<float> x)
        where TFunction : IFunction =>
        V.Count == 4
            ? TFunction.Of(x.AsVector()).AsVector128()
            : Of<TFunction>(x.ToVector256()).GetLower();
}
#endif
