using System;
using System.Numerics;
using System.Runtime.InteropServices;

namespace BackpropGen.Training;

/// <summary>Finds what is infinite or not a number.</summary>
internal static class NonFinite
{
    /// <summary>Where the first such value lies; -1 where there is none.</summary>
    public static int IndexIn(ReadOnlySpan<float> values)
    {
        // x·0 is 0 for what is finite, and NaN for what is not: so is the sum.
        ReadOnlySpan<Vector<float>> vectors = MemoryMarshal.Cast<float, Vector<float>>(values);
        Vector<float> sum = Vector<float>.Zero;
        foreach (Vector<float> v in vectors)
        {
            sum += v * Vector<float>.Zero;
        }

        int start = Vector.EqualsAll(sum, Vector<float>.Zero) ? vectors.Length * Vector<float>.Count : 0;
        for (int i = start; i < values.Length; i++)
        {
            if (!float.IsFinite(values[i]))
            {
                return i;
            }
        }

        return -1;
    }

    public static string InWords(double value) => double.IsNaN(value) ? "NaN" : value > 0 ? "infinite" : "minus infinity";
}
