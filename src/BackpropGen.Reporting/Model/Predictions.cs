using System;
using BackpropGen.Data;

namespace BackpropGen.Reporting;

/// <summary>A network's outputs for examples, a piece at a time, so that any number of examples takes the memory of one piece.</summary>
internal static class Predictions
{
    private const int MostValues = 1 << 20;

    /// <summary>Receives one example's outputs.</summary>
    /// <param name="example">Its number.</param>
    /// <param name="outputs">Valid until it returns.</param>
    public delegate void Receiver(int example, ReadOnlySpan<float> outputs);

    /// <summary>Computes the outputs of all examples, in order.</summary>
    public static void ForEach(INetwork network, Examples examples, Receiver receive)
    {
        int rows = Math.Clamp(MostValues / Math.Max(network.InputSize, network.OutputSize), 1, Math.Min(256, examples.Count));
        var chosen = new int[rows];
        var inputs = new float[rows * network.InputSize];
        var outputs = new float[rows * network.OutputSize];
        for (int start = 0; start < examples.Count; start += rows)
        {
            int count = Math.Min(rows, examples.Count - start);
            for (int i = 0; i < count; i++)
            {
                chosen[i] = start + i;
            }

            Span<float> x = inputs.AsSpan(0, count * network.InputSize), y = outputs.AsSpan(0, count * network.OutputSize);
            examples.CopyInputs(chosen.AsSpan(0, count), x);
            network.Forward(x, y);
            for (int i = 0; i < count; i++)
            {
                receive(start + i, y.Slice(i * network.OutputSize, network.OutputSize));
            }
        }
    }
}
