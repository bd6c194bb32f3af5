using System.Collections.Generic;
using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>Where a program's own tensors lie: two that are not needed at the same time share a place.</summary>
/// <param name="Offsets">The offset of each, in floats per sample: multiplied by the samples that the memory holds.</param>
/// <param name="FloatsPerSample">What a sample takes.</param>
/// <param name="PackedFloats">What the largest packed copy takes: each is read by the next kernel and by no other.</param>
internal sealed record BufferPlan(IReadOnlyDictionary<Tensor, int> Offsets, int FloatsPerSample, int PackedFloats)
{
    /// <param name="kernels">What reads and writes them.</param>
    /// <param name="elsewhere">What lies in memory of its own.</param>
    /// <param name="isLine">They hold one sample: each starts where its registers do not straddle two cache lines.</param>
    public static BufferPlan For(IReadOnlyList<Kernel> kernels, IReadOnlyCollection<Tensor> elsewhere, bool isLine = false)
    {
        var first = new Dictionary<Tensor, int>();
        var last = new Dictionary<Tensor, int>();
        for (int k = 0; k < kernels.Count; k++)
        {
            foreach (Tensor tensor in kernels[k].Memory.Where(t => t.Role == TensorRole.Local && !elsewhere.Contains(t)))
            {
                first[tensor] = first.TryGetValue(tensor, out int start) ? start : k;
                last[tensor] = k;
            }
        }

        HashSet<Tensor> beyond = [.. kernels.Where(k => k.Strategy is LanesAcrossOutputs { StoresBeyond: true }).SelectMany(k => k.Stored)];
        var offsets = new Dictionary<Tensor, int>();
        int size = 0;
        foreach (Tensor tensor in first.Keys.OrderBy(t => first[t]).ThenByDescending(Size))
        {
            // First fit: behind everything that is alive at the same time and would be in the way.
            int offset = 0;
            foreach (Tensor other in offsets.Keys.Where(o => first[o] <= last[tensor] && first[tensor] <= last[o]).OrderBy(o => offsets[o]))
            {
                if (offset + Size(tensor) <= offsets[other])
                {
                    break;
                }

                offset = System.Math.Max(offset, Aligned(offsets[other] + Size(other), tensor));
            }

            offsets.Add(tensor, offset);
            size = System.Math.Max(size, offset + Size(tensor));
        }

        int Size(Tensor tensor) => beyond.Contains(tensor) ? LanesAcrossOutputs.WidthBeyond(tensor.SizePerSample) : tensor.SizePerSample;

        int Aligned(int offset, Tensor tensor)
        {
            int width = isLine ? LanesAcrossOutputs.Width(Size(tensor)) : 1;
            return (offset + width - 1) / width * width;
        }

        return new BufferPlan(offsets, size, kernels.Select(k => k.Packing?.Copy.SizePerSample ?? 0).DefaultIfEmpty().Max());
    }
}
