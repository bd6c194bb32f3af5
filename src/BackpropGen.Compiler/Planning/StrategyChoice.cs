using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>Chooses a kernel's strategy from letters, extents and strides; it knows no layer.</summary>
internal static class StrategyChoice
{
    // Neighbours that share a load where lanes run across a sum.
    private const int TileRows = 4;

    /// <param name="statements">A kernel's statements.</param>
    /// <param name="target">What the code may use.</param>
    /// <param name="isLine">The kernel is to be written out for one sample.</param>
    public static Strategy For(IReadOnlyList<Statement> statements, TargetCapabilities target, bool isLine = false)
    {
        Statement lead = statements[0];
        if (lead.Target.Element == ElementKind.I32)
        {
            return new ScalarLoops("Single values: the result is an index.");
        }

        if (AtLabels(lead) is { } atLabels)
        {
            return atLabels;
        }

        if (!isLine && IsFlat(statements))
        {
            string what = lead.Value.Kind == ReduceKind.None ? "Element by element" : "A sum of all elements";
            return new FlatLoop(target.HasVectors, what + ", over memory as it lies.");
        }

        if (!target.HasVectors)
        {
            return new ScalarLoops("Single values: this target has no vectors.");
        }

        return (isLine ? (Strategy?)AcrossRows(statements) : null) ?? (Strategy?)AcrossOutputs(statements, isLine) ?? (Strategy?)AcrossSum(statements, isLine) ?? new ScalarLoops(WhyScalar(statements));
    }

    /// <summary>How a total is summed of which only the terms that labels name are not 0; null where it is another.</summary>
    public static AtLabels? AtLabels(Statement lead) =>
        lead is { Target.Element: ElementKind.F64, Value: { Kind: ReduceKind.Sum, Seed: null, Body: Select { When: Compare { Op: CompareOp.Equal, Left: IndexValue { Index.Pure: { } axis }, Right: Read { Tensor.Role: TensorRole.Labels } labels }, Else: Const { Value: 0 } } body } }
            && lead.Value.Over.Contains(axis)
            && labels.At.All(i => i.CoefficientOf(axis) == 0)
                ? new AtLabels(axis, labels, body.Then, "One value per label: all other terms are 0.")
                : null;

    // All tensors are walked in the same order, so that all letters together are one.
    private static bool IsFlat(IReadOnlyList<Statement> statements)
    {
        Statement lead = statements[0];
        bool isSum = lead.Value.Kind == ReduceKind.Sum && lead.At.Count == 0;
        if (!isSum && lead.Value.Kind != ReduceKind.None)
        {
            return false;
        }

        EquatableArray<Index> order = isSum ? lead.Value.Over.Select(a => (Index)a).ToEquatableArray() : lead.At;
        return order.Count > 0
            && (isSum || statements.All(s => s.At.Equals(order)))
            && statements.SelectMany(s => s.Reads).All(r => r.At.Count == 0 || r.At.Equals(order))
            && !UsesIndices(statements);
    }

    /// <summary>Lanes across neighbouring outputs; null where they are too few or lie apart.</summary>
    public static LanesAcrossOutputs? AcrossOutputs(IReadOnlyList<Statement> statements, bool isLine)
    {
        Statement lead = statements[0];
        if (lead.At.Count == 0 || lead.At[lead.At.Count - 1].Pure is not { } lane || (isLine && lane.IsBatch) || !IsLongEnough(lane, Strategy.FewestOutputs) || !IsUnitStride(statements, lane))
        {
            return null;
        }

        bool isFold = lead.Value.Kind != ReduceKind.None;
        bool overlaps = lane.Extent.IsConstant;
        bool isAtOnce = lane.Extent.IsConstant && (isLine || lane.Extent.Value < Strategy.MostLanes);

        Axis? tile = isFold && !isLine ? TileAxis(lead, lane) : null;

        // Two vectors of 6 rows: 12 sums, two loads and a broadcast are 15 of the 16 registers that every machine with vectors has; of 8 rows
        // they are 19 of the 32 that others have. One vector: 8 rows, so that sums don't wait for each other.
        int width = isAtOnce
            ? LanesAcrossOutputs.Places(lane.Extent.Value).Count
            : lane.Extent.IsConstant && lane.Extent.Value >= 2 * Strategy.MostLanes ? 2 : 1;
        const int Tall = 8;
        int[] heights = tile is null ? [1] : tile.Extent.IsConstant ? [Tall] : [Tall, 2, 1];
        Axis? sum = lead.Value.Kind is ReduceKind.Sum or ReduceKind.Max ? lead.Value.Over[lead.Value.Over.Count - 1] : null;
        string reason = $"Lanes across {lane.Letter}.";
        var strategy = new LanesAcrossOutputs(lane, tile, heights, sum, overlaps, IsInPlace(statements), isAtOnce, reason);
        if (tile is null)
        {
            return strategy;
        }

        int few = strategy.RowsInFewRegisters(heights[0]);
        reason += string.Format(
            CultureInfo.InvariantCulture,
            " Tiles of up to {0} rows of {1} × {2}{3} share loads.",
            heights[0],
            tile.Letter,
            width == 1 ? "a vector" : width + " vectors",
            few < heights[0] ? string.Format(CultureInfo.InvariantCulture, ", {0} with few registers,", few) : string.Empty);
        return strategy with { Reason = reason };
    }

    // A product of a matrix of narrow rows and of what has a value per row or per element; or a step of such a matrix along an outer product.
    private static LanesAcrossRows? AcrossRows(IReadOnlyList<Statement> statements)
    {
        Statement lead = statements[0];
        Axis[] letters = lead.Free.Concat(lead.Value.Over).Where(a => !a.IsBatch).ToArray();
        if (lead is not { Target.Element: ElementKind.F32, Value.Body: Binary { Op: BinaryOp.Multiply, Left: Read left, Right: Read right } }
            || letters.Length != 2 || !letters.All(a => a.Extent.IsConstant)
            || left.Tensor.Element != ElementKind.F32 || right.Tensor.Element != ElementKind.F32)
        {
            return null;
        }

        bool isStep = lead is { Value: { Kind: ReduceKind.None, Seed: null }, Store: Store.Accumulate } && statements.Count == 1;
        bool isSum = lead.Value is { Kind: ReduceKind.Sum, Over.Count: 1 } && lead.Value.Over[0] is { IsBatch: false };
        foreach ((Axis row, Axis lane) in new[] { (letters[0], letters[1]), (letters[1], letters[0]) })
        {
            int width = lane.Extent.Value;
            if (width is not (2 or 4 or 8) || row.Extent.Value * width % Strategy.MostLanes != 0)
            {
                continue;
            }

            // What a layer keeps, the same for all samples: rows of a batch that are worked on one by one have no such matrix.
            bool IsMatrix(Read read) => !read.Tensor.HasBatch && Strides.Along(read.Tensor, read.At, lane) == 1 && Strides.Along(read.Tensor, read.At, row) == width;
            bool IsOf(Read read, Axis along, Axis other) => Strides.Along(read.Tensor, read.At, along) == 1 && Strides.Along(read.Tensor, read.At, other) == 0;
            string reason = $"Lanes across {row.Letter} and {lane.Letter}: a register holds {Strategy.MostLanes / width} rows of {width}.";
            if (isStep && IsMatrix(new Read(lead.Target, lead.At)))
            {
                (Read ofRow, Read ofLane) = IsOf(left, row, lane) ? (left, right) : (right, left);
                return IsOf(ofRow, row, lane) && IsOf(ofLane, lane, row) ? new LanesAcrossRows(row, lane, new Read(lead.Target, lead.At), ofRow, ofLane, reason) : null;
            }

            if (!isSum || IsMatrix(left) == IsMatrix(right))
            {
                continue;
            }

            (Read matrix, Read other) = IsMatrix(left) ? (left, right) : (right, left);
            if (lead.Value.Over[0].Equals(row) && IsOf(other, row, lane) && IsUnitStride(statements, lane, inLead: false))
            {
                return new LanesAcrossRows(row, lane, matrix, other, null, reason);
            }

            // Sixteen rows' sums fill a register.
            if (lead.Value.Over[0].Equals(lane) && IsOf(other, lane, row) && row.Extent.Value % Strategy.MostLanes == 0 && IsUnitStride(statements, row, inLead: false))
            {
                return new LanesAcrossRows(row, lane, matrix, null, other, reason);
            }
        }

        return null;
    }

    private static LanesAcrossSum? AcrossSum(IReadOnlyList<Statement> statements, bool isLine)
    {
        // Idle lanes are 0, and so is a product of what runs along them.
        Statement lead = statements[0];
        Axis? lane = lead.Value.Over.LastOrDefault(a => IsLongEnough(a, isLine && IsProductAlong(lead, a) ? Strategy.FewestOutputs : Strategy.FewestLanes) && IsUnitStride([lead], a));
        if (lane is null)
        {
            return null;
        }

        Axis? tile = TileAxis(lead, lane);
        Axis? rows = tile is null ? null : lead.Free.LastOrDefault(a =>
            !a.Equals(tile)
            && (!a.Extent.IsConstant || a.Extent.Value >= 2)
            && lead.Value.Body.Reads.Any(r => Strides.Along(r.Tensor, r.At, a) == 0 && Strides.Along(r.Tensor, r.At, tile) != 0));
        bool gathers = tile is not null
            && lead.Value.Kind == ReduceKind.Sum
            && IsUnitStride(statements, tile, inLead: false)
            && lead.At[lead.At.Count - 1].Pure == tile;
        string reason = $"Lanes across the sum over {lane.Letter}.";
        if (tile is not null)
        {
            reason += string.Format(CultureInfo.InvariantCulture, " {0} neighbours along {1} share a load{2}.", TileRows, tile.Letter, gathers ? ", and their sums a register" : string.Empty);
        }

        return new LanesAcrossSum(lane, tile, tile is null ? 1 : TileRows, rows, gathers, reason);
    }

    // The innermost free axis that some operand lacks: its rows share that operand's loads.
    private static Axis? TileAxis(Statement lead, Axis lane) => lead.Free.LastOrDefault(a =>
        !a.Equals(lane)
        && (!a.Extent.IsConstant || a.Extent.Value >= TileRows)
        && lead.Value.Body.Reads.Any(r => Strides.Along(r.Tensor, r.At, a) == 0 && Strides.Along(r.Tensor, r.At, lane) != 0));

    private static bool IsLongEnough(Axis axis, int fewest = Strategy.FewestLanes) => !axis.Extent.IsConstant || axis.Extent.Value >= fewest;

    // Every access moves along memory with the letter, or not at all; what the first statement sums may be left out of account.
    private static bool IsUnitStride(IReadOnlyList<Statement> statements, Axis lane, bool inLead = true) =>
        statements.All(s => (s.At.Count == 0 || Strides.Along(s.Target, s.At, lane) is 0 or 1)
            && (inLead || s != statements[0] ? s.Reads : s.Value.Seed?.Reads ?? []).All(r => Strides.Along(r.Tensor, r.At, lane) is 0 or 1
                && (r.Tensor.Element != ElementKind.I32 || Strides.Along(r.Tensor, r.At, lane) == 0)));

    // To do an output twice would be wrong where it is read and replaced, or added to.
    private static bool IsInPlace(IReadOnlyList<Statement> statements)
    {
        var written = new HashSet<Tensor>();
        foreach (Statement statement in statements)
        {
            written.Add(statement.Target);
            if (statement.Store == Store.Accumulate || statement.Reads.Any(r => r.Tensor == statement.Target))
            {
                return true;
            }
        }

        return statements.Any(s => s.Reads.Any(r => written.Contains(r.Tensor) && !statements.TakeWhile(other => other != s).Any(other => other.Target == r.Tensor)));
    }

    private static bool IsProductAlong(Statement lead, Axis lane) =>
        lead.Value is { Kind: ReduceKind.Sum, Body: Binary { Op: BinaryOp.Multiply, Left: Read left, Right: Read right } }
        && Strides.Along(left.Tensor, left.At, lane) == 1 && Strides.Along(right.Tensor, right.At, lane) == 1;

    private static bool UsesIndices(IReadOnlyList<Statement> statements) =>
        statements.SelectMany(s => s.Value.Body.Nodes.Concat(s.Value.Seed?.Nodes ?? [])).Any(e => e is IndexValue);

    private static string WhyScalar(IReadOnlyList<Statement> statements)
    {
        IEnumerable<Axis> axes = statements[0].Free.Concat(statements[0].Value.Over).Where(a => a.Extent.IsConstant);
        Axis? narrow = axes.FirstOrDefault(a => !IsLongEnough(a));
        return narrow is null
            ? "Single values: no letter runs along memory in every operand."
            : string.Format(CultureInfo.InvariantCulture, "Single values: {0} runs to {1} only, less than a vector.", narrow.Letter, narrow.Extent);
    }
}
