using System;
using System.Numerics;
using System.Runtime.InteropServices;

namespace BackpropGen.Training;

internal sealed class ValueClipping : GradientClipping
{
    private readonly float limit;

    public ValueClipping(float limit)
    {
        Require.Positive(limit);
        this.limit = limit;
    }

    public override void Apply(Span<float> gradients)
    {
        var high = new Vector<float>(limit);
        var low = new Vector<float>(-limit);
        Span<Vector<float>> vectors = MemoryMarshal.Cast<float, Vector<float>>(gradients);
        for (int i = 0; i < vectors.Length; i++)
        {
            // Selected by comparison, which is false for NaN: it stays.
            Vector<float> g = vectors[i];
            g = Vector.ConditionalSelect(Vector.GreaterThan(g, high), high, g);
            vectors[i] = Vector.ConditionalSelect(Vector.LessThan(g, low), low, g);
        }

        foreach (ref float g in gradients[(vectors.Length * Vector<float>.Count)..])
        {
            g = g > limit ? limit : g < -limit ? -limit : g;
        }
    }
}
