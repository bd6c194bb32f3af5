using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>Writes the loops of a kernel whose lanes run across outputs: tiles of each height, and what comes before and between them.</summary>
/// <param name="kernel">The kernel.</param>
/// <param name="lanes">Its strategy.</param>
/// <param name="writer">The kernel's method.</param>
/// <param name="tileWriter">Behind it: a method for each height, where there are several.</param>
internal sealed class TileHeightsPrinter(Kernel kernel, LanesAcrossOutputs lanes, CodeWriter writer, CodeWriter tileWriter)
{
    /// <summary>All tiles, for one value each of the letters around them.</summary>
    /// <param name="outer">Those letters.</param>
    public void Print(Position outer)
    {
        IReadOnlyList<int> heights = Loops.Heights(lanes.Tile, lanes.Rows, lanes.RowsInFewRegisters(lanes.Rows[0]));
        if (lanes.OverlapsRows && lanes.Tile!.Extent.IsConstant)
        {
            heights = [heights[0]];
        }

        if (heights.Count == 1 && !HasShortTiles(heights[0]))
        {
            Tiles(writer, outer, heights);
        }
        else
        {
            Heights(outer, heights);
        }
    }

    private void Tiles(CodeWriter own, Position outer, IReadOnlyList<int> heights, bool isCounting = false)
    {
        bool hasShort = HasShortTiles(heights[0]);
        var loops = new Loops(own, kernel.Rows, hasShort ? Ranged.Split : kernel.Split);
        var tiles = new TilePrinter(kernel, own, loops);
        var copies = new NearPrinter(own, loops);
        int few = lanes.RowsInFewRegisters(heights[0]);
        bool hasDoneRows = lanes.OverlapsRows && kernel.InPlace.Count > 0 && !Loops.IsWhole(lanes.Tile!, heights[0], few, hasShort);
        Read? far = heights[0] == lanes.Rows[0] && !outer.Variables.Any() ? lanes.Far(kernel.Lead) : null;
        if (far is not null)
        {
            copies.MakeRoom();
        }

        if (hasShort && lanes.Paneled(kernel.Lead) is { } paneled)
        {
            loops.OverlappingTiles(lanes.Tile!, heights[0], few, outer, (position, rows) =>
                copies.PanelLanes(lanes, position, (inner, pass) => Tile(inner, pass, rows, paneled)), hasShort);
        }
        else if (lanes.OverlapsRows)
        {
            loops.OverlappingTiles(lanes.Tile!, heights[0], few, outer, Row, hasShort);
        }
        else
        {
            loops.Tiles(lanes.Tile, heights, outer, Row, isCounting, few);
        }

        void Row(Position position, int rows)
        {
            Read? near = rows == heights[0] ? far : null;
            if (near is not null)
            {
                copies.CopyNear(near, lanes.Sum!, position, hasShort ? "Tile" : "Rows6");
            }

            void Print(Position inner, LanePass pass) => Tile(inner, pass, rows, near);
            if (lanes.IsAtOnce)
            {
                Loops.AtOnce(lanes.Lane, position, Print);
            }
            else
            {
                loops.Lanes(lanes.Lane, lanes.Vectors(rows), lanes.Overlaps, position, Print, lanes.VectorsOfNarrow(rows));
            }
        }

        void Tile(Position inner, LanePass pass, int rows, Read? near) => tiles.Print(
            inner,
            new Tile(lanes.Tile, rows, lanes.Lane, pass.Count, pass.Register, pass.Overlaps, pass.Offsets)
            {
                Sum = lanes.Sum,
                Chains = lanes.Chains(rows, pass.Count),
                Stages = Stages(rows, pass, few, hasShort).ToArray(),
                HasDoneRows = hasDoneRows,
                TermsAhead = lanes.TermsAhead(rows),
                FloatsAhead = lanes.AsksWithManyRegisters ? pass.Width : $"{Loops.ManyRegisters} ? 0 : {pass.Width}",
                Near = near,
            });
    }

    // Tall tiles as far as they go, then short ones.
    private void TallAndShort(Loops loops, string? condition, Action<Action> panels, Func<string, string[], string> call)
    {
        const string Rest = "rest";
        string begin = loops.Begin(lanes.Tile!), end = loops.End(lanes.Tile!);
        int tall = lanes.Rows[0], few = lanes.RowsInFewRegisters(tall);
        if (condition is not null)
        {
            writer.Open($"if ({condition})");
        }

        writer.Line($"int {Rest} = TileRows.Rest({begin}, {end}, {Loops.ByRegisters(tall, few)});");
        panels(() =>
        {
            string[] range = [begin, Rest];
            if (few == tall)
            {
                writer.Line(call(TypeOf(tall), range));
            }
            else
            {
                // A method that is not called is not compiled.
                writer.Open($"if ({Loops.ManyRegisters})");
                writer.Line(call(TypeOf(tall), range));
                writer.End();
                writer.Open("else");
                writer.Line(call(TypeOf(few), range));
                writer.Close();
            }

            writer.Open($"if ({Rest} < {end})");
            writer.Line(call(TypeOf(LanesAcrossOutputs.ShortRows), [Rest, end]));
            writer.Close();
        });
        if (condition is not null)
        {
            writer.End();
        }
    }

    private static string TypeOf(int rows) => "Rows" + rows.ToString(CultureInfo.InvariantCulture);

    // Each height of tiles has a range of the rows, as each thread has where there are several.
    private bool HasShortTiles(int height) => lanes.HasShortTiles && height == lanes.Rows[0] && (kernel.Split is null || kernel.Split.Splits(lanes.Tile));

    private Kernel Ranged => kernel.Split is null ? kernel with { Split = new KernelSplit(lanes.Tile!, 1) } : kernel;

    private static IEnumerable<(int Outputs, string? When)> Stages(int rows, LanePass pass, int few, bool hasShort)
    {
        if (hasShort)
        {
            yield return (LanesAcrossOutputs.ShortRows * pass.Count, null);
            if (few > LanesAcrossOutputs.ShortRows)
            {
                yield return (few * pass.Count, Loops.TallTiles);
            }

            if (few < rows)
            {
                yield return (rows * pass.Count, Loops.TallestTiles);
            }

            yield break;
        }

        yield return (few * pass.CountOfWidest, null);
        if (pass.CountOfWidest < pass.Count)
        {
            yield return (rows * pass.Count, Loops.NarrowRegisters);
        }
        else if (few < rows)
        {
            yield return (rows * pass.Count, Loops.ManyRegisters);
        }
    }

    // Tiles of each height are a method of their own: a method of all would have more locals than the JIT follows.
    private void Heights(Position outer, IReadOnlyList<int> heights)
    {
        string letter = lanes.Tile!.Letter;
        string[] variables = [.. outer.Variables, .. lanes.OverlapsRows ? Array.Empty<string>() : [letter]];
        var loops = new Loops(writer, kernel.Rows, kernel.Split);
        string end = loops.End(lanes.Tile);
        if (!lanes.OverlapsRows)
        {
            writer.Line($"int {letter} = {loops.Begin(lanes.Tile)};");
        }

        for (int i = 0; i < heights.Count; i++)
        {
            string height = heights[i].ToString(CultureInfo.InvariantCulture);
            string name = $"{kernel.Name}By{height}";

            bool hasShort = HasShortTiles(heights[i]);
            IEnumerable<string> parameters = KernelPrinter.Parameters(hasShort ? Ranged : kernel);
            string call = $"{name}({string.Join(", ", variables.Concat(KernelPrinter.Arguments(kernel)))});";
            bool returns = !lanes.OverlapsRows && heights[i] > 1;
            string condition = lanes.OverlapsRows ? $"{loops.Length(lanes.Tile)} >= {height}" : heights[i] == 1 ? $"{letter} < {end}" : $"{letter} <= {end} - {height}";
            if (hasShort)
            {
                string? enough = i == heights.Count - 1 ? null : $"{loops.Length(lanes.Tile)} >= {LanesAcrossOutputs.ShortRows}";
                Read? paneled = lanes.Paneled(kernel.Lead);
                parameters = paneled is null ? parameters : parameters.Concat(NearPrinter.PanelParameters);
                string[] arguments = [.. KernelPrinter.Arguments(Ranged).Skip(2), .. paneled is null ? [] : NearPrinter.PanelArguments];
                Action<Action> panels = paneled is null ? calls => calls() : calls => new NearPrinter(writer, loops).Panels(paneled, lanes, calls);
                TallAndShort(loops, enough, panels, (tile, range) => $"{name}<{tile}>({string.Join(", ", [.. variables, .. range, .. arguments])});");
            }
            else if (i == 0 && returns && lanes.RowsInFewRegisters(heights[0]) < heights[0])
            {
                // A thread's range may hold a tile of few registers and none of many: its loop knows.
                writer.Line($"{letter} = {call}");
            }
            else
            {
                writer.Open(lanes.OverlapsRows && i == heights.Count - 1 ? "else" : $"{(lanes.OverlapsRows && i > 0 ? "else " : string.Empty)}if ({condition})");
                writer.Line(returns ? $"{letter} = {call}" : call);
                if (lanes.OverlapsRows && i < heights.Count - 1)
                {
                    writer.End();
                }
                else
                {
                    writer.Close();
                }
            }

            tileWriter.Separate();
            KernelPrinter.Open(kernel, tileWriter, returns ? "int" : "void", hasShort ? name + "<Tile>" : name, variables.Select(v => "int " + v).Concat(parameters), hasShort ? " where Tile : struct, ITile" : string.Empty);
            Tiles(tileWriter, outer, [heights[i]], isCounting: true);
            if (returns)
            {
                tileWriter.Separate();
                tileWriter.Line($"return {letter};");
            }

            tileWriter.Close();
        }
    }
}
