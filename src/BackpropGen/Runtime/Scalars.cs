using System;
using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BackpropGen.Runtime;

/// <summary>What generated code does to single floats as <c>Floats</c> does it to registers, and the language has no operator for.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Scalars
{
    /// <summary>An element of a span. Nothing is checked.</summary>
    /// <param name="span">The span.</param>
    /// <param name="offset">How many elements come before it.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref T ElementAt<T>(ReadOnlySpan<T> span, int offset) => ref Unsafe.Add(ref MemoryMarshal.GetReference(span), offset);

    /// <inheritdoc cref="ElementAt{T}(ReadOnlySpan{T}, int)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref T ElementAt<T>(Span<T> span, int offset) => ref Unsafe.Add(ref MemoryMarshal.GetReference(span), offset);

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
}
