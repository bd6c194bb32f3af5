using System;
using System.Numerics;
using System.Runtime.InteropServices;

namespace BackpropGen.Training;

internal sealed class NormClipping : GradientClipping
{
    private readonly float limit;

    public NormClipping(float limit)
    {
        Require.Positive(limit);
        this.limit = limit;
    }

    public override void Apply(Span<float> gradients)
    {
        double norm = Math.Sqrt(SumOfSquares(gradients));
        if (norm <= limit)
        {
            return;
        }

        float scale = (float)(limit / norm);
        var scales = new Vector<float>(scale);
        Span<Vector<float>> vectors = MemoryMarshal.Cast<float, Vector<float>>(gradients);
        for (int i = 0; i < vectors.Length; i++)
        {
            vectors[i] *= scales;
        }

        foreach (ref float g in gradients[(vectors.Length * Vector<float>.Count)..])
        {
            g *= scale;
        }
    }

    // In double, where the square of no float overflows.
    private static double SumOfSquares(ReadOnlySpan<float> values)
    {
        Vector<double> even = Vector<double>.Zero;
        Vector<double> odd = Vector<double>.Zero;
        ReadOnlySpan<Vector<float>> vectors = MemoryMarshal.Cast<float, Vector<float>>(values);
        foreach (Vector<float> v in vectors)
        {
            Vector.Widen(v, out Vector<double> low, out Vector<double> high);
            even += low * low;
            odd += high * high;
        }

        double sum = Vector.Sum(even + odd);
        foreach (float v in values[(vectors.Length * Vector<float>.Count)..])
        {
            sum += (double)v * v;
        }

        return sum;
    }
}
