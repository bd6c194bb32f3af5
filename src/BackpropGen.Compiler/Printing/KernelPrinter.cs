using System;
using System.Collections.Generic;
using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>Writes a kernel as a method. It decides nothing: the strategy says how.</summary>
internal static class KernelPrinter
{
    /// <summary>The method, its formulas and the reason for its loops before it.</summary>
    public static void Print(Kernel kernel, CodeWriter writer)
    {
        foreach (Statement statement in kernel.Statements)
        {
            bool isKept = kernel.Stored.Contains(statement.Target) || statement.Target.Element == ElementKind.F64;
            writer.Line($"// {MathPrinter.Statement(statement)}{(isKept ? string.Empty : "   stays in a register")}");
        }

        bool isTotal = kernel.Lead.Target.Element == ElementKind.F64;
        writer.Line("// " + kernel.Strategy.Reason);
        if (kernel.Strategy.IsVectorised)
        {
            writer.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        }

        writer.Open($"private static {(isTotal ? "double" : "void")} {kernel.Name}({string.Join(", ", Parameters(kernel))})");
        Body(kernel, writer, isTotal);
        writer.Close();
    }

    /// <summary>What a kernel is passed.</summary>
    public static IEnumerable<string> Parameters(Kernel kernel) =>
        kernel.Scalars.Select(s => "float " + s.Symbol)
            .Prepend("int " + kernel.Rows)
            .Concat(kernel.Memory.Select(t => $"ref {(t.Element == ElementKind.I32 ? "int" : "float")} {MathPrinter.Memory(t)}"));

    private static void Body(Kernel kernel, CodeWriter writer, bool isTotal)
    {
        var loops = new Loops(writer, kernel.Rows);
        var tiles = new TilePrinter(kernel, writer, loops);
        var sums = new SumPrinter(kernel, writer, loops);
        IReadOnlyList<Axis> free = kernel.Lead.Free;
        switch (kernel.Strategy)
        {
            case FlatLoop flat:
                new FlatPrinter(kernel, writer).Print(flat.HasVectors);
                break;
            case LanesAcrossSum lanes when isTotal:
                sums.Total(lanes.Lane);
                break;
            case ScalarLoops when isTotal:
                sums.Total(null);
                break;
            case LanesAcrossSum lanes:
                Nest(loops, free.Where(a => !a.Equals(lanes.Tile)), lanes.Rows, 2, (position, rows) =>
                    Nest(loops, [], lanes.Tile, lanes.Columns, position, (inner, columns) => sums.Print(inner, lanes, rows, columns)));
                break;
            case LanesAcrossOutputs lanes:
                Nest(loops, free.Where(a => !a.Equals(lanes.Lane)), lanes.Tile, lanes.TileRows, (position, rows) =>
                {
                    void Print(Position inner, LanePass pass) =>
                        tiles.Print(inner, new Tile(lanes.Tile, rows, lanes.Lane, pass.Count, pass.Register, pass.Offsets));
                    if (lanes.IsAtOnce)
                    {
                        Loops.AtOnce(lanes.Lane, position, Print);
                    }
                    else
                    {
                        loops.Lanes(lanes.Lane, lanes.Vectors, lanes.Overlaps, position, Print);
                    }
                });
                break;
            default:
                loops.All(free, new Position(), position => tiles.Print(position, Tile.Single));
                break;
        }
    }

    // Loops over the free axes; the tiled one innermost, several rows at once.
    private static void Nest(Loops loops, IEnumerable<Axis> axes, Axis? tile, int tileRows, Action<Position, int> body) =>
        Nest(loops, axes, tile, tileRows, new Position(), body);

    private static void Nest(Loops loops, IEnumerable<Axis> axes, Axis? tile, int tileRows, Position origin, Action<Position, int> body) =>
        loops.All(axes.Where(a => !a.Equals(tile)), origin, position =>
        {
            if (tile is null)
            {
                body(position, 1);
            }
            else
            {
                loops.Tiles(tile, tileRows, position, body);
            }
        });
}
