using System.Collections.Generic;
using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>
/// Which kernels of inference hold a short row of outputs in one register that is wider than it. Behind the parameters lies room for a register
/// that may be read, so that a row of a matrix may be read beyond its end; what is beyond is computed with the rest, and read by nobody.
/// 7-7-7-7 was measured at 14.9 ns with two registers of 4 that overlap, and at 12.1 with one of 8, though by itself it stays as it is: see below.
/// Of two samples at once, the first one's store reaches into the second one's row, which is stored after it.
/// </summary>
internal static class LineBeyond
{
    /// <summary>The kernels, in order, told which read beyond.</summary>
    /// <param name="kernels">The kernels.</param>
    /// <param name="given">What lies in the caller's memory.</param>
    public static IReadOnlyList<Kernel> In(IReadOnlyList<Kernel> kernels, IReadOnlyCollection<Tensor> given)
    {
        bool isWide = kernels.Any(IsWide);
        return kernels.Select((k, i) => k.Strategy is LanesAcrossOutputs lanes && MayRead(k, lanes, isWide) && kernels.Skip(i + 1).All(next => ReadsOneByOne(next, k))
            ? k with { Strategy = lanes with { ReadsBeyond = true, StoresBeyond = k.Stored.All(t => !given.Contains(t) && t.SizePerSample == lanes.Lane.Extent.Value) } }
            : k).ToArray();
    }

    // It has registers that not every machine has. Where none has, the code is for every machine, and shall be.
    private static bool IsWide(Kernel kernel) => kernel.Strategy switch
    {
        LanesAcrossOutputs lanes => lanes.Registers.Any(r => r.Width > Strategy.FewestLanes),
        LanesAcrossSum lanes => lanes.Registers.Any(r => r.Width > Strategy.FewestLanes),
        LanesAcrossRows => true,
        _ => false,
    };

    // Its lanes do not fill registers, and all that is read along them are parameters. A load of 16 lanes is of two lines of the cache more often
    // than not: it is worth it where long sums wait for another layer besides. 64-32-10 was measured at 65.4 ns without and at 61.2 with it, but
    // 32-10 at 15.9 and 16.7.
    private static bool MayRead(Kernel kernel, LanesAcrossOutputs lanes, bool isWide) =>
        lanes.Lane.Extent.Value is > 2 and < Strategy.MostLanes and var extent && extent != LanesAcrossOutputs.WidthBeyond(extent)
        && (isWide || extent < Strategy.FewestLanes)
        && (extent < Strategy.MostLanes / 2 || LineLoops.Terms(kernel) is { One.Tensor.Role: not TensorRole.Input })
        && kernel.Lead.Value.Kind == ReduceKind.Sum && kernel.InPlace.Count == 0
        && kernel.Statements.SelectMany(s => s.Reads).All(r => r.Tensor.Role == TensorRole.Parameter
            || Strides.Along(r.Tensor, r.At, lanes.Lane) == 0
            || kernel.Statements.Any(s => s.Target == r.Tensor));

    // A register that several values of a narrower store are loaded into would wait for them; of the other lanes nothing is known.
    private static bool ReadsOneByOne(Kernel kernel, Kernel writer) => kernel.Statements.SelectMany(s => s.Reads).Where(r => writer.Stored.Contains(r.Tensor)).All(r => kernel.Strategy switch
    {
        LanesAcrossOutputs lanes => Strides.Along(r.Tensor, r.At, lanes.Lane) == 0,
        LanesAcrossRows rows => r.Equals(rows.OfRow),
        _ => false,
    });
}
