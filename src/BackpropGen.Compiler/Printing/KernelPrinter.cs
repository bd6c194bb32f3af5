using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>Writes a kernel as a method. It decides nothing: the strategy says how.</summary>
internal sealed class KernelPrinter
{
    private readonly Kernel kernel;
    private readonly CodeWriter writer;
    private readonly Loops loops;

    private KernelPrinter(Kernel kernel, CodeWriter writer)
    {
        this.kernel = kernel;
        this.writer = writer;
        loops = new Loops(writer);
    }

    private Statement Lead => kernel.Lead;

    private bool IsTotal => Lead.Target.Element == ElementKind.F64;

    /// <summary>The method, its formulas and the reason for its loops before it.</summary>
    public static void Print(Kernel kernel, CodeWriter writer) => new KernelPrinter(kernel, writer).Print();

    /// <summary>What a kernel is passed.</summary>
    public static IEnumerable<string> Parameters(Kernel kernel) =>
        kernel.Scalars.Select(s => "float " + s.Symbol)
            .Prepend("int rows")
            .Concat(kernel.Memory.Select(t => $"ref {(t.Element == ElementKind.I32 ? "int" : "float")} {MathPrinter.Matrix(t)}"));

    private void Print()
    {
        foreach (Statement statement in kernel.Statements)
        {
            writer.Line("// " + MathPrinter.Statement(statement));
        }

        writer.Line("// " + kernel.Strategy.Reason);
        writer.Open($"private static {(IsTotal ? "double" : "void")} {kernel.Name}({string.Join(", ", Parameters(kernel))})");
        switch (kernel.Strategy)
        {
            case FlatLoop flat when IsTotal:
                FlatSum(flat);
                break;
            case FlatLoop flat:
                Flat(flat);
                break;
            case LanesAcrossOutputs lanes:
                Nest(Lead.Free.Where(a => !a.Equals(lanes.Lane)), lanes.Tile, lanes.TileRows, new Position(), (position, rows) =>
                    loops.Lanes(lanes.Lane, lanes.Vectors, position, (p, vectors) => Tile(p, lanes.Lane, lanes.Tile, rows, vectors)));
                break;
            case LanesAcrossSum lanes:
                Nest(Lead.Free, lanes.Tile, lanes.TileRows, new Position(), (position, rows) => SumTile(position, lanes, rows));
                break;
            default:
                Nest(Lead.Free, null, 1, new Position(), (position, _) => Tile(position, null, null, 1, 0));
                break;
        }

        writer.Close();
    }

    // Loops over the free axes; the tiled one innermost, several rows at once.
    private void Nest(IEnumerable<Axis> axes, Axis? tile, int tileRows, Position position, System.Action<Position, int> body)
    {
        Axis? outer = axes.FirstOrDefault(a => !a.Equals(tile));
        if (outer is not null)
        {
            loops.Each(outer, position, p => Nest(axes.Where(a => !a.Equals(outer)).ToArray(), tile, tileRows, p, body));
        }
        else if (tile is not null)
        {
            loops.Tiles(tile, tileRows, position, body);
        }
        else
        {
            body(position, 1);
        }
    }

    private void Flat(FlatLoop flat)
    {
        string count = Count(Lead.Target);
        writer.Line("int i = 0;");
        if (flat.HasVectors)
        {
            writer.Open($"for (; i <= {count} - Floats.Count; i += Floats.Count)");
            new KernelBody(writer, Position.Flat("i"), null, isVector: true, isFlat: true).Statements(kernel, null);
            writer.Close();
            writer.Line();
        }

        writer.Open($"for (; i < {count}; i++)");
        new KernelBody(writer, Position.Flat("i"), null, isVector: false, isFlat: true).Statements(kernel, null);
        writer.Close();
    }

    private void FlatSum(FlatLoop flat)
    {
        Tensor read = Lead.Value.Body.Reads.First(r => r.At.Count > 0).Tensor;
        string count = Count(read);
        writer.Line("double rest = 0.0;");
        writer.Line("int i = 0;");
        if (flat.HasVectors)
        {
            writer.Line("Doubles sum = Doubles.Zero;");
            writer.Open($"for (; i <= {count} - Floats.Count; i += Floats.Count)");
            var body = new KernelBody(writer, Position.Flat("i"), null, isVector: true, isFlat: true);
            writer.Line($"sum += Widen({body.Print(Lead.Value.Body)});");
            writer.Close();
            writer.Line();
        }

        writer.Open($"for (; i < {count}; i++)");
        var single = new KernelBody(writer, Position.Flat("i"), null, isVector: false, isFlat: true);
        writer.Line($"rest += {single.Print(Lead.Value.Body)};");
        writer.Close();
        writer.Line();
        writer.Line(flat.HasVectors ? "return Sum(sum) + rest;" : "return rest;");
    }

    // The elements of a tensor, as C#.
    private static string Count(Tensor tensor)
    {
        string size = tensor.SizePerSample.ToString(CultureInfo.InvariantCulture);
        return !tensor.HasBatch ? size : tensor.SizePerSample == 1 ? "rows" : "rows * " + size;
    }

    // Rows × vectors of outputs, each in a register (vectors = 0: single values).
    private void Tile(Position position, Axis? lane, Axis? tile, int rows, int vectors)
    {
        if (IsTotal)
        {
            Total(position);
            return;
        }

        var places = new List<(Position At, string Suffix)>();
        for (int r = 0; r < rows; r++)
        {
            for (int v = 0; v < System.Math.Max(1, vectors); v++)
            {
                string suffix = rows * System.Math.Max(1, vectors) == 1 ? string.Empty : string.Concat(rows > 1 ? r.ToString(CultureInfo.InvariantCulture) : string.Empty, vectors > 1 ? v.ToString(CultureInfo.InvariantCulture) : string.Empty);
                places.Add((Shift(position, lane, tile, r, v), suffix));
            }
        }

        if (Lead.Value.Kind == ReduceKind.None)
        {
            foreach ((Position at, string suffix) in places)
            {
                new KernelBody(writer, at, lane, vectors > 0, suffix).Statements(kernel, null);
            }

            return;
        }

        string type = vectors > 0 ? "Floats" : "float";
        foreach ((Position at, string suffix) in places)
        {
            var body = new KernelBody(writer, at, lane, vectors > 0, suffix);
            writer.Line($"{type} {Accumulator}{suffix} = {Start(body, vectors > 0)};");
            if (Lead.Value.Kind == ReduceKind.ArgMax)
            {
                writer.Line("int best = 0;");
            }
        }

        Over(Lead.Value.Over.ToArray(), position, inner => Update(inner, lane, tile, rows, vectors));
        foreach ((Position at, string suffix) in places)
        {
            var body = new KernelBody(writer, at, lane, vectors > 0, suffix);
            string name = Lead.Value.Kind == ReduceKind.ArgMax ? "best" : Accumulator + suffix;
            body.Know(new Read(Lead.Target, Lead.At), name);
            body.Statements(kernel, name);
        }
    }

    private string Accumulator => Lead.Value.Kind == ReduceKind.Sum ? "sum" : "max";

    // What a fold starts from: the seed, what is there already, or nothing.
    private string Start(KernelBody body, bool isVector)
    {
        if (Lead.Value.Kind != ReduceKind.Sum)
        {
            return isVector ? "new Floats(float.NegativeInfinity)" : "float.NegativeInfinity";
        }

        Expr? start = Lead.Store == Store.Accumulate ? new Read(Lead.Target, Lead.At) : null;
        start = start is null ? Lead.Value.Seed : Lead.Value.Seed is null ? start : start + Lead.Value.Seed;
        return start switch
        {
            null => isVector ? "Floats.Zero" : "0f",
            Read read => body.Text(read),
            _ => body.Print(start),
        };
    }

    private void Over(Axis[] axes, Position position, System.Action<Position> body)
    {
        if (axes.Length == 0)
        {
            body(position);
            return;
        }

        loops.Each(axes[0], position, p => Over(axes.Skip(1).ToArray(), p, body));
    }

    // One term of the fold, for every place of the tile. A read that lacks the tile's letter, or the lanes', is loaded once for all that share it.
    private void Update(Position position, Axis? lane, Axis? tile, int rows, int vectors)
    {
        bool isVector = vectors > 0;
        var known = new Dictionary<(Read, int, int), string>();
        Expr[] operands = Lead.Value.Body.Reads.Where(r => r.Tensor.Role != TensorRole.Scalar).ToArray<Expr>();
        bool isInline = !isVector && rows == 1;
        for (int r = 0; r < rows && !isInline; r++)
        {
            for (int v = 0; v < System.Math.Max(1, vectors); v++)
            {
                foreach (Read read in operands.Cast<Read>())
                {
                    bool hasRow = tile is not null && rows > 1 && Strides.Along(read.Tensor, read.At, tile) != 0;
                    bool hasVector = lane is not null && vectors > 1 && Strides.Along(read.Tensor, read.At, lane) != 0;
                    (Read, int, int) key = (read, hasRow ? r : 0, hasVector ? v : 0);
                    if (!known.ContainsKey(key))
                    {
                        string suffix = (hasRow ? r.ToString(CultureInfo.InvariantCulture) : string.Empty) + (hasVector ? v.ToString(CultureInfo.InvariantCulture) : string.Empty);
                        string name = suffix.Length == 0 ? read.Tensor.Symbol : read.Tensor.Symbol + "_" + suffix;
                        var body = new KernelBody(writer, Shift(position, lane, tile, r, v), lane, isVector);
                        string type = read.Tensor.Element == ElementKind.I32 && !isVector ? "int" : isVector ? "Floats" : "float";
                        writer.Line($"{type} {name} = {body.Text(read)};");
                        known.Add(key, name);
                    }
                }
            }
        }

        for (int r = 0; r < rows; r++)
        {
            for (int v = 0; v < System.Math.Max(1, vectors); v++)
            {
                string suffix = (rows > 1 ? r.ToString(CultureInfo.InvariantCulture) : string.Empty) + (vectors > 1 ? v.ToString(CultureInfo.InvariantCulture) : string.Empty);
                var body = new KernelBody(writer, Shift(position, lane, tile, r, v), lane, isVector, suffix);
                foreach (Read read in operands.Cast<Read>())
                {
                    bool hasRow = tile is not null && rows > 1 && Strides.Along(read.Tensor, read.At, tile) != 0;
                    bool hasVector = lane is not null && vectors > 1 && Strides.Along(read.Tensor, read.At, lane) != 0;
                    body.Know(read, isInline ? body.Text(read) : known[(read, hasRow ? r : 0, hasVector ? v : 0)]);
                }

                Accumulate(body, Accumulator + suffix, isVector);
            }
        }
    }

    private void Accumulate(KernelBody body, string accumulator, bool isVector)
    {
        Expr value = Lead.Value.Body;
        switch (Lead.Value.Kind)
        {
            case ReduceKind.Sum when isVector && value is Binary { Op: BinaryOp.Multiply } product:
                writer.Line($"{accumulator} = MultiplyAdd({body.Print(product.Left)}, {body.Print(product.Right)}, {accumulator});");
                break;
            case ReduceKind.Sum:
                writer.Line($"{accumulator} += {body.Print(value)};");
                break;
            case ReduceKind.Max:
                writer.Line($"{accumulator} = Max({accumulator}, {body.Print(value)});");
                break;
            default:
                string letter = Lead.Value.Over[0].Letter;
                string current = body.Print(value);
                writer.Open($"if ({current} > {accumulator} || (float.IsNaN({current}) && !float.IsNaN({accumulator})))");
                writer.Line($"{accumulator} = {current};");
                writer.Line($"best = {(Lead.Value.Over[0].Extent == (Extent)1 ? "0" : letter)};");
                writer.Close();
                break;
        }
    }

    // A sum over everything, in double, of single values.
    private void Total(Position position)
    {
        writer.Line("double sum = 0.0;");
        Over(Lead.Value.Over.ToArray(), position, inner =>
            writer.Line($"sum += {new KernelBody(writer, inner, null, isVector: false).Print(Lead.Value.Body)};"));
        writer.Line();
        writer.Line("return sum;");
    }

    // Sums whose terms lie side by side: a vector of partial sums per row, added up at the end.
    private void SumTile(Position position, LanesAcrossSum lanes, int rows)
    {
        bool hasRest = lanes.Lane.Extent is not { IsConstant: true } extent || extent.Value % Strategy.MostLanes != 0;
        string[] suffixes = Enumerable.Range(0, rows).Select(r => rows > 1 ? r.ToString(CultureInfo.InvariantCulture) : string.Empty).ToArray();
        (string vectorType, string singleType) = IsTotal ? ("Doubles", "double") : ("Floats", "float");
        bool isSum = Lead.Value.Kind == ReduceKind.Sum;
        foreach (string suffix in suffixes)
        {
            writer.Line($"{vectorType} {Accumulator}{suffix} = {(isSum ? vectorType + ".Zero" : "new Floats(float.NegativeInfinity)")};");
        }

        foreach (string suffix in suffixes.Where(_ => hasRest))
        {
            writer.Line($"{singleType} rest{suffix} = {(isSum ? IsTotal ? "0.0" : "0f" : "float.NegativeInfinity")};");
        }

        Over(Lead.Value.Over.Where(a => !a.Equals(lanes.Lane)).ToArray(), position, outer =>
            loops.Lanes(lanes.Lane, 1, outer, (inner, vectors) => SumUpdate(inner, lanes, suffixes, vectors > 0)));

        string fold = isSum ? "Sum" : "Max";
        if (IsTotal)
        {
            writer.Line();
            writer.Line(hasRest ? "return Sum(sum) + rest;" : "return Sum(sum);");
            return;
        }

        for (int r = 0; r < rows; r++)
        {
            Position at = Shift(position, null, lanes.Tile, r, 0);
            var body = new KernelBody(writer, at, null, isVector: false, suffixes[r]);
            string folded = $"{fold}({Accumulator}{suffixes[r]})";
            if (hasRest)
            {
                folded = isSum ? $"{folded} + rest{suffixes[r]}" : $"Max({folded}, rest{suffixes[r]})";
            }

            string start = Lead.Value.Seed is null && Lead.Store == Store.Assign ? string.Empty : Start(body, isVector: false) + " + ";
            bool isReadLater = kernel.Statements.Skip(1).Any(s => s.Reads.Any(read => read.Tensor == Lead.Target));
            string value = start + folded;
            if (isReadLater)
            {
                string name = $"{Lead.Target.Symbol}{(suffixes[r].Length == 0 ? string.Empty : "_" + suffixes[r])}";
                writer.Line($"float {name} = {value};");
                body.Know(new Read(Lead.Target, Lead.At), name);
                value = name;
            }

            body.Statements(kernel, value);
        }
    }

    private void SumUpdate(Position position, LanesAcrossSum lanes, string[] suffixes, bool isVector)
    {
        var shared = new KernelBody(writer, position, lanes.Lane, isVector);
        Read[] operands = Lead.Value.Body.Reads.Where(r => r.Tensor.Role != TensorRole.Scalar).ToArray();
        var known = new Dictionary<Read, string>();
        foreach (Read read in operands.Where(r => suffixes.Length > 1 && (lanes.Tile is null || Strides.Along(r.Tensor, r.At, lanes.Tile) == 0)))
        {
            shared.Load(read);
            known.Add(read, shared.Print(read));
        }

        for (int r = 0; r < suffixes.Length; r++)
        {
            var body = new KernelBody(writer, Shift(position, null, lanes.Tile, r, 0), lanes.Lane, isVector, suffixes[r]);
            foreach (Read read in operands)
            {
                body.Know(read, known.TryGetValue(read, out string? name) ? name : body.Text(read));
            }

            if (IsTotal)
            {
                body = new KernelBody(writer, position, lanes.Lane, isVector);
                string value = body.Print(Lead.Value.Body);
                writer.Line(isVector ? $"sum += Widen({value});" : $"rest += {value};");
            }
            else
            {
                Accumulate(body, (isVector ? Accumulator : "rest") + suffixes[r], isVector);
            }
        }
    }

    // The place r rows and v vectors further.
    private static Position Shift(Position position, Axis? lane, Axis? tile, int r, int v)
    {
        Position shifted = tile is not null && r > 0 ? position.With(tile, tile.Letter, r) : position;
        return lane is not null && v > 0 ? shifted.With(lane, lane.Letter, 0, v == 1 ? "Floats.Count" : string.Format(CultureInfo.InvariantCulture, "{0} * Floats.Count", v)) : shifted;
    }
}
