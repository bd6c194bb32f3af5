#if NET8_0_OR_GREATER
using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
#if !NET9_0_OR_GREATER
using System;
using System.Runtime.Intrinsics.Arm;
#endif
using V = System.Numerics.Vector<float>;

namespace BackpropGen.Runtime;

/// <summary>
/// The vector vocabulary of generated code, over vectors of whatever width the machine has. Offsets count floats from a reference;
/// nothing is checked.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Lanes
{
    /// <summary>The vector at an offset; its alignment does not matter for the result.</summary>
    /// <param name="source">The element at offset 0.</param>
    /// <param name="offset">In floats.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Load(ref float source, int offset) =>
        Unsafe.ReadUnaligned<V>(ref Unsafe.As<float, byte>(ref Unsafe.Add(ref source, offset)));

    /// <summary>Writes a vector at an offset.</summary>
    /// <param name="value">What is written.</param>
    /// <param name="destination">The element at offset 0.</param>
    /// <param name="offset">In floats.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(V value, ref float destination, int offset) =>
        Unsafe.WriteUnaligned(ref Unsafe.As<float, byte>(ref Unsafe.Add(ref destination, offset)), value);

    /// <summary>One element, in every lane.</summary>
    /// <param name="source">The element at offset 0.</param>
    /// <param name="offset">In floats.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Broadcast(ref float source, int offset) => new(Unsafe.Add(ref source, offset));

    /// <summary>start, start + 1, … as floats; exact while they stay below 2²⁴.</summary>
    /// <param name="start">The first lane's number.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Index(int start) =>
#if NET9_0_OR_GREATER
        new V(start) + V.Indices;
#else
        new V(start) + Numbers.Ascending;
#endif

    /// <summary>a·b + c, rounded once where the machine has an instruction for it, otherwise twice.</summary>
    /// <param name="a">A factor.</param>
    /// <param name="b">A factor.</param>
    /// <param name="c">The summand.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V MultiplyAdd(V a, V b, V c)
    {
#if NET9_0_OR_GREATER
        return Vector.MultiplyAddEstimate(a, b, c);
#else
        // The conditions are constants to the JIT.
        if (V.Count == 16 && Avx512F.IsSupported)
        {
            return Avx512F.FusedMultiplyAdd(a.AsVector512(), b.AsVector512(), c.AsVector512()).AsVector();
        }

        if (V.Count == 8 && Fma.IsSupported)
        {
            return Fma.MultiplyAdd(a.AsVector256(), b.AsVector256(), c.AsVector256()).AsVector();
        }

        if (V.Count == 4 && Fma.IsSupported)
        {
            return Fma.MultiplyAdd(a.AsVector128(), b.AsVector128(), c.AsVector128()).AsVector();
        }

        if (V.Count == 4 && AdvSimd.IsSupported)
        {
            return AdvSimd.FusedMultiplyAdd(c.AsVector128(), a.AsVector128(), b.AsVector128()).AsVector();
        }

        return a * b + c;
#endif
    }

    /// <summary>The larger of two numbers in each lane; NaN if either is.</summary>
    /// <param name="a">Any numbers.</param>
    /// <param name="b">Any numbers; win where both are zeros.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Max(V a, V b) =>
        Vector.ConditionalSelect(Vector.GreaterThan(a, b) | Vector.OnesComplement(Vector.Equals(a, a)), a, b);

    /// <summary>The largest lane; NaN if any is.</summary>
    /// <param name="value">Any numbers.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Max(V value)
    {
        if (V.Count == 16)
        {
            Vector512<float> v = value.AsVector512();
            return Max(Max(v.GetLower(), v.GetUpper()));
        }

        if (V.Count == 8)
        {
            return Max(value.AsVector256());
        }

        if (V.Count == 4)
        {
            return Max(value.AsVector128());
        }

        float largest = value[0];
        for (int i = 1; i < V.Count; i++)
        {
            largest = Scalars.Max(largest, value[i]);
        }

        return largest;
    }

    /// <summary>The sum of the lanes, in an order that depends on the machine only.</summary>
    /// <param name="value">Any numbers.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(V value) => Vector.Sum(value);

    /// <summary>The sum of the lanes, in an order that depends on the machine only.</summary>
    /// <param name="value">Any numbers.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Sum(Vector<double> value) => Vector.Sum(value);

    /// <summary>The lower half plus the upper half, as doubles: what a sum in double takes up of a vector.</summary>
    /// <param name="value">Any numbers.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Widen(V value)
    {
        Vector.Widen(value, out Vector<double> lower, out Vector<double> upper);
        return lower + upper;
    }

    /// <summary>Asks for the cache line of an element that is needed soon; the element need not exist.</summary>
    /// <param name="source">The element at offset 0.</param>
    /// <param name="offset">In floats.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Prefetch(ref float source, int offset)
    {
        if (Sse.IsSupported)
        {
            // An address that is out of date because the collector moved the memory costs a cache line and nothing else.
            Sse.Prefetch0((float*)Unsafe.AsPointer(ref source) + offset);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Max(Vector256<float> value) => Max(Max(value.GetLower(), value.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Max(Vector128<float> value)
    {
        value = Max(value, Vector128.Shuffle(value, Vector128.Create(2, 3, 0, 1)));
        value = Max(value, Vector128.Shuffle(value, Vector128.Create(1, 0, 3, 2)));
        return value.ToScalar();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Max(Vector256<float> a, Vector256<float> b) =>
        Vector256.ConditionalSelect(Vector256.GreaterThan(a, b) | ~Vector256.Equals(a, a), a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Max(Vector128<float> a, Vector128<float> b) =>
        Vector128.ConditionalSelect(Vector128.GreaterThan(a, b) | ~Vector128.Equals(a, a), a, b);

#if !NET9_0_OR_GREATER
    // In a class of its own: who never asks for an index pays nothing for it.
    private static class Numbers
    {
        public static readonly V Ascending = Create();

        private static V Create()
        {
            Span<float> values = stackalloc float[V.Count];
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = i;
            }

            return new V(values);
        }
    }
#endif
}
#endif
