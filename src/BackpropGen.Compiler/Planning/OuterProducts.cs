using System.Collections.Generic;

namespace BackpropGen.Compiler;

/// <summary>Which sums over a batch are an outer product for a sample or two, which <c>OuterProduct</c> of the library adds.</summary>
internal static class OuterProducts
{
    private const int FewestLanesUnaligned = 5 * Strategy.MostLanes / 2;

    /// <summary>
    /// The factors of what a sample or two add to a matrix of wide rows, and the matrix; null where a kernel is something else. 256-256 takes 0.9 of the
    /// time of a tile of sums so, 64-64 0.88, 47-47 0.96; 31-31, whose last register is not full, 1.02.
    /// </summary>
    public static (Tensor Column, Tensor Row, Tensor Matrix)? In(Kernel kernel, LanesAcrossOutputs lanes)
    {
        IReadOnlyList<Statement> joined = BatchSums.Joined(kernel);
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
}
