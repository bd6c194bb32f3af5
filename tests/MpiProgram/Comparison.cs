using System;
using System.Linq;
using BackpropGen;

namespace MpiProgram;

/// <summary>Whether two files have the same weights but for rounding.</summary>
internal static class Comparison
{
    /// <returns>The exit code.</returns>
    public static int Run(string one, string other, double tolerance)
    {
        SafetensorsFile first = SafetensorsFile.Open(one);
        SafetensorsFile second = SafetensorsFile.Open(other);
        double worst = 0;
        foreach (SafetensorsTensor tensor in first.Tensors)
        {
            float[] expected = new float[(int)tensor.Length];
            float[] found = new float[(int)tensor.Length];
            first.ReadFloats(tensor.Name, expected);
            second.ReadFloats(tensor.Name, found);
            worst = Math.Max(worst, expected.Zip(found, (e, f) => (double)Math.Abs(e - f)).Max());
        }

        Console.WriteLine(FormattableString.Invariant($"{first.Tensors.Count} tensors, the largest difference is {worst:G3}; at most {tolerance:G3} is allowed"));
        return first.Tensors.Count > 0 && worst <= tolerance ? 0 : 1;
    }
}
