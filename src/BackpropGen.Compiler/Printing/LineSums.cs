using System;
using System.Collections.Generic;
using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>Writes kernels of a sample whose lanes run across what is summed: products of neighbouring terms, which are folded at the end.</summary>
/// <param name="part">The kernel.</param>
internal sealed class LineSums(LineKernel part)
{
    private const int MostSumsAtOnce = 8;

    // What a line of code may be long before its arguments are lines of their own.
    private const int MostLetters = 150;

    private readonly Kernel kernel = part.Kernel;
    private readonly CodeWriter writer = part.Writer;
    private readonly LineValues line = part.Line;

    private Fold Fold => part.Fold;

    private bool IsSum => part.IsSum;

    /// <param name="lanes">Along which letter.</param>
    /// <param name="origin">Where the sample stands.</param>
    public void Print(LanesAcrossSum lanes, Position origin)
    {
        if (kernel.Lead.Target.Element == ElementKind.F64)
        {
            LineKernel.Each(Fold.Over.Where(a => !a.Equals(lanes.Lane)), origin, string.Empty, (at, label) =>
                writer.Line($"total += {string.Join(" + ", Terms(lanes, at, label).Select(t => $"{t.Register.Type}.Total({t.Text})"))};"));
        }
        else if (lanes.GathersColumns)
        {
            LineKernel.Each(kernel.Lead.Free.Where(a => !a.Equals(lanes.Tile)), origin, string.Empty, (at, label) => Gathered(lanes, at, label));
        }
        else
        {
            LineKernel.Each(kernel.Lead.Free, origin, string.Empty, (at, label) =>
                part.Epilogue(part.Body(at, null, Register.Single, label), Folded(lanes, at, label), label));
        }
    }

    private static Register Of(Axis lane) => Register.Of(LanesAcrossOutputs.Width(lane.Extent.Value));

    // The terms of one output in a register of each width, which are still to be folded to one value.
    private List<(Register Register, string Text)> Terms(LanesAcrossSum lanes, Position at, string label)
    {
        Axis lane = lanes.Lane;
        IReadOnlyList<(int Place, int Width)> places = lanes.Registers;
        var all = new List<(Register Register, string Text)>();
        for (int i = 0; i < places.Count; i++)
        {
            Register register = Register.Of(places[i].Width);
            string suffix = label + LineKernel.Letter(i, places.Count);
            KernelBody body = part.Body(at.With(lane, null, places[i].Place), lane, register, suffix);
            KernelBody shared = part.Body(at.With(lane, null, places[i].Place), lane, register, LineKernel.Letter(i, places.Count));
            // Of memory, idle lanes are 0, and so is a product of them; what has been computed may be anything there.
            bool isIdle = register.First is not null && (places.Count > 1 || part.Operands.Any(o => line.Held(body.Text(o)) is not null));
            // What an overlapping register holds already done counts for nothing: the product, not a factor of it, for 0 times infinity is no number.
            int done = i == 0 ? 0 : places[i - 1].Place + places[i - 1].Width - places[i].Place;
            string term = Term(body, shared, register);
            term = isIdle && IsSum ? $"{register.Type}.Choose({register.Type}.Index(0) < {register.Create(LineKernel.Number(register.First!.Value))}, {term}, {register.Zero})" : term;
            term = done > 0 && IsSum ? $"{register.Type}.Unless({Done(register, done)}, {term})" : term;
            if (all.Count > 0 && all[all.Count - 1].Register == register)
            {
                all[all.Count - 1] = (register, FoldPrinter.Join(kernel, [all[all.Count - 1].Text, term], register));
            }
            else
            {
                all.Add((register, term));
            }
        }

        return all;
    }

    // Of a product with what is in a local, the instruction that multiplies reads the other factor.
    private string Term(KernelBody body, KernelBody shared, Register register) => Factors(body, shared, register) is var (held, memory)
        ? $"{register.Type}.Multiply({held}, {body.Place(memory)})"
        : body.Print(Fold.Body);

    // The two factors of a term, the one in a local and the other in memory; null where a term is anything else. What every output reads is in a local then.
    private (string Held, Read Memory)? Factors(KernelBody body, KernelBody shared, Register register)
    {
        var fromMemory = new List<Read>();
        foreach (Read operand in part.Operands)
        {
            string text = body.Text(operand);
            string? held = DependsOn(operand, kernel.Lead.Free) ? line.Held(text) : shared.Loaded(operand);
            body.Know(operand, held ?? text);
            if (held is null)
            {
                fromMemory.Add(operand);
            }
        }

        return register.First is null && fromMemory.Count == 1 && body.DependsOnLane(fromMemory[0]) && Fold.Body is Binary { Op: BinaryOp.Multiply, Left: Read left, Right: Read right } && !left.Equals(right)
            ? (body.Print(fromMemory[0].Equals(left) ? right : left), fromMemory[0])
            : null;
    }

    // The lanes that the register before has, in a local: there are as many terms as columns.
    private string Done(Register register, int lanes)
    {
        string text = $"{register.Type}.Index(0) < {register.Create(LineKernel.Number(lanes))}";
        if (line.Held(text) is { } held)
        {
            return held;
        }

        string name = line.Unique("done");
        writer.Line($"{register.Type} {name} = {text};");
        line.Hold(null, text, name);
        return name;
    }

    private static bool DependsOn(Read read, IReadOnlyList<Axis> axes) => axes.Any(a => !a.IsBatch && Strides.Along(read.Tensor, read.At, a) != 0);

    private string Folded(LanesAcrossSum lanes, Position at, string label)
    {
        string function = $"{Of(lanes.Lane).Type}.{(IsSum ? "Sum" : "Max")}";
        Axis[] others = Fold.Over.Where(a => !a.Equals(lanes.Lane)).ToArray();
        var parts = new List<string>();
        LineKernel.Each(others, at, label, (inner, termLabel) => parts.Add(Terms(lanes, inner, termLabel).Single().Text));
        return $"{function}({FoldPrinter.Join(kernel, parts, Of(lanes.Lane))})";
    }

    // Every four or eight sums end in one register, and those in one that holds as many as the epilogue works on.
    private void Gathered(LanesAcrossSum lanes, Position at, string label)
    {
        Axis columns = lanes.Tile!;
        if (lanes.LoopsOverColumns)
        {
            EachFour(lanes, at, label);
            return;
        }

        (Position At, int Width, string Suffix)[] outputs = OutputsOfSums(columns, at, label).ToArray();
        List<Action>? stores = outputs.Length > 1 && kernel.InPlace.Count > 0 ? [] : null;
        foreach ((Position place, int width, string suffix) in outputs)
        {
            Columns(lanes, place, width, suffix, stores);
        }

        stores?.ForEach(store => store());
    }

    // What all columns read is in registers before the loop; the last four may overlap those before them.
    private void EachFour(LanesAcrossSum lanes, Position at, string label)
    {
        Axis columns = lanes.Tile!;
        int count = columns.Extent.Value, rest = count % Strategy.FewestLanes;
        if (OfRows(lanes, at.With(columns, null), label, string.Empty) is null)
        {
            Terms(lanes, at.With(columns, null), label);
        }

        string letter = line.Unique(columns.Letter);
        writer.Open($"for (int {letter} = 0; {letter} < {LineKernel.Number(count - rest)}; {letter} += {LineKernel.Number(Strategy.FewestLanes)})");
        line.Within(() => Columns(lanes, at.With(columns, letter), Strategy.FewestLanes, label));
        writer.Close();
        if (rest > 0)
        {
            Columns(lanes, at.With(columns, null, count - Strategy.FewestLanes), Strategy.FewestLanes, label + "end");
        }
    }

    private void Columns(LanesAcrossSum lanes, Position at, int width, string suffix, List<Action>? stores = null)
    {
        Axis columns = lanes.Tile!;
        string sums = Of(lanes.Lane).Type;
        int atOnce = Math.Min(MostSumsAtOnce, Math.Max(Strategy.FewestLanes, width));
        var parts = new List<string>();
        for (int first = 0; first < width; first += atOnce)
        {
            string function = atOnce == MostSumsAtOnce ? "SumsOfEight" : "SumsOfFour";
            parts.Add((first + atOnce <= width ? OfRows(lanes, at.Shift(columns, first), suffix, function) : null)
                ?? $"{sums}.{function}({Arguments(Enumerable.Range(first, atOnce).Select(column =>
                    column < width ? Column(lanes, at.Shift(columns, column), $"{suffix}_{LineKernel.Number(column)}") : $"{sums}.Zero"))})");
        }

        // Two of eight floats are one of sixteen.
        string value = parts.Count == 1 ? parts[0] : $"{Register.Of(2 * MostSumsAtOnce).Type}.Join({Arguments(parts)})";
        part.Epilogue(part.Body(at, columns, Register.Of(width), suffix), value, suffix, stores);
    }

    // On one line, or each on its own.
    private static string Arguments(IEnumerable<string> arguments)
    {
        string all = string.Join(", ", arguments);
        return all.Length <= MostLetters ? all : ("\n" + string.Join(",\n", arguments)).Replace("\n", "\n    ");
    }

    // Products of a register with a matrix's rows are one call, which says where they lie; so are those of registers of several widths, of which none
    // overlaps another.
    private string? OfRows(LanesAcrossSum lanes, Position at, string label, string function)
    {
        List<(int Place, int Width)> registers = SideBySide(lanes.Lane.Extent.Value);
        if (registers.Count == 0 || !IsSum || Fold.Over.Count(a => !a.IsBatch) > 1)
        {
            return null;
        }

        var sums = new List<string>();
        for (int i = 0; i < registers.Count; i++)
        {
            var register = Register.Of(registers[i].Width);
            KernelBody body = part.Body(at.With(lanes.Lane, null, registers[i].Place), lanes.Lane, register, LineKernel.Letter(i, registers.Count));
            if (Factors(body, body, register) is not var (held, rows) || !DependsOn(rows, [lanes.Tile!]))
            {
                return null;
            }

            sums.Add($"{register.Type}.{function}({held}, {body.Place(rows)}, {LineKernel.Number(Strides.Along(rows.Tensor, rows.At, lanes.Tile!))})");
        }

        return string.Join(" + ", sums);
    }

    // One register at most of each width, which hold exactly so many lanes; none where there are no such.
    private static List<(int Place, int Width)> SideBySide(int lanes)
    {
        var registers = new List<(int Place, int Width)>();
        int place = 0;
        for (int width = Strategy.MostLanes; width >= Strategy.FewestLanes; width /= 2)
        {
            if (lanes - place >= width)
            {
                registers.Add((place, width));
                place += width;
            }
        }

        return place == lanes ? registers : [];
    }

    private string Column(LanesAcrossSum lanes, Position at, string label)
    {
        var parts = new List<string>();
        LineKernel.Each(Fold.Over.Where(a => !a.Equals(lanes.Lane)), at, label, (inner, termLabel) => parts.Add(Terms(lanes, inner, termLabel).Single().Text));
        return FoldPrinter.Join(kernel, parts, Of(lanes.Lane));
    }

    // Every output costs a sum: the last register overlaps the one before it by as few as can be.
    private static IEnumerable<(Position At, int Width, string Suffix)> OutputsOfSums(Axis lane, Position at, string label)
    {
        IReadOnlyList<(int Place, int Width)> registers = LanesAcrossOutputs.RegistersOf(lane.Extent.Value, Strategy.FewestLanes);
        return registers.Select((r, i) => (at.With(lane, null, r.Place), r.Width, label + LineKernel.Letter(i, registers.Count)));
    }
}
