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
                Nest(loops, free, lanes.Tile, lanes.TileRows, (position, rows) => sums.Print(position, lanes, rows));
                break;
            case LanesAcrossOutputs lanes:
                Nest(loops, free.Where(a => !a.Equals(lanes.Lane)), lanes.Tile, lanes.TileRows, (position, rows) =>
                    loops.Lanes(lanes.Lane, lanes.Vectors, position, (inner, vectors, register) => tiles.Print(inner, new Tile(lanes.Tile, rows, lanes.Lane, vectors, register))));
                break;
            default:
                loops.All(free, new Position(), position => tiles.Print(position, Tile.Single));
                break;
        }
    }

    // Loops over the free axes; the tiled one innermost, several rows at once.
    private static void Nest(Loops loops, IEnumerable<Axis> axes, Axis? tile, int tileRows, Action<Position, int> body) =>
        loops.All(axes.Where(a => !a.Equals(tile)), new Position(), position =>
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
