using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>Writes the loops of a kernel whose lanes run across outputs: tiles of each height, and what comes before and between them.</summary>
/// <param name="kernel">The kernel.</param>
/// <param name="lanes">Its strategy.</param>
/// <param name="writer">The kernel's method.</param>
/// <param name="tileWriter">Behind it: the methods of tiles, where there are several.</param>
internal sealed class TileHeightsPrinter(Kernel kernel, LanesAcrossOutputs lanes, CodeWriter writer, CodeWriter tileWriter)
{
    // Where a run of tiles of one height begins and ends.
    private const string From = "from";
    private const string To = "to";

    private readonly int few = lanes.RowsInFewRegisters(lanes.Rows[0]);

    /// <summary>All tiles, for one value each of the letters around them.</summary>
    /// <param name="outer">Those letters.</param>
    public void Print(Position outer)
    {
        var loops = new Loops(writer, kernel.Rows, kernel.Split);
        if (lanes.Tile is not { } tile)
        {
            Columns(writer, loops, outer, [1]);
            return;
        }

        bool isAnyLength = !tile.Extent.IsConstant || loops.IsSplit(tile);
        IReadOnlyList<int> heights = isAnyLength ? TileHeights.OfAny(lanes.Rows[0], lanes.LowRows) : TileHeights.Of(tile.Extent.Value, (lanes.Rows[0], lanes.LowRows), (few, few));
        if (!isAnyLength && heights.Count == 1)
        {
            loops.Each(tile, outer, position => Columns(writer, loops, position, heights), Number(heights[0]));
        }
        else
        {
            Methods(loops, tile, outer, heights);
        }
    }

    // The tiles are a method of their own, for each height that is called: a method of all would have more locals than the JIT follows. A row or
    // two are others.
    private void Methods(Loops loops, Axis tile, Position outer, IReadOnlyList<int> heights)
    {
        string[] variables = [.. outer.Variables];
        IEnumerable<string> given = variables.Select(v => "int " + v);

        // The rows of a batch, where they are not what is tiled and no variable says which.
        string[] batch = tile.IsBatch || kernel.Split is { IsOfRows: true } ? [] : [kernel.Rows];
        int[] fewer = lanes.Rows.Where(r => !tile.Extent.IsConstant && r < TileHeights.Lowest).OrderBy(r => r).ToArray();
        Read? paneled = lanes.Paneled(kernel.Lead);
        if (variables.Length == 0 && OuterProducts.In(kernel, lanes) is { } product)
        {
            writer.Open($"if ({kernel.Rows} <= OuterProduct.MostSamples)");
            string[] numbers = [kernel.Rows, loops.Begin(tile), loops.End(tile), Number(tile.Extent.Value), Number(lanes.Lane.Extent.Value)];
            writer.Line($"OuterProduct.Add<Floats>({string.Join(", ", numbers.Concat(new[] { product.Column, product.Row, product.Matrix }.Select(t => "ref " + MathPrinter.Memory(t))))});");
            writer.Line("return;");
            writer.Close();
            writer.Separate();
        }

        if (paneled is null)
        {
            Runs();
        }
        else
        {
            new NearPrinter(writer, loops).Panels(paneled, lanes, Runs);
        }

        OpenMethod(NameOfTiles + "<Tile>", given.Concat(KernelPrinter.Parameters(kernel, [Loops.RangeBegin, Loops.RangeEnd, .. batch])).Concat(paneled is null ? [] : NearPrinter.PanelParameters), " where Tile : struct, ITile");
        var own = new Loops(tileWriter, kernel.Rows, new KernelSplit(tile, 1));
        var near = new NearPrinter(tileWriter, own);
        Read? far = variables.Length == 0 ? lanes.Far(kernel.Lead) : null;
        if (far is not null)
        {
            near.MakeRoom(far, lanes.Sum!);
        }

        own.Each(
            tile,
            outer,
            position =>
            {
                if (far is not null)
                {
                    near.CopyNear(far, lanes.Sum!, position);
                }

                Columns(tileWriter, own, position, heights, far, paneled, near);
            },
            "default(Tile).Rows");
        tileWriter.Close();

        foreach (int rows in fewer.Reverse())
        {
            OpenMethod(NameOf(rows), given.Concat(KernelPrinter.Parameters(kernel)));
            var few = new Loops(tileWriter, kernel.Rows, kernel.Split);
            few.Each(tile, outer, position => Columns(tileWriter, few, position, [rows]), Number(rows));
            tileWriter.Close();
        }

        // All rows, in runs of tiles of one height.
        void Runs()
        {
            writer.Open($"for (int {From} = {loops.Begin(tile)}, {To}; {From} < {loops.End(tile)}; {From} = {To})");
            writer.Open($"switch (TileRows.Next({From}, {loops.End(tile)}, {Loops.ByRegisters(lanes.Rows[0], few)}, {Loops.ByRegisters(lanes.LowRows, few)}, out {To}))");
            foreach (int rows in fewer)
            {
                Case(rows, NameOf(rows), variables.Concat(KernelPrinter.Arguments(kernel)));
            }

            foreach (int height in heights)
            {
                Case(
                    height,
                    $"{NameOfTiles}<{TypeOf(height)}>",
                    variables.Concat(KernelPrinter.Arguments(kernel, [From, To, .. batch])).Concat(paneled is null ? [] : NearPrinter.PanelArguments));
            }

            writer.Close();
            writer.Close();
        }

        void Case(int rows, string method, IEnumerable<string> arguments) => writer.Line($"case {Number(rows)}: {method}({string.Join(", ", arguments)}); break;");
    }

    private string NameOfTiles => kernel.Name + "Tiles";

    private string NameOf(int rows) => kernel.Name + "By" + Number(rows);

    private void OpenMethod(string name, IEnumerable<string> parameters, string constraints = "")
    {
        tileWriter.Separate();
        KernelPrinter.Open(kernel, tileWriter, "void", name, parameters, constraints);
    }

    // The columns of so many rows, or of a tile that is of one height or another.
    private void Columns(CodeWriter own, Loops loops, Position position, IReadOnlyList<int> heights, Read? far = null, Read? paneled = null, NearPrinter? near = null)
    {
        int rows = heights[heights.Count - 1];
        var tiles = new TilePrinter(kernel, own, loops);
        if (paneled is not null)
        {
            near!.PanelLanes(lanes, position, Tile);
        }
        else if (lanes.IsAtOnce)
        {
            Loops.AtOnce(lanes.Lane, position, Tile);
        }
        else
        {
            loops.Lanes(lanes.Lane, lanes.Vectors(rows), lanes.Overlaps, position, Tile, lanes.VectorsOfNarrow(rows), rows == 1 ? null : lanes.VectorsInFewRegisters(rows), lanes.IsInPlace);
        }

        void Tile(Position inner, LanePass pass) => tiles.Print(
            inner,
            new Tile(lanes.Tile, rows, lanes.Lane, pass.Count, pass.Register, pass.Overlaps, pass.Offsets)
            {
                Sum = lanes.Sum,
                Chains = heights.Count > 1 ? 1 : lanes.Chains(rows, pass.Count),
                IsByVector = pass.CountOfFew < pass.Count,
                Stages = heights.Count > 1 ? Stages(heights, pass) : Stages(rows, pass),
                TermsAhead = lanes.TermsAhead(rows),
                FloatsAhead = heights.Count > 1 && lanes.RowsNotAsking is { } none && heights.Contains(none) ? $"default(Tile) is {TypeOf(none)} ? 0 : {pass.Width}"
                    : lanes.AsksWithManyRegisters ? pass.Width : $"{Loops.ManyRegisters} ? 0 : {pass.Width}",
                Near = paneled ?? far,
            });
    }

    private static Stage[] Stages(IReadOnlyList<int> heights, LanePass pass) => heights.Select((height, i) => new Stage(
        height * pass.Count,
        i == 0 ? null : $"default(Tile).Rows > {Number(heights[i - 1])}",
        i == heights.Count - 1 ? null : $"default(Tile) is {TypeOf(height)}")).ToArray();

    private static Stage[] Stages(int rows, LanePass pass) => pass.CountOfFew < pass.Count
        ? [new Stage(rows * pass.CountOfFew), new Stage(rows * pass.Count, Loops.ManyRegisters)]
        : pass.CountOfWidest == pass.Count ? [new Stage(rows * pass.Count)]
        : [new Stage(rows * pass.CountOfWidest), new Stage(rows * pass.Count, Loops.NarrowRegisters)];

    private static string TypeOf(int rows) => "Rows" + Number(rows);

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
