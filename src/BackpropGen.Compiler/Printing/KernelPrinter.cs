using System;
using System.Collections.Generic;
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
        foreach (Statement statement in BatchSums.Joined(kernel))
        {
            bool isKept = kernel.Stored.Contains(statement.Target) || statement.Target.Element == ElementKind.F64;
            writer.Line($"// {MathPrinter.Statement(statement)}{(isKept ? string.Empty : "   in a register")}");
        }
    }

    /// <summary>What a kernel is passed.</summary>
    public static IEnumerable<string> Parameters(Kernel kernel) => Parameters(kernel, Range(kernel));

    /// <summary>The same with other numbers than the rows, or the range, that it has.</summary>
    public static IEnumerable<string> Parameters(Kernel kernel, IEnumerable<string> numbers) =>
        numbers.Select(r => "int " + r).Concat(kernel.Scalars.Select(s => "float " + s.Symbol))
            .Concat(kernel.Memory.Select(t => $"ref {(t.Element == ElementKind.I32 ? "int" : "float")} {MathPrinter.Memory(t)}"));

    // The rows, or the range of the axis of which each thread has one.
    private static string[] Range(Kernel kernel) => kernel.Split is not { } split ? [kernel.Rows]
        : split.IsOfRows ? [Loops.RangeBegin, Loops.RangeEnd]
        : [Loops.RangeBegin, Loops.RangeEnd, kernel.Rows];

    /// <summary>The same, as it is passed on.</summary>
    public static IEnumerable<string> Arguments(Kernel kernel) => Arguments(kernel, Range(kernel));

    /// <summary>The same with other numbers.</summary>
    public static IEnumerable<string> Arguments(Kernel kernel, IEnumerable<string> numbers) =>
        numbers.Concat(kernel.Scalars.Select(s => s.Symbol)).Concat(kernel.Memory.Select(t => "ref " + MathPrinter.Memory(t)));

    public static void Open(Kernel kernel, CodeWriter writer, string type, string name, IEnumerable<string> parameters, string constraints = "")
    {
        if (kernel.Strategy.IsVectorised)
        {
            writer.Line(Section.OnItsOwn);
        }

        writer.Open($"private static {type} {name}({string.Join(", ", parameters)}){constraints}");
    }

    private static void Body(Kernel kernel, CodeWriter writer, CodeWriter tileWriter, bool isTotal)
    {
        var loops = new Loops(writer, kernel.Rows, kernel.Split);
        var sums = new SumPrinter(kernel, writer, loops);
        IReadOnlyList<Axis> free = kernel.Lead.Free;
        if (kernel.Column is { } column)
        {
            NearPrinter.Column(writer, column);
        }

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
                loops.All(free.Where(a => !a.Equals(lanes.Tile) && !a.Equals(lanes.Rows)), new Position(), outer => Sums(lanes, sums, loops, outer));
                break;
            case LanesAcrossOutputs lanes:
                loops.All(free.Where(a => !a.Equals(lanes.Lane) && !a.Equals(lanes.Tile)), new Position(), outer => new TileHeightsPrinter(kernel, lanes, writer, tileWriter).Print(outer));
                break;
            case LanesDownColumn down:
                Column(kernel, down, writer, tileWriter, loops);
                break;
            default:
                loops.All(free, new Position(), position => new TilePrinter(kernel, writer, loops).Print(position, Tile.Single));
                break;
        }
    }

    // The sums one behind the other, then each in its place.
    private static void Column(Kernel kernel, LanesDownColumn column, CodeWriter writer, CodeWriter tileWriter, Loops loops)
    {
        Tensor sums = column.Product.Lead.Target;
        writer.Line($"Span<float> room = stackalloc float[{sums.SizePerSample}];");
        writer.Line($"ref float {MathPrinter.Memory(sums)} = ref MemoryMarshal.GetReference(room);");
        writer.Open();
        new TileHeightsPrinter(column.Product, (LanesAcrossOutputs)column.Product.Strategy, writer, tileWriter).Print(new Position());
        writer.Close();
        loops.Each(column.Rows, new Position(), row =>
        {
            var body = new KernelBody(writer, row, null, Register.Single);
            string value = body.Text(sums[column.Rows]);
            value = FoldPrinter.Seed(kernel) is { } seed ? $"{body.Print(seed)} + {value}" : value;
            if (kernel.Statements.Count > 1)
            {
                writer.Line(Register.Single.Declare(kernel.Lead.Target.Symbol, value));
                value = kernel.Lead.Target.Symbol;
            }

            body.Know(new Read(kernel.Lead.Target, kernel.Lead.At), value);
            body.Statements(kernel, value);
        });
    }

    private static void Sums(LanesAcrossSum lanes, SumPrinter sums, Loops loops, Position outer)
    {
        void Rows(Position position, Action<Position, int> body) => loops.Tiles(lanes.Rows, lanes.RowsAtOnce, position, body);
        void Columns(Position position, Action<Position, int> body) => loops.Tiles(lanes.Tile, [lanes.Columns, 1], position, body);
        if (lanes.ColumnsFirst)
        {
            Columns(outer, (position, columns) => Rows(position, (inner, rows) => sums.Print(inner, lanes, rows, columns)));
        }
        else
        {
            Rows(outer, (position, rows) => Columns(position, (inner, columns) => sums.Print(inner, lanes, rows, columns)));
        }
    }

    private static void Rows(Kernel kernel, RowByRow rows, CodeWriter writer, CodeWriter blockWriter, Loops loops)
    {
        string letter = rows.Row.Letter;
        if (rows.Blocks is not { } blocks)
        {
            loops.Each(rows.Row, new Position(), _ => Row(writer));
            return;
        }

        // A method of its own: few rows should not pay for its memory on the stack. So have the rows that fill no block: there may be none,
        // and a method that is not called is not compiled.
        string name = kernel.Name + "Blocks", nameOfRest = kernel.Name + "Rest";
        string begin = loops.Begin(rows.Row), end = loops.End(rows.Row);
        string[] rest = [letter, end, .. Arguments(kernel).Skip(Range(kernel).Length)];
        writer.Line($"int {letter} = {loops.Length(rows.Row)} >= Floats.Count ? {name}({string.Join(", ", Arguments(kernel))}) : {begin};");
        writer.Open($"if ({letter} < {end})");
        if (blocks.Product is { } product)
        {
            Rest(product, writer, letter, end);
        }

        writer.Line($"{nameOfRest}({string.Join(", ", rest)});");
        writer.Close();

        blockWriter.Separate();
        Open(kernel, blockWriter, "int", name, Parameters(kernel));
        new RowBlockPrinter(blocks, blockWriter, new Loops(blockWriter, kernel.Rows, kernel.Split), rows.Row).Print();
        blockWriter.Close();

        blockWriter.Separate();
        Open(kernel, blockWriter, "void", nameOfRest, [$"int {letter}", $"int {end}", .. Parameters(kernel).Skip(Range(kernel).Length)]);
        blockWriter.Open($"for (; {letter} < {end}; {letter}++)");
        Row(blockWriter);
        blockWriter.Close();
        blockWriter.Close();

        void Row(CodeWriter own)
        {
            var line = new LineValues();
            foreach (Kernel step in rows.Steps)
            {
                own.Separate();
                new LinePrinter(step, own, line, first: letter).Print();
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
        writer.Line($"{kernel.Name}({range}, {string.Join(", ", kernel.Memory.Select(t => "ref " + Memory(t)))});");
    }
}
