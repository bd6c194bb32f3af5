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

    // A loop that has so many turns may have one more to compute in each.
    private const int WidthsOfLoop = 3;

    /// <summary>Where an overlapping register starts.</summary>
    public const string From = "from";

    /// <summary>Where a tile would start that does not overlap.</summary>
    public const string Start = "start";

    /// <summary>The end of an axis, as C#.</summary>
    public string End(Axis axis) => IsSplit(axis) ? RangeEnd : axis.Extent.IsConstant ? axis.Extent.Value.ToString(CultureInfo.InvariantCulture) : rows;

    /// <summary>The beginning of an axis, as C#.</summary>
    public string Begin(Axis axis) => IsSplit(axis) ? RangeBegin : "0";

    /// <summary>The length of an axis, as C#.</summary>
    public string Length(Axis axis) => IsSplit(axis) ? $"{RangeEnd} - {RangeBegin}" : End(axis);

    /// <summary>A number where there are many registers, and another where there are few, as C#.</summary>
    /// <param name="many">Where registers are many.</param>
    /// <param name="few">Where they are few.</param>
    /// <param name="isOperand">It is a part of a longer expression.</param>
    public static string ByRegisters(int many, int few, bool isOperand = false) =>
        string.Format(CultureInfo.InvariantCulture, many == few ? "{1}" : isOperand ? "({0} ? {1} : {2})" : "{0} ? {1} : {2}", ManyRegisters, many, few);

    /// <summary>One value after another, or so many at a time. An axis of extent 1 has no loop, where it is not to take more at a time.</summary>
    /// <param name="axis">The axis.</param>
    /// <param name="position">Where the other letters stand.</param>
    /// <param name="body">Writes the body.</param>
    /// <param name="step">How many at a time, as C#.</param>
    /// <param name="also">What is done beside counting.</param>
    public void Each(Axis axis, Position position, Action<Position> body, string step = "1", IEnumerable<string>? also = null)
    {
        if (axis.Extent == (Extent)1 && step == "1")
        {
            body(position.With(axis, null));
            return;
        }

        IEnumerable<string> moves = (also ?? []).Prepend(step == "1" ? axis.Letter + "++" : $"{axis.Letter} += {step}");
        writer.Open($"for (int {axis.Letter} = {Begin(axis)}; {axis.Letter} < {End(axis)}; {string.Join(", ", moves)})");
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

    /// <summary>Several values at once, then fewer of what is left, as far as the extent wants them.</summary>
    /// <param name="axis">The axis; null where there is none, and one value.</param>
    /// <param name="rowsAtOnce">How many at once, then how many, and so on; 1 at last.</param>
    /// <param name="position">Where the other letters stand.</param>
    /// <param name="body">Writes the body for a position and a number of rows.</param>
    public void Tiles(Axis? axis, IReadOnlyList<int> rowsAtOnce, Position position, Action<Position, int> body)
    {
        if (axis is null)
        {
            body(position, 1);
            return;
        }

        List<int> heights = Wanted(axis, rowsAtOnce);
        string letter = axis.Letter;
        bool isOne = heights.Count == 1;
        if (!isOne)
        {
            writer.Line($"int {letter} = {Begin(axis)};");
        }

        foreach (int height in heights)
        {
            string rows = height.ToString(CultureInfo.InvariantCulture);
            string condition = height == 1 || (isOne && axis.Extent.IsConstant) ? $"{letter} < {End(axis)}" : $"{letter} <= {End(axis)} - {rows}";
            writer.Open($"for ({(isOne ? $"int {letter} = {Begin(axis)}" : string.Empty)}; {condition}; {(height == 1 ? letter + "++" : $"{letter} += {rows}")})");
            body(position.With(axis, letter), height);
            writer.Close();
        }
    }

    /// <summary>Wide registers, several side by side, then what holds the rest: registers that overlap, or narrower ones and single values.</summary>
    /// <param name="axis">The axis that the lanes run along.</param>
    /// <param name="vectors">The most registers side by side.</param>
    /// <param name="overlaps">What is left is done by registers that overlap the ones before them.</param>
    /// <param name="position">Where the other letters stand.</param>
    /// <param name="body">Writes the body for a position and a number of registers.</param>
    /// <param name="ofNarrow">The most side by side where they are narrower than the widest; null for as many.</param>
    /// <param name="ofFew">The most side by side where registers are few; null for as many.</param>
    /// <param name="isInPlace">No output may be worked on twice: registers that overlap cost more than others.</param>
    public void Lanes(Axis axis, int vectors, bool overlaps, Position position, Action<Position, LanePass> body, int? ofNarrow = null, int? ofFew = null, bool isInPlace = false)
    {
        int? extent = axis.Extent.IsConstant ? axis.Extent.Value : null;
        IEnumerable<LanePass> passes = (overlaps ? Covering(extent!.Value, vectors, isInPlace) : Passes(extent, vectors))
            .Select((pass, i) => i == 0 && ofNarrow > vectors ? pass with { Count = ofNarrow.Value, CountOfWidest = vectors, CountOfFew = ofNarrow.Value } : pass)
            .Select(pass => pass.Count > ofFew ? pass with { CountOfFew = ofFew.Value } : pass);
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

    /// <summary>The loops of a sum along an axis: wide registers, narrow ones, and one that overlaps, or single values where there is one or the extent is not known.</summary>
    /// <param name="lane">The axis.</param>
    /// <param name="endsSingle">One value that is left is by itself.</param>
    public static IReadOnlyList<LanePass> SumPasses(Axis lane, bool endsSingle = false)
    {
        int? extent = lane.Extent.IsConstant ? lane.Extent.Value : null;
        return Passes(extent, 1)
            .Select(p => p.Register.IsVector || extent is null || (endsSingle && extent % Strategy.FewestLanes == 1) ? p : new LanePass(1, Register.Narrow, Overlaps: true))
            .ToArray();
    }

    /// <summary>
    /// Registers side by side as far as they go, then as few lanes as hold the rest: 8, or so many registers; they overlap what is before
    /// them, for another loop over all terms costs more than some columns twice. Where registers are narrower than the widest, what is left is no
    /// more, and the same loops do it.
    /// </summary>
    private static IEnumerable<LanePass> Covering(int extent, int vectors, bool isInPlace)
    {
        int width = vectors * Strategy.MostLanes;
        int rest = extent % width;
        if (2 * rest > width && extent >= WidthsOfLoop * width && !isInPlace)
        {
            // As many as before: the same loop. Of a short axis, each turn by itself is faster.
            yield return new LanePass(vectors, Register.Wide, true);
            yield break;
        }

        yield return new LanePass(vectors, Register.Wide, false);
        if (rest is > 0 and <= Strategy.MostLanes / 2)
        {
            yield return new LanePass(1, Register.Of(Strategy.MostLanes / 2), true);
        }
        else if (rest > 0)
        {
            int count = (rest + Strategy.MostLanes - 1) / Strategy.MostLanes;
            // Narrower registers may leave less than that behind the loop before.
            yield return new LanePass(count, Register.Wide, count * Strategy.MostLanes != rest || vectors % count != 0);
        }
    }

    /// <summary>The loops that an extent wants, one after the other.</summary>
    public static IReadOnlyList<LanePass> Passes(int? extent, int vectors)
    {
        var passes = new List<LanePass>();
        for (int count = vectors; count >= 1 && !(extent < Strategy.MostLanes); count /= 2)
        {
            bool isWhole = extent % (count * Strategy.MostLanes) == 0;
            passes.Add(new LanePass(count, Register.Wide, false));
            if (isWhole)
            {
                return passes;
            }
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

    /// <summary>Whether a method is given a range of an axis.</summary>
    public bool IsSplit(Axis axis) => split is not null && split.Splits(axis);
}
