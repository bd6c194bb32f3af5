using System;
using System.Runtime.InteropServices;

namespace BackpropGen.Comparison;

/// <summary>The numbers that go into a network: the bits that <c>competitors/network.h</c> draws.</summary>
internal static class Numbers
{
    /// <summary>Weights and bias of every layer, in the order of <see cref="INetwork.Parameters"/>.</summary>
    public static void FillParameters(NetworkSpec network, Span<float> parameters)
    {
        int at = 0;
        for (int l = 0; l < network.Layers; l++)
        {
            float bound = 1 / MathF.Sqrt(network.Widths[l]);
            int weights = network.Widths[l] * network.Widths[l + 1];
            Uniform((uint)l, bound, parameters.Slice(at, weights));
            Uniform((uint)(100 + l), bound, parameters.Slice(at + weights, network.Widths[l + 1]));
            at += weights + network.Widths[l + 1];
        }
    }

    public static Memory<float> Inputs(NetworkSpec network, int batch) => Uniform(200, batch * network.Inputs);

    public static Memory<float> Targets(NetworkSpec network, int batch) => Uniform(201, batch * network.Outputs);

    public static int[] Labels(NetworkSpec network, int batch)
    {
        var labels = new int[batch];
        for (int i = 0; i < batch; i++)
        {
            labels[i] = i % network.Outputs;
        }

        return labels;
    }

    /// <summary>Floats on a cache line's boundary, as the competitors get them.</summary>
    public static Memory<float> Aligned(int count)
    {
        const int Line = 64;
        float[] values = GC.AllocateArray<float>(count + Line / sizeof(float), pinned: true);
        nint address = Marshal.UnsafeAddrOfPinnedArrayElement(values, 0);
        int skipped = (int)((Line - address % Line) % Line / sizeof(float));
        return values.AsMemory(skipped, count);
    }

    private static Memory<float> Uniform(uint stream, int count)
    {
        Memory<float> values = Aligned(count);
        Uniform(stream, 1, values.Span);
        return values;
    }

    // In [-bound, bound): a multiplication and the finalizer of MurmurHash3 over (stream, index), exact in floats.
    private static void Uniform(uint stream, float bound, Span<float> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            uint h = unchecked(((uint)i + 1) * 0x9E3779B9u ^ stream * 0x85EBCA6Bu);
            h = unchecked((h ^ h >> 16) * 0x85EBCA6Bu);
            h = unchecked((h ^ h >> 13) * 0xC2B2AE35u);
            h ^= h >> 16;
            values[i] = ((h >> 8) / 8388608f - 1) * bound;
        }
    }
}
