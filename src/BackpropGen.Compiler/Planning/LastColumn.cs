using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>
/// Products of a batch with one column more than whole registers hold. In a tile, the last column would take a register of eight, of which one lane
/// counts; by itself, lanes run along its sum, or down the column. Three layers of 33 are inferred in 0.90 of the time so from 16 samples on, of 65 in
/// 0.94 and of 129 in 0.97; of 17, in 1.2: they stay as they are.
/// </summary>
internal static class LastColumn
{
    // Of shorter sums, what is folded in the end is as much as what is summed.
    private const int FewestTerms = Strategy.MostLanes;

    // Of a few samples of wider rows, what is put in its place one by one is more than what a tile loses: 129-129 trains with five samples in 1.04 of the
    // time so, and with 64 in 0.95.
    private const int MostColumnsOfMatrix = 97;

    // A column's copy lies on the stack.
    private const int MostTerms = 2048;

    /// <summary>The kernel, or one of all columns but the last and one of the last.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="mayPack">There is room for packed copies.</param>
    /// <param name="target">What the code may use.</param>
    public static IEnumerable<Kernel> Apart(Kernel kernel, bool mayPack, TargetCapabilities target)
    {
        Statement lead = kernel.Lead;
        bool isProduct = lead.Value is { Kind: ReduceKind.Sum, Over.Count: 1, Body: Binary { Op: BinaryOp.Multiply, Left: Read, Right: Read } };
        if (!isProduct || lead.At.Count != 2 || lead.At[1].Pure is not { } lane || lane.Extent.Value < 2 * Strategy.MostLanes || lane.Extent.Value % Strategy.MostLanes != 1)
        {
            return [kernel];
        }

        return (lead.Target.HasBatch ? OfRows(kernel, lane, mayPack, target) : OfMatrix(kernel, lane, target)) ?? [kernel];
    }

    // Outputs of a batch's rows: lanes run along what each is summed over.
    private static Kernel[]? OfRows(Kernel kernel, Axis lane, bool mayPack, TargetCapabilities target)
    {
        Axis sum = kernel.Lead.Value.Over[0];
        bool isTiled = kernel.Strategy is LanesAcrossOutputs { Tile.IsBatch: true }
            || (mayPack && !kernel.IfRequested && kernel.Strategy is LanesAcrossSum && Packing.For(kernel, target) is not null);
        if (!isTiled || kernel.InPlace.Count > 0 || sum.Extent is not { IsConstant: true, Value: >= FewestTerms and <= MostTerms })
        {
            return null;
        }

        Statement[] ofLast = Substituted(kernel, lane, lane.Extent.Value - 1);

        // Lanes cannot run along a column of a matrix, but along a copy of it.
        ColumnCopy? column = null;
        Read[] across = ofLast[0].Value.Body.Reads.Where(r => Strides.Along(r.Tensor, r.At, sum) != 1).ToArray();
        if (across.Length == 1)
        {
            Read apart = across[0];
            var copy = new Tensor(apart.Tensor.Symbol + "c", TensorRole.Local, ElementKind.F32, sum.Extent);
            column = new ColumnCopy(apart, copy);
            ofLast[0] = ofLast[0].MapValues(Replace);
            Expr Replace(Expr e) => e.Equals(apart) ? copy[sum] : e.Map(Replace);
        }

        return StrategyChoice.For(ofLast, target) is LanesAcrossSum alone
            ? [OfOthers(kernel, lane, target), OfLast(kernel, ofLast, column is null ? alone : alone with { Reason = $"{MathPrinter.Memory(column.Copy)} is a column of {MathPrinter.Memory(column.Source.Tensor)}. {alone.Reason}" }) with { Column = column }]
            : null;
    }

    // A matrix that is a sum over a batch: lanes run down the column, and its sums are put where they belong one by one.
    private static Kernel[]? OfMatrix(Kernel kernel, Axis lane, TargetCapabilities target)
    {
        Statement lead = kernel.Lead;
        if (kernel.Strategy is not LanesAcrossOutputs { Tile.Extent.IsConstant: true } || !lead.Value.Over[0].IsBatch
            || lane.Extent.Value > MostColumnsOfMatrix || lead.At[0].Pure is not { Extent: { IsConstant: true, Value: >= FewestTerms and <= MostTerms } } rows)
        {
            return null;
        }

        Statement[] ofLast = Substituted(kernel, lane, lane.Extent.Value - 1);
        var sums = new Tensor("sums", TensorRole.Local, ElementKind.F32, rows.Extent);
        Statement product = ofLast[0] with { Target = sums, At = sums[rows].At, Store = Store.Assign, Value = ofLast[0].Value with { Seed = null } };
        return StrategyChoice.For([product], target) is LanesAcrossOutputs lanes
            ? [OfOthers(kernel, lane, target), OfLast(kernel, ofLast, new LanesDownColumn(kernel with { Statements = [product], Stored = [sums], Strategy = lanes }, rows))]
            : null;
    }

    private static Kernel OfOthers(Kernel kernel, Axis lane, TargetCapabilities target)
    {
        int last = lane.Extent.Value - 1;
        Statement[] statements = Substituted(kernel, lane, new Axis(lane.Letter, last));
        Strategy strategy = StrategyChoice.For(statements, target);
        strategy = strategy is LanesAcrossOutputs lanes ? lanes with { RowLength = lane.Extent.Value } : strategy;
        string reason = string.Format(CultureInfo.InvariantCulture, "{0} = {1} is by itself. ", lane.Letter, last);
        return kernel with { Statements = statements, Strategy = strategy with { Reason = reason + strategy.Reason } };
    }

    private static Kernel OfLast(Kernel kernel, Statement[] statements, Strategy strategy) => kernel with { Name = kernel.Name + "LastColumn", Statements = statements, Strategy = strategy };

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
internal sealed record ColumnCopy(Read Source, Tensor Copy);

/// <summary>Lanes run down a column of a matrix whose sums are one behind the other first.</summary>
/// <param name="Product">What computes the sums.</param>
/// <param name="Rows">The letter of the rows.</param>
internal sealed record LanesDownColumn(Kernel Product, Axis Rows) : Strategy($"Lanes down the column, along {Rows.Letter}.");
