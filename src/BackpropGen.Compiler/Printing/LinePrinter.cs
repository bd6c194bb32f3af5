using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>Writes a kernel for one sample without loops, as a block of the method that it is a part of.</summary>
internal sealed class LinePrinter(Kernel kernel, CodeWriter writer)
{
    // A multiplication and addition takes four cycles: fewer sums than that would wait for each other.
    private const int Chains = 4;

    private readonly Dictionary<string, string> loaded = [];

    private Fold Fold => kernel.Lead.Value;

    private bool IsSum => Fold.Kind == ReduceKind.Sum;

    private Read[] Operands => Fold.Body.Reads.Where(r => r.Tensor.Role != TensorRole.Scalar).ToArray();

    public void Print()
    {
        KernelPrinter.Formulas(kernel, writer);
        writer.Open();
        switch (kernel.Strategy)
        {
            case LanesAcrossOutputs lanes:
                Each(kernel.Lead.Free.Where(a => !a.Equals(lanes.Lane)), Origin, string.Empty, (at, label) => AcrossOutputs(lanes, at, label));
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
                    Epilogue(new KernelBody(writer, at, null, Compiler.Register.Single, label), Folded(lanes, at, label), label));
                break;
            default:
                Each(kernel.Lead.Free, Origin, string.Empty, Single);
                break;
        }

        writer.Close();
    }

    private Position Origin
    {
        get
        {
            var origin = new Position();
            foreach (Axis batch in kernel.Statements.SelectMany(s => s.At.Concat(s.Reads.SelectMany(r => r.At))).SelectMany(i => i.Axes).Where(a => a.IsBatch))
            {
                origin = origin.With(batch, null);
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
            var body = new KernelBody(writer, place, lanes.Lane, register, suffix);
            if (Fold.Kind == ReduceKind.None)
            {
                body.Statements(kernel, null, stores);
                continue;
            }

            string result = FoldPrinter.Accumulator(kernel) + suffix;
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
            var body = new KernelBody(writer, outputs[i].At, lane, register);
            (Read across, Read along) = body.DependsOnLane(left) ? (right, left) : (left, right);
            string text = body.Text(along);
            if (!loaded.TryGetValue(text, out string? name))
            {
                name = along.Tensor.Symbol + (outputs.Length == 1 ? string.Empty : "_" + (char)('a' + i));
                writer.Line($"{register.Type} {name} = {text};");
                loaded.Add(text, name);
            }

            var target = new Read(kernel.Lead.Target, kernel.Lead.At);
            writer.Line($"{register.Call("AddProduct")}{body.Place(target)}, {body.Place(across)}, {name});");
        }
    }

    private static (Position At, string Suffix)[] Outputs(Axis lane, Position at, string label)
    {
        IReadOnlyList<int> places = LanesAcrossOutputs.Places(lane.Extent.Value);
        return places.Select((place, i) => (at.With(lane, null, place), places.Count == 1 ? label : $"{label}{(char)('a' + i)}")).ToArray();
    }

    // Neighbouring terms go into different chains, which are added at the end.
    private void Sums(Axis lane, Register register, Position at, string label, (Position At, string Suffix)[] outputs)
    {
        string accumulator = FoldPrinter.Accumulator(kernel);
        int terms = Fold.Over.Where(a => !a.IsBatch).Aggregate(1, (count, a) => count * a.Extent.Value);
        int chains = Math.Min(terms, Math.Max(1, Chains / outputs.Length));
        foreach ((Position place, string suffix) in outputs)
        {
            var body = new KernelBody(writer, place, lane, register, suffix);
            string start = FoldPrinter.Seed(kernel) is { } seed && IsSum ? body.Print(seed) : FoldPrinter.Empty(kernel, register);
            for (int chain = 0; chain < chains; chain++)
            {
                writer.Line($"{register.Type} {accumulator}{suffix}{Chain(chain, chains)} = {(chain == 0 ? start : FoldPrinter.Empty(kernel, register))};");
            }
        }

        int term = 0;
        Each(Fold.Over, at, label, (inner, termLabel) =>
        {
            foreach ((Position place, string suffix) in Outputs(lane, inner, termLabel))
            {
                string own = suffix.Substring(termLabel.Length);
                var body = new KernelBody(writer, place, lane, register, suffix);
                FoldPrinter.AccumulateFromMemory(kernel, writer, body, accumulator + label + own + Chain(term % chains, chains), register);
            }

            term++;
        });
        foreach ((_, string suffix) in outputs.Where(_ => chains > 1))
        {
            writer.Line($"{register.Type} {accumulator}{suffix} = {FoldPrinter.Join(kernel, Enumerable.Range(0, chains).Select(c => accumulator + suffix + Chain(c, chains)), register)};");
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
            var body = new KernelBody(writer, at.With(lane, null, places[i]), lane, register, suffix);
            foreach (Read operand in Operands)
            {
                string text = body.Text(operand);
                if (!loaded.TryGetValue(text, out string? name) && !DependsOn(operand, kernel.Lead.Free))
                {
                    name = operand.Tensor.Symbol + (places.Count == 1 || !body.DependsOnLane(operand) ? string.Empty : "_" + (char)('a' + i));
                    writer.Line($"{register.Type} {name} = {text};");
                    loaded.Add(text, name);
                }

                body.Know(operand, name ?? text);
            }

            // What an overlapping register holds already done counts for nothing.
            int done = i == 0 ? 0 : places[i - 1] + LanesAcrossOutputs.Width(lane.Extent.Value) - places[i];
            string term = body.Print(Fold.Body);
            term = done > 0 && IsSum ? $"{register.Type}.Choose({register.Type}.Index(0) < {register.Create(Number(done))}, {register.Zero}, {term})" : term;
            all = all is null ? term : FoldPrinter.Join(kernel, [all, term], register);
        }

        return all!;
    }

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
        Register register = Register(columns);
        int width = LanesAcrossOutputs.Width(columns.Extent.Value);
        string sums = Register(lanes.Lane).Type;
        List<Action>? stores = columns.Extent.Value > width && kernel.InPlace.Count > 0 ? [] : null;
        foreach ((Position place, string suffix) in Outputs(columns, at, label))
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

            string value = quarters.Count == 1 ? quarters[0] : $"{register.Type}.Join({string.Join(", ", quarters)})";
            Epilogue(new KernelBody(writer, place, columns, register, suffix), value, suffix, stores);
        }

        stores?.ForEach(store => store());
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

        string name = FoldPrinter.Accumulator(kernel) + suffix;
        writer.Line($"{body.Register.Type} {name} = {value};");
        body.Know(new Read(kernel.Lead.Target, kernel.Lead.At), name);
        body.Statements(kernel, name, stores);
    }

    // One value, all its terms written out.
    private void Single(Position at, string label)
    {
        if (Fold.Kind == ReduceKind.ArgMax)
        {
            new TilePrinter(kernel, writer, new Loops(writer, kernel.Rows)).Print(at, Tile.Single);
            return;
        }

        var body = new KernelBody(writer, at, null, Compiler.Register.Single, label);
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
                term.Know(operand, term.Text(operand));
            }

            terms.Add(term.Print(Fold.Body));
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
