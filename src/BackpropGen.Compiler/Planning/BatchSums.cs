using System.Collections.Generic;
using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>
/// Sums over a batch by themselves, then added to what stays in the network's memory: a parameter is so much larger than a sample's share of its
/// step that the digits of one after another would be lost.
/// </summary>
internal static class BatchSums
{
    private const int FewestLanesUnaligned = 5 * Strategy.MostLanes / 2;

    public static NetworkProgram Apart(NetworkProgram program) => program with
    {
        Statements = program.Statements.SelectMany(live => live.Statement is { Store: Store.Accumulate, Target: { IsStored: true, Element: ElementKind.F32 }, Value: { Kind: ReduceKind.Sum, Seed: null } } statement
            ? Apart(statement).Select(s => live with { Statement = s })
            : [live]).ToArray(),
    };

    /// <summary>A kernel's statements as they were before, for the reader: a sum and what it is added to in one.</summary>
    public static IReadOnlyList<Statement> Joined(Kernel kernel) =>
        kernel.Statements is { Count: 2 } statements && statements[0] is { Value.Kind: ReduceKind.Sum } sum && !kernel.Stored.Contains(sum.Target)
            && statements[1] is { Target.IsStored: true, Value: { Kind: ReduceKind.None, Body: Binary { Op: BinaryOp.Add, Left: Read old, Right: Read added } } } addition
            && old.Equals(new Read(addition.Target, addition.At)) && added.Equals(new Read(sum.Target, sum.At))
                ? [addition with { Value = sum.Value, Store = Store.Accumulate }]
                : kernel.Statements;

    /// <summary>
    /// The factors of what a sample or two add to a matrix of wide rows, and the matrix; null where a kernel is something else. 256-256 takes 0.9 of the
    /// time of a tile of sums so, 64-64 0.88, 47-47 0.96; 31-31, whose last register is not full, 1.02.
    /// </summary>
    public static (Tensor Column, Tensor Row, Tensor Matrix)? OfFew(Kernel kernel, LanesAcrossOutputs lanes)
    {
        IReadOnlyList<Statement> joined = Joined(kernel);
        Statement sum = joined[0];
        if (joined.Count > 1 || lanes.Tile is not { IsBatch: false } tile
            || sum is not { Store: Store.Accumulate, Value: { Seed: null, Over: { Count: 1 } over, Body: Binary { Op: BinaryOp.Multiply, Left: Read left, Right: Read right } } }
            || !over[0].IsBatch || !tile.Extent.IsConstant || !IsWide(lanes.Lane.Extent.Value) || Strides.Along(sum.Target, sum.At, tile) != lanes.Lane.Extent.Value)
        {
            return null;
        }

        return IsAlong(left, tile) && IsAlong(right, lanes.Lane) ? (left.Tensor, right.Tensor, sum.Target)
            : IsAlong(right, tile) && IsAlong(left, lanes.Lane) ? (right.Tensor, left.Tensor, sum.Target)
            : null;

        // Rows that leave a part of a register are to be long enough for what that costs.
        static bool IsWide(int width) => width > (width % Strategy.MostLanes == 0 ? Strategy.MostLanes : FewestLanesUnaligned);

        // One sample's values are the factors along the axis, and nothing else.
        bool IsAlong(Read read, Axis axis) => read.Tensor.HasBatch && read.At.Count == 2 && read.At[1].Pure == axis && read.Tensor.SizePerSample == axis.Extent.Value;
    }

    private static Statement[] Apart(Statement statement)
    {
        var sum = new Tensor("added", TensorRole.Local, ElementKind.F32, [.. statement.Target.Extents]);
        Expr total = new Read(statement.Target, statement.At) + new Read(sum, statement.At);
        return [statement with { Target = sum, Store = Store.Assign }, statement with { Value = total, Store = Store.Assign }];
    }
}
