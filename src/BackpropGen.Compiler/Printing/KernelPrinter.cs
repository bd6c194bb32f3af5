using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>Writes a kernel as a method. It decides nothing: the strategy says how.</summary>
internal static class KernelPrinter
{
    /// <summary>The method, its formulas and the reason for its loops before it; behind it a method for each height of its tiles, where there are several.</summary>
    public static void Print(Kernel kernel, CodeWriter writer)
    {
        if (kernel.Strategy is not RowByRow)
        {
            Formulas(kernel, writer);
        }

        bool isTotal = kernel.Lead.Target.Element == ElementKind.F64;
        var tiles = new CodeWriter();
        writer.Line("// " + kernel.Strategy.Reason);
        Open(kernel, writer, isTotal ? "double" : "void", kernel.Name, Parameters(kernel));
        Body(kernel, writer, tiles, isTotal);
        writer.Close();
        writer.Lines(tiles.ToString());
    }

    /// <summary>What a kernel computes.</summary>
    public static void Formulas(Kernel kernel, CodeWriter writer)
    {
        foreach (Statement statement in kernel.Statements)
        {
            bool isKept = kernel.Stored.Contains(statement.Target) || statement.Target.Element == ElementKind.F64;
            writer.Line($"// {MathPrinter.Statement(statement)}{(isKept ? string.Empty : "   stays in a register")}");
        }
    }

    /// <summary>What a kernel is passed.</summary>
    public static IEnumerable<string> Parameters(Kernel kernel) =>
        Range(kernel).Select(r => "int " + r).Concat(kernel.Scalars.Select(s => "float " + s.Symbol))
            .Concat(kernel.Memory.Select(t => $"ref {(t.Element == ElementKind.I32 ? "int" : "float")} {MathPrinter.Memory(t)}"));

    // The rows, or the range of the axis of which each thread has one.
    private static string[] Range(Kernel kernel) => kernel.Split is not { } split ? [kernel.Rows]
        : split.IsOfRows ? [Loops.RangeBegin, Loops.RangeEnd]
        : [Loops.RangeBegin, Loops.RangeEnd, kernel.Rows];

    /// <summary>The same, as it is passed on.</summary>
    private static IEnumerable<string> Arguments(Kernel kernel) =>
        Range(kernel).Concat(kernel.Scalars.Select(s => s.Symbol)).Concat(kernel.Memory.Select(t => "ref " + MathPrinter.Memory(t)));

    private static void Open(Kernel kernel, CodeWriter writer, string type, string name, IEnumerable<string> parameters, string constraints = "")
    {
        if (kernel.Strategy.IsVectorised)
        {
            writer.Line("[MethodImpl(AggressiveOptimization)]");
        }

        writer.Open($"private static {type} {name}({string.Join(", ", parameters)}){constraints}");
    }

    private static void Body(Kernel kernel, CodeWriter writer, CodeWriter tileWriter, bool isTotal)
    {
        var loops = new Loops(writer, kernel.Rows, kernel.Split);
        var sums = new SumPrinter(kernel, writer, loops);
        IReadOnlyList<Axis> free = kernel.Lead.Free;
        switch (kernel.Strategy)
        {
            case FlatLoop flat:
                new FlatPrinter(kernel, writer).Print(flat.HasVectors);
                break;
            case RowByRow rows:
                Rows(kernel, rows, writer, tileWriter, loops);
                break;
            case AtLabels labels:
                sums.AtLabels(labels, new Position());
                break;
            case LanesAcrossSum lanes when isTotal:
                sums.Total(lanes.Lane);
                break;
            case ScalarLoops when isTotal:
                sums.Total(null);
                break;
            case LanesAcrossSum lanes:
                loops.All(free.Where(a => !a.Equals(lanes.Tile) && !a.Equals(lanes.Rows)), new Position(), outer =>
                    loops.Tiles(lanes.Rows, kernel.Packing is null ? [2, 1] : [1], outer, (position, rows) =>
                        loops.Tiles(lanes.Tile, [lanes.Columns, 1], position, (inner, columns) => sums.Print(inner, lanes, rows, columns))));
                break;
            case LanesAcrossOutputs lanes:
                loops.All(free.Where(a => !a.Equals(lanes.Lane) && !a.Equals(lanes.Tile)), new Position(), outer =>
                {
                    IReadOnlyList<int> heights = Loops.Heights(lanes.Tile, lanes.Rows, lanes.RowsInFewRegisters(lanes.Rows[0]));
                    if (lanes.OverlapsRows && lanes.Tile!.Extent.IsConstant)
                    {
                        heights = [heights[0]];
                    }

                    if (heights.Count == 1 && !HasShortTiles(kernel, lanes))
                    {
                        Tiles(kernel, lanes, writer, outer, heights);
                    }
                    else
                    {
                        Heights(kernel, lanes, writer, tileWriter, outer, heights);
                    }
                });
                break;
            default:
                loops.All(free, new Position(), position => new TilePrinter(kernel, writer, loops).Print(position, Tile.Single));
                break;
        }
    }

    private static void Rows(Kernel kernel, RowByRow rows, CodeWriter writer, CodeWriter blockWriter, Loops loops)
    {
        string letter = rows.Row.Letter;
        if (rows.Blocks is not { } blocks)
        {
            loops.Each(rows.Row, new Position(), _ => Row());
            return;
        }

        // A method of its own: few rows should not pay for its memory on the stack.
        string name = kernel.Name + "Blocks";
        string begin = loops.Begin(rows.Row);
        writer.Line($"int {letter} = {loops.Length(rows.Row)} >= Floats.Count ? {name}({string.Join(", ", Arguments(kernel))}) : {begin};");
        if (blocks.Product is { } product)
        {
            Rest(product, writer, letter, loops.End(rows.Row));
        }

        writer.Open($"for (; {letter} < {loops.End(rows.Row)}; {letter}++)");
        Row();
        writer.Close();
        blockWriter.Separate();
        Open(kernel, blockWriter, "int", name, Parameters(kernel));
        new RowBlockPrinter(blocks, blockWriter, new Loops(blockWriter, kernel.Rows, kernel.Split), rows.Row).Print();
        blockWriter.Close();

        void Row()
        {
            var line = new LineValues();
            foreach (Kernel step in rows.Steps)
            {
                writer.Separate();
                new LinePrinter(step, writer, line, letter).Print();
            }
        }
    }

    // A kernel for the rows from one on.
    private static void Rest(Kernel kernel, CodeWriter writer, string from, string end)
    {
        string Memory(Tensor tensor)
        {
            string memory = MathPrinter.Memory(tensor);
            return kernel.Split is null && tensor.HasBatch ? $"Unsafe.Add(ref {memory}, {Places.Times(from, tensor.SizePerSample)})" : memory;
        }

        string range = kernel.Split is null ? $"{end} - {from}" : $"{from}, {end}";
        writer.Open($"if ({from} < {end})");
        writer.Line($"{kernel.Name}({range}, {string.Join(", ", kernel.Memory.Select(t => "ref " + Memory(t)))});");
        writer.Close();
    }

    private static void Tiles(Kernel kernel, LanesAcrossOutputs lanes, CodeWriter writer, Position outer, IReadOnlyList<int> heights, bool isCounting = false)
    {
        var loops = new Loops(writer, kernel.Rows, kernel.Split);
        var tiles = new TilePrinter(kernel, writer, loops);
        int few = lanes.RowsInFewRegisters(heights[0]);
        bool hasShort = heights[0] == lanes.Rows[0] && HasShortTiles(kernel, lanes);
        bool hasDoneRows = lanes.OverlapsRows && kernel.InPlace.Count > 0 && !Loops.IsWhole(lanes.Tile!, heights[0], few);
        Read? far = heights[0] == lanes.Rows[0] && !outer.Variables.Any() ? lanes.Far(kernel.Lead) : null;
        if (far is not null)
        {
            tiles.MakeRoom();
        }

        if (hasShort && lanes.Paneled(kernel.Lead) is { } paneled)
        {
            loops.OverlappingTiles(lanes.Tile!, heights[0], few, outer, (position, rows) =>
                tiles.PanelLanes(lanes, position, (inner, pass) => Tile(inner, pass, rows, paneled)), hasShort);
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
                tiles.CopyNear(near, lanes.Sum!, position);
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
    private static void TallAndShort(LanesAcrossOutputs lanes, IReadOnlyList<int> heights, string? condition, CodeWriter writer, Action<Action> panels, Func<string, string[], string> call)
    {
        const string Rest = "rest";
        if (condition is not null)
        {
            writer.Open($"if ({condition})");
        }

        string tall = Loops.ByRegisters(heights[0], lanes.RowsInFewRegisters(heights[0]));
        writer.Line($"int {Rest} = TileRows.Rest({Loops.RangeBegin}, {Loops.RangeEnd}, {tall});");
        panels(() =>
        {
            writer.Line(call("TallTile", [Loops.RangeBegin, Rest]));

            // A method that is not called is not compiled.
            writer.Open($"if ({Rest} < {Loops.RangeEnd})");
            writer.Line(call("ShortTile", [Rest, Loops.RangeEnd]));
            writer.Close();
        });
        if (condition is not null)
        {
            writer.End();
        }
    }

    // A thread has a range of the rows, and so has each height of tiles.
    private static bool HasShortTiles(Kernel kernel, LanesAcrossOutputs lanes) => lanes.HasShortTiles && kernel.Split is { IsOfRows: true };

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
                yield return (rows * pass.Count, $"{Loops.TallTiles} && {Loops.ManyRegisters}");
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
    private static void Heights(Kernel kernel, LanesAcrossOutputs lanes, CodeWriter writer, CodeWriter tileWriter, Position outer, IReadOnlyList<int> heights)
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

            bool hasShort = i == 0 && HasShortTiles(kernel, lanes);
            IEnumerable<string> parameters = Parameters(kernel);
            string call = $"{name}({string.Join(", ", variables.Concat(Arguments(kernel)))});";
            bool returns = !lanes.OverlapsRows && heights[i] > 1;
            string condition = lanes.OverlapsRows ? $"{loops.Length(lanes.Tile)} >= {height}" : heights[i] == 1 ? $"{letter} < {end}" : $"{letter} <= {end} - {height}";
            if (hasShort)
            {
                string? enough = i == heights.Count - 1 ? null : $"{loops.Length(lanes.Tile)} >= {LanesAcrossOutputs.ShortRows}";
                Read? paneled = lanes.Paneled(kernel.Lead);
                parameters = paneled is null ? Parameters(kernel) : Parameters(kernel).Concat(TilePrinter.PanelParameters);
                string[] arguments = [.. Arguments(kernel).Skip(2), .. paneled is null ? [] : TilePrinter.PanelArguments];
                Action<Action> panels = paneled is null ? calls => calls() : calls => new TilePrinter(kernel, writer, loops).Panels(paneled, lanes, calls);
                TallAndShort(lanes, heights, enough, writer, panels, (tile, range) => $"{name}<{tile}>({string.Join(", ", [.. variables, .. range, .. arguments])});");
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
            Open(kernel, tileWriter, returns ? "int" : "void", hasShort ? name + "<Tile>" : name, variables.Select(v => "int " + v).Concat(parameters), hasShort ? " where Tile : struct, ITile" : string.Empty);
            Tiles(kernel, lanes, tileWriter, outer, [heights[i]], isCounting: true);
            if (returns)
            {
                tileWriter.Separate();
                tileWriter.Line($"return {letter};");
            }

            tileWriter.Close();
        }
    }
}
