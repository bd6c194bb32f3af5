using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>
/// Products for a batch whose outputs are one more than registers hold. A tile works on the last column with as many idle lanes as a register has
/// beside it; by itself, its lanes run along its sum. Three layers of 33 are
/// inferred in 0.90 of the time so from 33 samples on, of 65 in 0.94 and of 129 in 0.97; of 17 in 1.2, which stays with its tile.
/// </summary>
internal static class LastColumn
{
    // Of shorter sums, what is folded in the end is as much as what is summed.
    private const int FewestTerms = Strategy.MostLanes;

    // A column's copy lies on the stack.
    private const int MostTerms = 2048;

    /// <summary>The kernel, or one of all columns but the last and one of the last.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="mayPack">There is room for packed copies.</param>
    /// <param name="target">What the code may use.</param>
    public static IEnumerable<Kernel> Apart(Kernel kernel, bool mayPack, TargetCapabilities target)
    {
        Statement lead = kernel.Lead;
        bool isProduct = lead.Value is { Kind: ReduceKind.Sum, Over.Count: 1, Body: Binary { Op: BinaryOp.Multiply, Left: Read, Right: Read } }
            && lead.Target.HasBatch && lead.At.Count == 2 && kernel.InPlace.Count == 0
            && lead.Value.Over[0].Extent is { IsConstant: true, Value: >= FewestTerms and <= MostTerms };
        bool isTiled = kernel.Strategy is LanesAcrossOutputs { Tile.IsBatch: true }
            || (mayPack && !kernel.IfRequested && kernel.Strategy is LanesAcrossSum && Packing.For(kernel, target) is not null);
        if (!isProduct || !isTiled || lead.At[1].Pure is not { } lane || lane.Extent.Value < 2 * Strategy.MostLanes || lane.Extent.Value % Strategy.MostLanes != 1)
        {
            return [kernel];
        }

        int last = lane.Extent.Value - 1;
        var others = new Axis(lane.Letter, last);
        Statement[] ofOthers = Substituted(kernel, lane, others);
        Statement[] ofLast = Substituted(kernel, lane, last);
        string reason = string.Format(CultureInfo.InvariantCulture, "{0} = {1} is by itself. ", lane.Letter, last);
        Strategy main = StrategyChoice.For(ofOthers, target);

        // Lanes cannot run along a column of a matrix, but along a copy of it.
        Axis sum = lead.Value.Over[0];
        ColumnCopy? column = null;
        if (ofLast[0].Value.Body.Reads.SingleOrDefault(r => Strides.Along(r.Tensor, r.At, sum) != 1) is { } apart)
        {
            var copy = new Tensor(apart.Tensor.Symbol + "c", TensorRole.Local, ElementKind.F32, sum.Extent);
            column = new ColumnCopy(apart, copy, Strides.Along(apart.Tensor, apart.At, sum));
            ofLast[0] = ofLast[0].MapValues(Replace);
            Expr Replace(Expr e) => e.Equals(apart) ? copy[sum] : e.Map(Replace);
        }

        Strategy alone = StrategyChoice.For(ofLast, target);
        return alone is LanesAcrossSum
            ?
            [
                kernel with { Statements = ofOthers, Strategy = main with { Reason = reason + main.Reason } },
                kernel with { Name = kernel.Name + "LastColumn", Statements = ofLast, Strategy = alone, Column = column },
            ]
            : [kernel];
    }

    private static Statement[] Substituted(Kernel kernel, Axis lane, Index value)
    {
        Index Of(Axis axis) => axis.Equals(lane) ? value : axis;
        return kernel.Statements.Select(s => s with
        {
            At = s.At.Select(i => i.Substitute(Of)).ToEquatableArray(),
            Value = s.Value with { Body = s.Value.Body.Substitute(Of), Seed = s.Value.Seed?.Substitute(Of) },
        }).ToArray();
    }
}

/// <summary>A column of a matrix, copied side by side before a kernel reads it.</summary>
/// <param name="Source">What is copied.</param>
/// <param name="Copy">What the kernel reads.</param>
/// <param name="Stride">How far apart the column's elements lie.</param>
internal sealed record ColumnCopy(Read Source, Tensor Copy, int Stride);
