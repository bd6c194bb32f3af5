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

    public static IReadOnlyList<Kernel> Group(IReadOnlyList<Kernel> kernels, IReadOnlyCollection<Tensor> live, TargetCapabilities target)
    {
        List<Kernel> result = [.. kernels];
        for (int i = 0; target.HasVectors && i < result.Count; i++)
        {
            if (Row(result[i]) is not { } row || ForOneRow(result[i], target) is not { } first)
            {
                continue;
            }

            var steps = new List<Kernel> { first };
            var taken = new List<Kernel> { result[i] };
            for (int j = i + 1; j < result.Count; j++)
            {
                // It may come before what lies between, if neither touches what the other writes.
                Kernel candidate = result[j];
                if (Row(candidate) is { } its && its.Extent == row.Extent && candidate.IfRequested == result[i].IfRequested
                    && result.Skip(i + 1).Take(j - i - 1).Where(k => !taken.Contains(k)).All(k => AreIndependent(k, candidate))
                    && ForOneRow(candidate, target) is { } step
                    && Line.Operations(steps) + Line.Operations([step]) <= MostOperations)
                {
                    steps.Add(step);
                    taken.Add(candidate);
                }
            }

            if (steps.Count > 1 && steps.Any(s => s.Lead.Value.Kind != ReduceKind.None))
            {
                Statement[] statements = steps.SelectMany(s => s.Statements).ToArray();
                Tensor[] stored = steps.SelectMany(s => s.Stored).Distinct().ToArray();
                bool IsReadElsewhere(Tensor tensor) => tensor.Role != TensorRole.Local || live.Contains(tensor) || result.Except(taken).Any(k => k.Memory.Contains(tensor));
                var blocks = RowBlocks.For(statements, stored.Where(IsReadElsewhere).ToArray());
                string reason = "Row by row: what a row's values give is needed for the row itself."
                    + (blocks is null ? string.Empty : " As many as a register has lanes at once, each in its lane.");
                result[i] = new Kernel(string.Empty, statements, stored, result[i].IfRequested, new RowByRow(row, steps, reason) { Blocks = blocks });
                result.RemoveAll(k => taken.Skip(1).Contains(k));
            }
        }

        return result;
    }

    // The batch's letter, where all that a kernel touches belongs to a row, and rows do not meet.
    private static Axis? Row(Kernel kernel)
    {
        Statement lead = kernel.Lead;
        bool isOfRows = lead.Target is { HasBatch: true, Element: ElementKind.F32 }
            && kernel.Statements.All(s => s.At[0].Pure is { IsBatch: true } && s.Value.Over.All(a => !a.IsBatch))
            && kernel.Statements.SelectMany(s => s.Reads).All(r => r.Tensor.Role == TensorRole.Scalar || r.Tensor.HasBatch);

        // A function of one value per row is a loop of its own, in which no lane is idle.
        bool isFlat = lead.At.Count == 1 && kernel.Statements.Any(s => s.Value.Body.Nodes.Any(e => e is Unary { IsFunction: true }));
        return isOfRows && !isFlat ? lead.At[0].Pure : null;
    }

    private static Kernel? ForOneRow(Kernel kernel, TargetCapabilities target)
    {
        Strategy strategy = StrategyChoice.For(kernel.Statements, target, isLine: true);
        Kernel step = kernel with { Strategy = strategy, Packing = null };
        return Line.Fits([step]) && Line.Operations([step]) <= MostOperations ? step : null;
    }

    private static bool AreIndependent(Kernel one, Kernel other)
    {
        HashSet<Tensor> ownWrites = [.. one.Statements.Select(s => s.Target)];
        HashSet<Tensor> otherWrites = [.. other.Statements.Select(s => s.Target)];
        return !other.Statements.Any(s => s.Reads.Any(r => ownWrites.Contains(r.Tensor)) || ownWrites.Contains(s.Target))
            && !one.Statements.Any(s => s.Reads.Any(r => otherWrites.Contains(r.Tensor)));
    }
}
