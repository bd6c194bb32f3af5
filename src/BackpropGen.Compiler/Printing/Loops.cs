using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>Writes loops over an axis. An axis of extent 1 needs none.</summary>
internal sealed class Loops(CodeWriter writer, string rows, KernelSplit? split = null)
{
    /// <summary>Where the range of a split axis begins.</summary>
    public const string RangeBegin = "begin";

    /// <summary>Where it ends.</summary>
    public const string RangeEnd = "end";

    /// <summary>Whether registers are narrower than the widest, as C#: a constant to the JIT.</summary>
    public static readonly string NarrowRegisters = string.Format(CultureInfo.InvariantCulture, "Floats.Count < {0}", Strategy.MostLanes);

    /// <summary>Whether the machine has 32 registers, not 16, as C#: a constant to the JIT.</summary>
    public const string ManyRegisters = "Floats.HasManyRegisters";

    /// <summary>Whether a method is not the one of short tiles, as C#. The JIT does not even read what does not hold of a type.</summary>
    public const string TallTiles = "typeof(Tile) != typeof(Rows4)";

    /// <summary>Whether a method is the one of tiles as tall as many registers allow, as C#.</summary>
    public const string TallestTiles = "typeof(Tile) == typeof(Rows8)";

    /// <summary>Where an overlapping register starts.</summary>
    public const string From = "from";

    /// <summary>Where a tile would start that does not overlap.</summary>
    public const string Start = "start";

    private const string TileHeight = "height";

    /// <summary>The end of an axis, as C#.</summary>
    public string End(Axis axis) => IsSplit(axis) ? RangeEnd : axis.Extent.IsConstant ? axis.Extent.Value.ToString(CultureInfo.InvariantCulture) : rows;

    /// <summary>The beginning of an axis, as C#.</summary>
    public string Begin(Axis axis) => IsSplit(axis) ? RangeBegin : "0";

    /// <summary>The length of an axis, as C#.</summary>
    public string Length(Axis axis) => IsSplit(axis) ? $"{RangeEnd} - {RangeBegin}" : End(axis);

    /// <summary>A number where there are many registers, and another where there are few, as C#.</summary>
    public static string ByRegisters(int many, int few) =>
        string.Format(CultureInfo.InvariantCulture, many == few ? "{1}" : "{0} ? {1} : {2}", ManyRegisters, many, few);

    /// <summary>One value after another.</summary>
    public void Each(Axis axis, Position position, Action<Position> body)
    {
        if (axis.Extent == (Extent)1)
        {
            body(position.With(axis, null));
            return;
        }

        writer.Open($"for (int {axis.Letter} = {Begin(axis)}; {axis.Letter} < {End(axis)}; {axis.Letter}++)");
        body(position.With(axis, axis.Letter));
        writer.Close();
    }

    /// <summary>All values of several axes, the last innermost.</summary>
    public void All(IEnumerable<Axis> axes, Position position, Action<Position> body)
    {
        Axis? first = axes.FirstOrDefault();
        if (first is null)
        {
            body(position);
        }
        else
        {
            Each(first, position, inner => All(axes.Skip(1).ToArray(), inner, body));
        }
    }

    /// <summary>The heights of tiles that an axis wants.</summary>
    /// <param name="axis">The axis; null for a single row.</param>
    /// <param name="rowsAtOnce">How many at once, then how many of what is left, and so on; 1 at last.</param>
    /// <param name="few">How many of the first where there are few registers; null for all.</param>
    public static IReadOnlyList<int> Heights(Axis? axis, IReadOnlyList<int> rowsAtOnce, int? few = null)
    {
        if (axis is null)
        {
            return [1];
        }

        IEnumerable<int> heights = Wanted(axis, rowsAtOnce);
        if (few is { } fewer && fewer < rowsAtOnce[0])
        {
            // Whatever either leaves.
            heights = heights.Concat(Wanted(axis, [fewer, .. rowsAtOnce.Skip(1)]).Where(h => h != fewer)).Distinct().OrderByDescending(h => h);
        }

        return heights.ToArray();
    }

    /// <summary>Whether tiles fill an axis with and without many registers, so that none overlaps another.</summary>
    public static bool IsWhole(Axis axis, int height, int few, bool hasShort) => height == 1 || (axis.Extent.IsConstant
        && (hasShort ? axis.Extent.Value % LanesAcrossOutputs.ShortRows == 0 : axis.Extent.Value % height == 0 && axis.Extent.Value % few == 0));

    /// <summary>Several values at once; the last of them overlap the ones before.</summary>
    /// <param name="axis">The axis: as long as a tile, or longer.</param>
    /// <param name="height">How many at once.</param>
    /// <param name="few">How many of them where there are few registers.</param>
    /// <param name="position">Where the other letters stand.</param>
    /// <param name="body">Writes the body for a position and a number of rows.</param>
    /// <param name="hasShort">The method may be the one of short tiles.</param>
    public void OverlappingTiles(Axis axis, int height, int few, Position position, Action<Position, int> body, bool hasShort = false)
    {
        string rows = Height(height, few, hasShort);
        bool isWhole = IsWhole(axis, height, few, hasShort);
        string counter = isWhole ? axis.Letter : Start;
        writer.Open($"for (int {counter} = {Begin(axis)}; {counter} < {End(axis)}; {(height == 1 ? counter + "++" : $"{counter} += {rows}")})");
        if (!isWhole)
        {
            writer.Line($"int {axis.Letter} = Math.Min({Start}, {End(axis)} - {rows}); // the last overlaps the one before");
        }

        body(position.With(axis, axis.Letter), height);
        writer.Close();
    }

    /// <summary>Several values at once, then fewer of what is left, as far as the extent wants them.</summary>
    /// <param name="axis">The axis; null where there is none, and one value.</param>
    /// <param name="rowsAtOnce">How many at once, then how many, and so on; 1 at last.</param>
    /// <param name="position">Where the other letters stand.</param>
    /// <param name="body">Writes the body for a position and a number of rows.</param>
    /// <param name="isCounting">The axis' letter is a variable already.</param>
    /// <param name="few">How many of the first where there are few registers; null for all.</param>
    public void Tiles(Axis? axis, IReadOnlyList<int> rowsAtOnce, Position position, Action<Position, int> body, bool isCounting = false, int? few = null)
    {
        if (axis is null)
        {
            body(position, 1);
            return;
        }

        IReadOnlyList<int> heights = isCounting ? rowsAtOnce : Heights(axis, rowsAtOnce, few);
        string letter = axis.Letter;
        bool isOne = heights.Count == 1 && !isCounting;
        if (!isOne && !isCounting)
        {
            writer.Line($"int {letter} = {Begin(axis)};");
        }

        foreach (int height in heights)
        {
            string rows = Height(height, height == heights[0] ? few ?? height : height);
            string condition = height == 1 || (isOne && axis.Extent.IsConstant) ? $"{letter} < {End(axis)}" : $"{letter} <= {End(axis)} - {rows}";
            writer.Open($"for ({(isOne ? $"int {letter} = {Begin(axis)}" : string.Empty)}; {condition}; {(height == 1 ? letter + "++" : $"{letter} += {rows}")})");
            body(position.With(axis, letter), height);
            writer.Close();
        }
    }

    /// <summary>Wide registers, several side by side; then what is left: one by one, in narrow ones, and singly, as far as the extent wants them.</summary>
    /// <param name="axis">The axis that the lanes run along.</param>
    /// <param name="vectors">The most registers side by side.</param>
    /// <param name="overlaps">What is left is done by one register more, which overlaps the one before it.</param>
    /// <param name="position">Where the other letters stand.</param>
    /// <param name="body">Writes the body for a position and a number of registers.</param>
    /// <param name="ofNarrow">The most side by side where they are narrower than the widest; null for as many.</param>
    public void Lanes(Axis axis, int vectors, bool overlaps, Position position, Action<Position, LanePass> body, int? ofNarrow = null)
    {
        int? extent = axis.Extent.IsConstant ? axis.Extent.Value : null;
        IEnumerable<LanePass> passes = (overlaps && vectors <= 2 ? Covering(extent!.Value, vectors) : Passes(extent, vectors, overlaps))
            .Select((pass, i) => i == 0 && ofNarrow > vectors ? pass with { Count = ofNarrow.Value, CountOfWidest = vectors } : pass);
        Lanes(axis, passes.ToArray(), position, body);
    }

    /// <summary>All of a short axis at once: every register has its place, and the last overlaps the one before it.</summary>
    public static void AtOnce(Axis axis, Position position, Action<Position, LanePass> body)
    {
        IReadOnlyList<int> offsets = LanesAcrossOutputs.Places(axis.Extent.Value);
        body(position.With(axis, null), new LanePass(offsets.Count, Register.Of(LanesAcrossOutputs.Width(axis.Extent.Value)), false, offsets));
    }

    /// <summary>The same with loops of one's own choice.</summary>
    public void Lanes(Axis axis, IReadOnlyList<LanePass> passes, Position position, Action<Position, LanePass> body) =>
        Lanes(axis.Letter, End(axis), passes, pass => body(position.With(axis, pass.Overlaps ? From : axis.Letter), pass));

    /// <summary>The loops of a sum along an axis: wide registers, narrow ones, and one that overlaps, or single values where the extent is not known.</summary>
    public static IReadOnlyList<LanePass> SumPasses(Axis lane)
    {
        int? extent = lane.Extent.IsConstant ? lane.Extent.Value : null;
        return Passes(extent, 1, overlaps: false)
            .Select(p => p.Register.IsVector || extent is null ? p : new LanePass(1, Register.Narrow, Overlaps: true))
            .ToArray();
    }

    /// <summary>
    /// Registers, singly or in pairs, as far as they go, then as few lanes as hold the rest: 8, a register, or a pair; they overlap what is before
    /// them. Where registers are narrower than the widest, what is left is no more, and the same loops do it.
    /// </summary>
    private static IEnumerable<LanePass> Covering(int extent, int vectors)
    {
        int rest = extent % (vectors * Strategy.MostLanes);
        if (extent > rest)
        {
            yield return new LanePass(vectors, Register.Wide, false);
        }

        if (rest > 0)
        {
            yield return rest <= Strategy.MostLanes / 2
                ? new LanePass(1, Register.Of(Strategy.MostLanes / 2), true)
                : new LanePass(rest <= Strategy.MostLanes ? 1 : vectors, Register.Wide, rest != Strategy.MostLanes);
        }
    }

    /// <summary>The loops that an extent wants, one after the other. Where registers overlap, it is at least as long as the widest.</summary>
    public static IReadOnlyList<LanePass> Passes(int? extent, int vectors, bool overlaps)
    {
        var passes = new List<LanePass>();
        for (int count = vectors; count >= 1 && !(extent < Strategy.MostLanes); count /= 2)
        {
            bool isWhole = extent % (count * Strategy.MostLanes) == 0;
            passes.Add(new LanePass(count, Register.Wide, overlaps && count == 1 && !isWhole));
            if (isWhole)
            {
                return passes;
            }
        }

        if (overlaps)
        {
            return passes;
        }

        passes.Add(new LanePass(1, Register.Narrow, false));
        if (extent is null || extent % Strategy.FewestLanes != 0)
        {
            passes.Add(new LanePass(1, Register.Single, false));
        }

        return passes;
    }

    /// <summary>The same along anything that is counted.</summary>
    /// <param name="variable">The variable that counts.</param>
    /// <param name="end">How far, as C#.</param>
    /// <param name="passes">The loops.</param>
    /// <param name="body">Writes the body of a loop.</param>
    /// <param name="begin">From where, as C#.</param>
    public void Lanes(string variable, string end, IReadOnlyList<LanePass> passes, Action<LanePass> body, string begin = "0")
    {
        bool isOne = passes.Count == 1;
        if (!isOne)
        {
            writer.Line($"int {variable} = {begin};");
        }

        foreach (LanePass pass in passes)
        {
            string width = pass.Width;
            string condition = isOne || pass.Overlaps || !pass.Register.IsVector ? $"{variable} < {end}" : $"{variable} <= {end} - {width}";
            string step = pass.Register.IsVector ? $"{variable} += {width}" : $"{variable}++";
            writer.Open($"for ({(isOne ? $"int {variable} = {begin}" : string.Empty)}; {condition}; {step})");
            if (pass.Overlaps)
            {
                writer.Line($"int {From} = Math.Min({variable}, {end} - {width}); // the last overlaps the one before");
            }

            body(pass);
            writer.Close();
        }
    }

    // So many rows at once, then so many of what is left, and so on.
    private static List<int> Wanted(Axis axis, IReadOnlyList<int> rowsAtOnce)
    {
        int? left = axis.Extent.IsConstant ? axis.Extent.Value : null;
        var heights = new List<int>();
        foreach (int rows in rowsAtOnce.Where(p => left is null || left >= p))
        {
            if (left is null or > 0)
            {
                heights.Add(rows);
                left %= rows;
            }
        }

        return heights;
    }

    // A number, or a variable that holds it.
    private string Height(int height, int few, bool hasShort = false)
    {
        if (few >= height && !hasShort)
        {
            return height.ToString(CultureInfo.InvariantCulture);
        }

        writer.Line($"int {TileHeight} = {(hasShort ? "default(Tile).Rows" : ByRegisters(height, few))};");
        return TileHeight;
    }

    /// <summary>Whether a method is given a range of an axis.</summary>
    public bool IsSplit(Axis axis) => split is not null && split.Splits(axis);
}
