using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;

namespace BackpropGen;

/// <summary>Whether values are numbers that one can compute with, and where not.</summary>
internal static class FiniteCheck
{
    private const int Exponent = 0x7F800000;

    /// <summary>The index of the first value that is NaN or infinite; -1 where there is none.</summary>
    public static int FirstOther(ReadOnlySpan<float> values)
    {
        ReadOnlySpan<int> bits = MemoryMarshal.Cast<float, int>(values);
        for (int i = 0; i < bits.Length; i++)
        {
            if ((bits[i] & Exponent) == Exponent)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>NaN or an infinity, in words.</summary>
    public static string Text(float value) => float.IsNaN(value) ? "NaN" : value > 0 ? "+infinity" : "-infinity";

    /// <summary>The indices of a row-major tensor's element: [3, 17].</summary>
    public static string Place(IReadOnlyList<long> shape, long index)
    {
        var indices = new long[shape.Count];
        for (int i = indices.Length - 1; i >= 0; i--)
        {
            indices[i] = index % shape[i];
            index /= shape[i];
        }

        return Quoted.Shape(indices);
    }

    /// <inheritdoc cref="Place(IReadOnlyList{long}, long)"/>
    public static string Place(IReadOnlyList<int> shape, long index) => Place(shape.Select(e => (long)e).ToArray(), index);
}
