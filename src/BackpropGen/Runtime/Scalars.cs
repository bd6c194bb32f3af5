using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace BackpropGen.Runtime;

/// <summary>What generated code does to single floats as <c>Floats</c> does it to registers, and the language has no operator for.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Scalars
{
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
