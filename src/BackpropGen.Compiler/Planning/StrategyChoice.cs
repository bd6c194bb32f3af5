using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>Chooses a kernel's strategy from letters, extents and strides; it knows no layer.</summary>
internal static class StrategyChoice
{
    // Registers for 4 sums of one vector each, what is multiplied, and some to spare.
    private const int TileRows = 4;

    // 6 × 2 sums, two vectors and a broadcast: 15 of the 16 registers that every machine with vectors has.
    private const int TallTileRows = 6;

    public static Strategy For(IReadOnlyList<Statement> statements, TargetCapabilities target)
    {
        Statement lead = statements[0];
        if (lead.Target.Element == ElementKind.I32)
        {
            return new ScalarLoops("Single values: the result is an index.");
        }

        if (IsFlat(statements))
        {
            string what = lead.Value.Kind == ReduceKind.None ? "Element by element" : "A sum of all elements";
            return new FlatLoop(target.HasVectors, what + ", over memory as it lies.");
        }

        if (!target.HasVectors)
        {
            return new ScalarLoops("Single values: this target has no vectors.");
        }

        return (Strategy?)AcrossOutputs(statements) ?? (Strategy?)AcrossSum(statements) ?? new ScalarLoops(WhyScalar(statements));
    }

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

    private static LanesAcrossOutputs? AcrossOutputs(IReadOnlyList<Statement> statements)
    {
        Statement lead = statements[0];
        if (lead.At.Count == 0 || lead.At[lead.At.Count - 1].Pure is not { } lane || !IsLongEnough(lane) || !IsUnitStride(statements, lane))
        {
            return null;
        }

        // Doing an output twice does no harm, unless it is added to, or read and replaced. A sum that is added to what is stored may be done
        // twice where both are read before either is written.
        bool isFold = lead.Value.Kind != ReduceKind.None;
        var written = new HashSet<Tensor>(statements.Select(s => s.Target));
        bool overlaps = lane.Extent.IsConstant && statements.All(s => s.Store == Store.Assign) && !lead.Reads.Any(r => written.Contains(r.Tensor));
        bool isAtOnce = lane.Extent is { IsConstant: true, Value: < Strategy.MostLanes }
            && (overlaps || lane.Extent.Value % Strategy.FewestLanes == 0 || (isFold && statements.Skip(1).All(s => s.Store == Store.Assign)));

        int vectors = isAtOnce ? (lane.Extent.Value + Strategy.FewestLanes - 1) / Strategy.FewestLanes
            : isFold && lane.Extent.IsConstant && lane.Extent.Value >= 2 * Strategy.MostLanes ? 2
            : 1;
        Axis? tile = isFold ? TileAxis(lead, lane) : null;
        bool isTall = vectors == 2 && !isAtOnce && tile is { Extent: var height } && !(height.IsConstant && height.Value < TallTileRows);
        int rows = tile is null ? 1 : isTall ? TallTileRows : TileRows;
        string reason = $"Lanes across {lane.Letter}: its neighbours lie side by side.";
        if (tile is not null)
        {
            reason += string.Format(
                CultureInfo.InvariantCulture,
                " Tiles of {0} rows of {1} × {2}: a load serves all of a tile.",
                rows,
                tile.Letter,
                vectors == 1 ? "a vector" : vectors + " vectors");
        }

        return new LanesAcrossOutputs(lane, tile, rows, vectors, overlaps, isAtOnce, reason);
    }

    private static LanesAcrossSum? AcrossSum(IReadOnlyList<Statement> statements)
    {
        Statement lead = statements[0];
        Axis? lane = lead.Value.Over.LastOrDefault(a => IsLongEnough(a) && IsUnitStride([lead], a));
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
        string reason = $"Lanes across the sum over {lane.Letter}: its terms lie side by side.";
        if (tile is not null)
        {
            reason += string.Format(CultureInfo.InvariantCulture, " {0} neighbours along {1} share a load{2}.", TileRows, tile.Letter, gathers ? ", and their sums end in one register" : string.Empty);
        }

        return new LanesAcrossSum(lane, tile, tile is null ? 1 : TileRows, rows, gathers, reason);
    }

    // The innermost free axis that some operand lacks: its rows share that operand's loads.
    private static Axis? TileAxis(Statement lead, Axis lane) => lead.Free.LastOrDefault(a =>
        !a.Equals(lane)
        && (!a.Extent.IsConstant || a.Extent.Value >= TileRows)
        && lead.Value.Body.Reads.Any(r => Strides.Along(r.Tensor, r.At, a) == 0 && Strides.Along(r.Tensor, r.At, lane) != 0));

    private static bool IsLongEnough(Axis axis) => !axis.Extent.IsConstant || axis.Extent.Value >= Strategy.FewestLanes;

    // Every access moves along memory with the letter, or not at all; what the first statement sums may be left out of account.
    private static bool IsUnitStride(IReadOnlyList<Statement> statements, Axis lane, bool inLead = true) =>
        statements.All(s => (s.At.Count == 0 || Strides.Along(s.Target, s.At, lane) is 0 or 1)
            && (inLead || s != statements[0] ? s.Reads : s.Value.Seed?.Reads ?? []).All(r => Strides.Along(r.Tensor, r.At, lane) is 0 or 1
                && (r.Tensor.Element != ElementKind.I32 || Strides.Along(r.Tensor, r.At, lane) == 0)));

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
