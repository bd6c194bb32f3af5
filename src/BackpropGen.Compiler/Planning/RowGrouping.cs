using System.Collections.Generic;
using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>
/// Groups kernels that work on one row of a batch at a time, such as the maximum, the exponentials and the sum of a softmax: one pass over
/// the rows instead of one for each.
/// </summary>
internal static class RowGrouping
{
    /// <summary>The most operations per row: it is written out.</summary>
    private const int MostOperations = 128;

    /// <summary>A product that is worked out in blocks of rows is at least one part in so many of all products.</summary>
    private const int LeastShareOfProduct = 32;

    public static IReadOnlyList<Kernel> Group(IReadOnlyList<Kernel> kernels, IReadOnlyCollection<Tensor> live, TargetCapabilities target)
    {
        List<Kernel> result = [.. kernels];
        for (int i = 0; target.HasVectors && i < result.Count; i++)
        {
            if (Row(result[i]) is not { } row || ForOneRow(result[i], target) is not { } first)
            {
                continue;
            }

            if (InBlocksOfProduct(result, i, row, first, live, target))
            {
                // The product's place is free, and what follows has moved up.
                i--;
                continue;
            }

            List<(Kernel Kernel, Kernel Step)> taken = Taken(result, i, row, first, target, mayBeFlat: false);
            if (IsWorthwhile(taken))
            {
                result[i] = Together(result, taken, row, null, live);
                result.RemoveAll(k => taken.Skip(1).Any(t => t.Kernel == k));
            }
        }

        return result;
    }

    // Where the product that the rows come from joins them, all that has one value per row does, too: in a block no lane is idle.
    private static bool InBlocksOfProduct(List<Kernel> kernels, int place, Axis row, Kernel first, IReadOnlyCollection<Tensor> live, TargetCapabilities target)
    {
        int from = kernels.FindIndex(k => RowBlocks.IsProductOfRows(k) && k.Statements[0].Target is var rows && first.Statements.Any(s => s.Reads.Any(r => r.Tensor == rows)));
        if (from < 0 || from > place || kernels[from].IfRequested || first.IfRequested || !IsWorthItsText(kernels, kernels[from])
            || !kernels.Skip(from + 1).Take(place - from - 1).All(k => AreIndependent(kernels[from], k)))
        {
            return false;
        }

        List<(Kernel Kernel, Kernel Step)> taken = Taken(kernels, place, row, first, target, mayBeFlat: true);
        if (!IsWorthwhile(taken) || Together(kernels, taken, row, kernels[from], live) is not { Strategy: RowByRow { Blocks: not null } } together)
        {
            return false;
        }

        kernels[place] = together;
        Kernel product = kernels[from];
        kernels.RemoveAll(k => k == product || taken.Skip(1).Any(t => t.Kernel == k));
        return true;
    }

    // What is won is a part of the product's time: of a small product nothing that could be measured. 64-32-10 trains in 4.93 µs, not 5.31;
    // 784-128-10 as fast as without.
    private static bool IsWorthItsText(List<Kernel> kernels, Kernel product)
    {
        static double Terms(Kernel kernel) => kernel.Lead.Value.Kind != ReduceKind.Sum || kernel.IfRequested ? 0 : kernel.Lead.Free.Concat(kernel.Lead.Value.Over).Where(a => a.Extent.IsConstant).Aggregate(1.0, (size, a) => size * a.Extent.Value);
        return LeastShareOfProduct * Terms(product) >= kernels.Sum(Terms);
    }

    // The kernels that may come with the one at a place, and what they are for one row.
    private static List<(Kernel Kernel, Kernel Step)> Taken(List<Kernel> kernels, int place, Axis row, Kernel first, TargetCapabilities target, bool mayBeFlat)
    {
        var taken = new List<(Kernel Kernel, Kernel Step)> { (kernels[place], first) };
        for (int j = place + 1; j < kernels.Count; j++)
        {
            // It may come before what lies between, if neither touches what the other writes.
            Kernel candidate = kernels[j];
            if (Row(candidate, mayBeFlat) is { } its && its.Extent == row.Extent && candidate.IfRequested == kernels[place].IfRequested
                && kernels.Skip(place + 1).Take(j - place - 1).Where(k => taken.All(t => t.Kernel != k)).All(k => AreIndependent(k, candidate))
                && ForOneRow(candidate, target) is { } step
                && Line.Operations(taken.Select(t => t.Step).Append(step).ToArray()) <= MostOperations)
            {
                taken.Add((candidate, step));
            }
        }

        return taken;
    }

    private static bool IsWorthwhile(List<(Kernel Kernel, Kernel Step)> taken) => taken.Count > 1 && taken.Any(t => t.Step.Lead.Value.Kind != ReduceKind.None);

    private static Kernel Together(List<Kernel> kernels, List<(Kernel Kernel, Kernel Step)> taken, Axis row, Kernel? product, IReadOnlyCollection<Tensor> live)
    {
        Kernel[] steps = taken.Select(t => t.Step).ToArray();
        Statement[] statements = steps.SelectMany(s => s.Statements).ToArray();
        Tensor[] stored = (product?.Stored ?? []).Concat(steps.SelectMany(s => s.Stored)).Distinct().ToArray();
        Kernel[] others = kernels.Where(k => k != product && taken.All(t => t.Kernel != k)).ToArray();
        Tensor[] kept = stored.Where(t => t.Role != TensorRole.Local || live.Contains(t) || others.Any(k => k.Memory.Contains(t))).ToArray();
        RowBlocks? blocks = RowBlocks.For(statements, kept, product);
        string reason = "Row by row: what a row's values give, the row itself needs."
            + (blocks is null ? string.Empty : " As many at once as a register has lanes.");
        Statement[] all = [.. product?.Statements ?? [], .. statements];
        return new Kernel(string.Empty, all, stored, taken[0].Kernel.IfRequested, new RowByRow(row, steps, reason) { Blocks = blocks });
    }

    // The batch's letter, where all that a kernel touches belongs to a row, and rows do not meet.
    private static Axis? Row(Kernel kernel, bool mayBeFlat = false)
    {
        Statement lead = kernel.Lead;
        bool isOfRows = lead.Target is { HasBatch: true, Element: ElementKind.F32 }
            && kernel.Statements.All(s => s.At[0].Pure is { IsBatch: true } && s.Value.Over.All(a => !a.IsBatch))
            && kernel.Statements.SelectMany(s => s.Reads).All(r => r.Tensor.Role == TensorRole.Scalar || r.Tensor.HasBatch);

        // A function of one value per row is a loop of its own, in which no lane is idle.
        bool isFlat = !mayBeFlat && lead.At.Count == 1 && kernel.Statements.Any(s => s.Value.Body.Nodes.Any(e => e is Unary { IsFunction: true }));
        return isOfRows && !isFlat ? lead.At[0].Pure : null;
    }

    private static Kernel? ForOneRow(Kernel kernel, TargetCapabilities target)
    {
        Strategy strategy = StrategyChoice.For(kernel.Statements, target, isLine: true);
        Kernel step = kernel with { Strategy = strategy, Packing = null };
        return Line.Fits([step], MostOperations) ? step : null;
    }

    private static bool AreIndependent(Kernel one, Kernel other)
    {
        HashSet<Tensor> ownWrites = [.. one.Statements.Select(s => s.Target)];
        HashSet<Tensor> otherWrites = [.. other.Statements.Select(s => s.Target)];
        return !other.Statements.Any(s => s.Reads.Any(r => ownWrites.Contains(r.Tensor)) || ownWrites.Contains(s.Target))
            && !one.Statements.Any(s => s.Reads.Any(r => otherWrites.Contains(r.Tensor)));
    }
}
