using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>Writes a kernel for one sample without loops, as a block of the method that it is a part of.</summary>
/// <param name="kernel">The kernel.</param>
/// <param name="writer">Where to.</param>
/// <param name="line">What the method holds already.</param>
/// <param name="sample">The variable that counts the samples; null where memory starts at the sample.</param>
internal sealed class LinePrinter(Kernel kernel, CodeWriter writer, LineValues line, string? sample = null)
{
    // A multiplication and addition takes four cycles, and two begin in one: fewer sums than eight would wait for each other.
    private const int SumsAtOnce = 8;

    private const int MostChains = 4;

    // Of 16 registers, besides an element in all lanes and what the JIT keeps.
    private const int MostSumsInFewRegisters = 12;

    // So many rows are written out; of more, each is as fast in a loop, and the text is short.
    private const int MostRows = 16;

    private readonly string accumulator = line.Unique(FoldPrinter.Accumulator(kernel));

    private Fold Fold => kernel.Lead.Value;

    private bool IsSum => Fold.Kind == ReduceKind.Sum;

    private Read[] Operands => Fold.Body.Reads.Where(r => r.Tensor.Role != TensorRole.Scalar).ToArray();

    public void Print()
    {
        KernelPrinter.Formulas(kernel, writer);
        switch (kernel.Strategy)
        {
            case LanesAcrossOutputs lanes when Fold.Kind == ReduceKind.None && ManyRows(lanes) is { } row:
                EachRow(lanes, row);
                break;
            case LanesAcrossOutputs lanes:
                Each(kernel.Lead.Free.Where(a => !a.Equals(lanes.Lane)), Origin, string.Empty, (at, label) => AcrossOutputs(lanes, at, label));
                break;
            case LanesAcrossRows rows:
                new NarrowRowsPrinter(kernel, writer, line, rows, accumulator).Print(Origin);
                break;
            case AtLabels labels:
                Each(Fold.Over.Where(a => !a.Equals(labels.Label)), Origin, string.Empty, (at, _) => SumPrinter.AtLabel(labels, at, writer, "total", line));
                break;
            case LanesAcrossSum lanes when kernel.Lead.Target.Element == ElementKind.F64:
                Each(Fold.Over.Where(a => !a.Equals(lanes.Lane)), Origin, string.Empty, (at, label) =>
                    writer.Line($"total += {Register(lanes.Lane).Type}.Total({Terms(lanes.Lane, at, label)});"));
                break;
            case LanesAcrossSum { GathersColumns: true } lanes:
                Each(kernel.Lead.Free.Where(a => !a.Equals(lanes.Tile)), Origin, string.Empty, (at, label) => Gathered(lanes, at, label));
                break;
            case LanesAcrossSum lanes:
                Each(kernel.Lead.Free, Origin, string.Empty, (at, label) =>
                    Epilogue(Body(at, null, Compiler.Register.Single, label), Folded(lanes, at, label), label));
                break;
            default:
                Each(kernel.Lead.Free, Origin, string.Empty, Single);
                break;
        }
    }

    private Position Origin
    {
        get
        {
            var origin = new Position();
            foreach (Axis batch in kernel.Statements.SelectMany(s => s.At.Concat(s.Reads.SelectMany(r => r.At))).SelectMany(i => i.Axes).Where(a => a.IsBatch))
            {
                origin = origin.With(batch, sample);
            }

            return origin;
        }
    }

    private static Register Register(Axis lane) => Compiler.Register.Of(LanesAcrossOutputs.Width(lane.Extent.Value));

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    // Every value of some letters; a label tells the locals of one from those of another.
    private static void Each(IEnumerable<Axis> axes, Position origin, string label, Action<Position, string> body)
    {
        Axis? axis = axes.FirstOrDefault(a => !a.IsBatch);
        if (axis is null)
        {
            body(origin, label);
            return;
        }

        Axis[] rest = axes.Where(a => !a.Equals(axis)).ToArray();
        for (int i = 0; i < axis.Extent.Value; i++)
        {
            Each(rest, origin.With(axis, null, i), label.Length == 0 ? Number(i) : $"{label}_{Number(i)}", body);
        }
    }

    private Axis? ManyRows(LanesAcrossOutputs lanes)
    {
        Axis[] rows = kernel.Lead.Free.Where(a => !a.IsBatch && !a.Equals(lanes.Lane)).ToArray();
        return rows.Length == 1 && rows[0].Extent.Value > MostRows ? rows[0] : null;
    }

    // What all rows read is in registers before the loop; what is loaded in it belongs to a row.
    private void EachRow(LanesAcrossOutputs lanes, Axis row)
    {
        Register register = Register(lanes.Lane);
        (Position At, string Suffix)[] outputs = Outputs(lanes.Lane, Origin, string.Empty);
        foreach (Read read in Operands.Where(r => Strides.Along(r.Tensor, r.At, row) == 0 && Strides.Along(r.Tensor, r.At, lanes.Lane) != 0))
        {
            foreach ((Position at, string suffix) in outputs)
            {
                Body(at, lanes.Lane, register, suffix).Loaded(read);
            }
        }

        string letter = line.Unique(row.Letter);
        writer.Open($"for (int {letter} = 0; {letter} < {Number(row.Extent.Value)}; {letter}++)");
        line.Within(() => AcrossOutputs(lanes, Origin.With(row, letter), string.Empty));
        writer.Close();
    }

    private void AcrossOutputs(LanesAcrossOutputs lanes, Position at, string label)
    {
        Register register = Register(lanes.Lane);
        (Position At, string Suffix)[] outputs = Outputs(lanes.Lane, at, label);
        if (kernel.Statements.Count == 1 && kernel.Lead.Store == Store.Accumulate && lanes.Lane.Extent.Value % LanesAcrossOutputs.Width(lanes.Lane.Extent.Value) == 0
            && Fold is { Kind: ReduceKind.None, Body: Binary { Op: BinaryOp.Multiply, Left: Read left, Right: Read right } }
            && left.Tensor.Role != TensorRole.Scalar && right.Tensor.Role != TensorRole.Scalar)
        {
            OuterProduct(left, right, lanes.Lane, register, outputs);
            return;
        }

        if (Fold.Kind != ReduceKind.None)
        {
            Sums(lanes.Lane, register, at, label, outputs);
        }

        // Registers that overlap replace the same values twice: with the same, as long as all are read before any is stored.
        List<Action>? stores = outputs.Length > 1 && kernel.InPlace.Count > 0 ? [] : null;
        foreach ((Position place, string suffix) in outputs)
        {
            KernelBody body = Body(place, lanes.Lane, register, suffix);
            if (Fold.Kind == ReduceKind.None)
            {
                body.Statements(kernel, null, stores);
                continue;
            }

            string result = accumulator + suffix;
            body.Know(new Read(kernel.Lead.Target, kernel.Lead.At), result);
            body.Statements(kernel, result, stores);
        }

        stores?.ForEach(store => store());
    }

    // One instruction a register: memory + element·register.
    private void OuterProduct(Read left, Read right, Axis lane, Register register, (Position At, string Suffix)[] outputs)
    {
        for (int i = 0; i < outputs.Length; i++)
        {
            KernelBody body = Body(outputs[i].At, lane, register, outputs.Length == 1 ? string.Empty : ((char)('a' + i)).ToString());
            (Read across, Read along) = body.DependsOnLane(left) ? (right, left) : (left, right);
            string name = body.Loaded(along);
            var target = new Read(kernel.Lead.Target, kernel.Lead.At);
            writer.Line($"{register.Call("AddProduct")}{body.Place(target)}, {body.Place(across)}, {name});");
            line.Forget(target.Tensor);
        }
    }

    private KernelBody Body(Position at, Axis? lane, Register register, string suffix) => new(writer, at, lane, register, suffix, line: line);

    private static (Position At, string Suffix)[] Outputs(Axis lane, Position at, string label)
    {
        IReadOnlyList<int> places = LanesAcrossOutputs.Places(lane.Extent.Value);
        return places.Select((place, i) => (at.With(lane, null, place), places.Count == 1 ? label : $"{label}{(char)('a' + i)}")).ToArray();
    }

    // Neighbouring terms go into different chains, which are added at the end.
    private void Sums(Axis lane, Register register, Position at, string label, (Position At, string Suffix)[] outputs)
    {
        int terms = Fold.Over.Where(a => !a.IsBatch).Aggregate(1, (count, a) => count * a.Extent.Value);
        int chains = Math.Min(terms, Math.Min(MostChains, Math.Max(1, SumsAtOnce / outputs.Length)));
        string[] starts = outputs.Select(o => FoldPrinter.Seed(kernel) is { } seed && IsSum ? Body(o.At, lane, register, o.Suffix).Print(seed) : FoldPrinter.Start(kernel, register)).ToArray();
        var loop = TermLoop.For(kernel, lane, register, line);

        // Where such a register is two, fewer sums fit into those that there are.
        int few = loop is not null && register.Type == Compiler.Register.TypeOf16 && 2 * outputs.Length * chains > MostSumsInFewRegisters ? Math.Max(1, chains / 2) : chains;
        if (few == chains)
        {
            Chains(chains, register.Type + " ");
            return;
        }

        writer.Line($"{register.Type} {string.Join(", ", outputs.Select(o => accumulator + o.Suffix))};");
        writer.Open($"if ({register.Type}.HasManyRegisters)");
        Chains(chains, string.Empty);
        writer.End();
        writer.Open("else");
        Chains(few, string.Empty);
        writer.Close();

        void Chains(int own, string declaration)
        {
            for (int output = 0; output < outputs.Length; output++)
            {
                for (int chain = 0; chain < own; chain++)
                {
                    string type = own == 1 ? declaration : register.Type + " ";
                    writer.Line($"{type}{accumulator}{outputs[output].Suffix}{Chain(chain, own)} = {(chain == 0 ? starts[output] : FoldPrinter.Start(kernel, register))};");
                }
            }

            int term = loop?.Print(writer, at, (place, n) => Outputs(lane, place, label).Select(o => (o.At, accumulator + o.Suffix + Chain(n % own, own)))) ?? 0;
            Term(term, own);
            foreach ((_, string suffix) in outputs.Where(_ => own > 1))
            {
                writer.Line($"{declaration}{accumulator}{suffix} = {FoldPrinter.Join(kernel, Enumerable.Range(0, own).Select(c => accumulator + suffix + Chain(c, own)), register)};");
            }
        }

        // All terms from one on, each by itself.
        void Term(int first, int own)
        {
            int term = 0;
            Each(Fold.Over, at, label, (inner, termLabel) =>
            {
                if (term >= first)
                {
                    foreach ((Position place, string suffix) in Outputs(lane, inner, termLabel))
                    {
                        string output = suffix.Substring(termLabel.Length);
                        var body = new KernelBody(writer, place, lane, register, suffix);
                        FoldPrinter.AccumulateFromMemory(kernel, writer, body, accumulator + label + output + Chain(term % own, own), register);
                    }
                }

                term++;
            });
        }
    }

    private static string Chain(int chain, int chains) => chains == 1 ? string.Empty : "_" + Number(chain + 1);

    // The terms of one output in a register, which is still to be folded to one value.
    private string Terms(Axis lane, Position at, string label)
    {
        Register register = Register(lane);
        IReadOnlyList<int> places = LanesAcrossOutputs.Places(lane.Extent.Value);
        string? all = null;
        for (int i = 0; i < places.Count; i++)
        {
            string suffix = places.Count == 1 ? label : $"{label}{(char)('a' + i)}";
            KernelBody body = Body(at.With(lane, null, places[i]), lane, register, suffix);
            KernelBody shared = Body(at.With(lane, null, places[i]), lane, register, places.Count == 1 ? string.Empty : ((char)('a' + i)).ToString());
            // Of memory, idle lanes are 0; what has been computed may be anything there.
            bool isIdle = register.First is not null && Operands.Any(o => line.Held(body.Text(o)) is not null);
            // What an overlapping register holds already done counts for nothing: neither a term of it, nor a factor that many terms share.
            int done = i == 0 ? 0 : places[i - 1] + LanesAcrossOutputs.Width(lane.Extent.Value) - places[i];
            Read? factor = done > 0 && IsSum ? FactorOfAll(shared) : null;
            foreach (Read operand in Operands)
            {
                body.Know(operand, DependsOn(operand, kernel.Lead.Free) ? line.Held(body.Text(operand)) ?? body.Text(operand)
                    : operand == factor ? Rest(shared.Loaded(operand), operand.Tensor)
                    : shared.Loaded(operand));
            }

            string term = body.Print(Fold.Body);
            term = isIdle && IsSum ? $"{register.Type}.Choose({register.Type}.Index(0) < {register.Create(Number(register.First!.Value))}, {term}, {register.Zero})" : term;
            term = done > 0 && IsSum && factor is null ? WithoutDone(term) : term;
            all = all is null ? term : FoldPrinter.Join(kernel, [all, term], register);

            string WithoutDone(string value) => $"{register.Type}.Choose({register.Type}.Index(0) < {register.Create(Number(done))}, {register.Zero}, {value})";

            string Rest(string loaded, Tensor tensor)
            {
                string text = WithoutDone(loaded);
                if (line.Held(text) is { } held)
                {
                    return held;
                }

                string name = line.Unique(loaded + "_rest");
                writer.Line(register.Declare(name, text));
                line.Hold(tensor, text, name);
                return name;
            }
        }

        return all!;
    }

    // Of a product, the factor that is the same for all outputs and runs along the lanes.
    private Read? FactorOfAll(KernelBody shared) => Fold.Body is Binary { Op: BinaryOp.Multiply, Left: Read left, Right: Read right }
        ? new[] { left, right }.FirstOrDefault(r => !DependsOn(r, kernel.Lead.Free) && shared.DependsOnLane(r))
        : null;

    private static bool DependsOn(Read read, IReadOnlyList<Axis> axes) => axes.Any(a => !a.IsBatch && Strides.Along(read.Tensor, read.At, a) != 0);

    private string Folded(LanesAcrossSum lanes, Position at, string label)
    {
        string function = $"{Register(lanes.Lane).Type}.{(IsSum ? "Sum" : "Max")}";
        Axis[] others = Fold.Over.Where(a => !a.Equals(lanes.Lane)).ToArray();
        var parts = new List<string>();
        Each(others, at, label, (inner, termLabel) => parts.Add(Terms(lanes.Lane, inner, termLabel)));
        return $"{function}({FoldPrinter.Join(kernel, parts, Register(lanes.Lane))})";
    }

    // Every four sums end in one register, and those in one that holds as many as the epilogue works on.
    private void Gathered(LanesAcrossSum lanes, Position at, string label)
    {
        Axis columns = lanes.Tile!;
        string sums = Register(lanes.Lane).Type;
        (Position At, int Width, string Suffix)[] outputs = OutputsOfSums(columns, at, label).ToArray();
        List<Action>? stores = outputs.Length > 1 && kernel.InPlace.Count > 0 ? [] : null;
        foreach ((Position place, int width, string suffix) in outputs)
        {
            var quarters = new List<string>();
            for (int first = 0; first < width; first += Strategy.FewestLanes)
            {
                var four = new List<string>();
                for (int column = first; column < first + Strategy.FewestLanes; column++)
                {
                    four.Add(column < width ? Column(lanes, place.Shift(columns, column), $"{suffix}_{Number(column)}") : $"{sums}.Zero");
                }

                quarters.Add($"{sums}.Sum({string.Join(", ", four)})");
            }

            string value = Joined(quarters);
            Epilogue(Body(place, columns, Compiler.Register.Of(width), suffix), value, suffix, stores);
        }

        stores?.ForEach(store => store());
    }

    // Every output costs a sum: the last register overlaps the one before it by as few as can be.
    private static IEnumerable<(Position At, int Width, string Suffix)> OutputsOfSums(Axis lane, Position at, string label)
    {
        int extent = lane.Extent.Value;
        int wide = LanesAcrossOutputs.Width(extent);
        return Outputs(lane, at, label).Select((output, i) =>
        {
            int rest = extent - (i * wide);
            int width = rest >= wide ? wide : new[] { Strategy.FewestLanes, 2 * Strategy.FewestLanes, wide }.First(w => w >= Math.Min(rest, wide));
            return (at.With(lane, null, extent - Math.Max(rest, width)), width, output.Suffix);
        });
    }

    // Two of four floats are one of eight, and so on.
    private static string Joined(List<string> parts)
    {
        for (int lanes = 2 * Strategy.FewestLanes; parts.Count > 1; lanes *= 2)
        {
            parts = Enumerable.Range(0, parts.Count / 2).Select(i => $"{Compiler.Register.Of(lanes).Type}.Join({parts[2 * i]}, {parts[(2 * i) + 1]})").ToList();
        }

        return parts[0];
    }

    private string Column(LanesAcrossSum lanes, Position at, string label)
    {
        var parts = new List<string>();
        Each(Fold.Over.Where(a => !a.Equals(lanes.Lane)), at, label, (inner, termLabel) => parts.Add(Terms(lanes.Lane, inner, termLabel)));
        return FoldPrinter.Join(kernel, parts, Register(lanes.Lane));
    }

    private void Epilogue(KernelBody body, string value, string suffix, List<Action>? stores = null)
    {
        if (IsSum && FoldPrinter.Seed(kernel) is { } seed)
        {
            value = $"{body.Print(seed)} + {value}";
        }

        string name = accumulator + suffix;
        writer.Line(body.Register.Declare(name, value));
        body.Know(new Read(kernel.Lead.Target, kernel.Lead.At), name);
        body.Statements(kernel, name, stores);
    }

    private void ArgMax(Position at, string label)
    {
        Axis over = Fold.Over[0];
        string letter = line.Unique(over.Letter);
        string max = accumulator + label;
        string best = line.Unique("best");
        writer.Line($"float {max} = float.NegativeInfinity;");
        writer.Line($"int {best} = 0;");
        writer.Open($"for (int {letter} = 0; {letter} < {Number(over.Extent.Value)}; {letter}++)");
        FoldPrinter.Accumulate(kernel, writer, Body(at.With(over, letter), null, Compiler.Register.Single, string.Empty), max, Compiler.Register.Single, best, letter);
        writer.Close();
        KernelBody body = Body(at, null, Compiler.Register.Single, label);
        body.Know(new Read(kernel.Lead.Target, kernel.Lead.At), best);
        body.Statements(kernel, best);
    }

    // One value, all its terms written out.
    private void Single(Position at, string label)
    {
        if (Fold.Kind == ReduceKind.ArgMax)
        {
            ArgMax(at, label);
            return;
        }

        KernelBody body = Body(at, null, Compiler.Register.Single, label);
        if (Fold.Kind == ReduceKind.None)
        {
            body.Statements(kernel, null);
            return;
        }

        var terms = new List<string>();
        Each(Fold.Over, at, label, (inner, termLabel) =>
        {
            var term = new KernelBody(writer, inner, null, Compiler.Register.Single, termLabel);
            foreach (Read operand in Operands)
            {
                term.Know(operand, line.Held(term.Text(operand)) ?? term.Text(operand));
            }

            string text = term.Print(Fold.Body);
            terms.Add(text.IndexOf('?') < 0 ? text : $"({text})");
        });
        string value = FoldPrinter.Join(kernel, terms, Compiler.Register.Single);
        if (kernel.Lead.Target.Element == ElementKind.F64)
        {
            writer.Line($"total += {value};");
        }
        else
        {
            Epilogue(body, value, label);
        }
    }
}
