using System;
using System.Collections.Generic;
using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>Writes kernels of a sample, or of two at once, whose lanes hold neighbouring outputs.</summary>
/// <param name="part">The kernel.</param>
/// <param name="lanes">Along which letter.</param>
internal sealed class LineOutputs(LineKernel part, LanesAcrossOutputs lanes)
{
    // A multiplication and addition takes four cycles, and two begin in one: fewer sums than eight would wait for each other.
    private const int SumsAtOnce = 8;

    private const int MostChains = 4;

    // An outer product's, in one call.
    private const int RowsAtOnce = 4;

    // Of 16 registers, besides an element in all lanes and what the JIT keeps.
    private const int MostSumsInFewRegisters = 12;

    // The same where each is one sum and nothing is added to it in the end.
    private const int MostOutputsInFewRegisters = 14;

    private readonly Kernel kernel = part.Kernel;
    private readonly CodeWriter writer = part.Writer;
    private readonly LineValues line = part.Line;

    private Fold Fold => part.Fold;

    public void Print()
    {
        if (lanes.ReadsBeyond)
        {
            writer.Line($"// {LineKernel.Number(lanes.Lane.Extent.Value)} of {LineKernel.Number(lanes.Registers[0].Width)} lanes count: a row is read beyond its end.");
        }

        if (Fold.Kind != ReduceKind.None)
        {
            LineKernel.Each(kernel.Lead.Free.Where(a => !a.Equals(lanes.Lane)), new Position(), string.Empty, Sums);
            return;
        }

        foreach ((Position origin, string label) in part.Samples(new Position(), string.Empty))
        {
            if (LineLoops.Rows(kernel) is { } row)
            {
                EachRow(row, origin, label);
            }
            else if (RowsOfProduct() is { } rows)
            {
                InFours(rows, origin);
            }
            else
            {
                LineKernel.Each(kernel.Lead.Free.Where(a => !a.Equals(lanes.Lane)), origin, label, Row);
            }
        }
    }

    // The letter of an outer product's rows, where each has the next element of what runs across.
    private Axis? RowsOfProduct()
    {
        Axis[] rows = kernel.Lead.Free.Where(a => !a.IsBatch && !a.Equals(lanes.Lane)).ToArray();
        return Product is var (left, right) && rows.Length == 1
            && Strides.Along(left.Tensor, left.At, rows[0]) + Strides.Along(right.Tensor, right.At, rows[0]) == 1
            && lanes.Registers.All(r => Register.Of(r.Width).First is null)
                ? rows[0] : null;
    }

    private void InFours(Axis rows, Position origin)
    {
        int fours = rows.Extent.Value / RowsAtOnce * RowsAtOnce;
        for (int row = 0; row < rows.Extent.Value; row += row < fours ? RowsAtOnce : 1)
        {
            OuterProduct(Product!.Value, LineKernel.Outputs(lanes, origin.With(rows, null, row), string.Empty), row < fours ? rows : null);
        }
    }

    // What all rows read is in registers before the loop; what is loaded in it belongs to a row.
    private void EachRow(Axis row, Position origin, string label)
    {
        LineOutput[] outputs = LineKernel.Outputs(lanes, origin, label);
        foreach (Read read in part.Operands.Where(r => Strides.Along(r.Tensor, r.At, row) == 0 && Strides.Along(r.Tensor, r.At, lanes.Lane) != 0))
        {
            foreach (LineOutput output in outputs)
            {
                Body(output).Loaded(read);
            }
        }

        string letter = line.Unique(row.Letter);
        writer.Open($"for (int {letter} = 0; {letter} < {LineKernel.Number(row.Extent.Value)}; {letter}++)");
        line.Within(() => Row(origin.With(row, letter), label));
        writer.Close();
    }

    private void Row(Position at, string label)
    {
        LineOutput[] outputs = LineKernel.Outputs(lanes, at, label);
        if (Product is { } product)
        {
            OuterProduct(product, outputs);
            return;
        }

        Statements(outputs, (body, _, stores) => body.Statements(kernel, null, stores));
    }

    // Registers that overlap replace the same values twice: with the same, as long as all are read before any is stored.
    private void Statements(LineOutput[] outputs, Action<KernelBody, LineOutput, List<Action>?> write)
    {
        List<Action>? stores = outputs.Length > 1 && kernel.InPlace.Count > 0 ? [] : null;
        foreach (LineOutput output in outputs)
        {
            write(Body(output), output, stores);
        }

        stores?.ForEach(store => store());
    }

    private KernelBody Body(LineOutput output) => part.Body(output.At, lanes.Lane, output.Register, output.Suffix);

    // The factors of an outer product that is added to memory.
    private (Read Left, Read Right)? Product => kernel.Statements.Count == 1 && kernel.Lead.Store == Store.Accumulate && !lanes.OverlapsAtEnd
        && Fold is { Kind: ReduceKind.None, Body: Binary { Op: BinaryOp.Multiply, Left: Read left, Right: Read right } }
        && left.Tensor.Role != TensorRole.Scalar && right.Tensor.Role != TensorRole.Scalar
            ? (left, right) : null;

    // One instruction a register: memory + element·register. Of four rows in one call.
    private void OuterProduct((Read Left, Read Right) factors, LineOutput[] outputs, Axis? fourRows = null)
    {
        var target = new Read(kernel.Lead.Target, kernel.Lead.At);
        for (int i = 0; i < outputs.Length; i++)
        {
            KernelBody body = part.Body(outputs[i].At, lanes.Lane, outputs[i].Register, LineKernel.Letter(i, outputs.Length));
            (Read across, Read along) = body.DependsOnLane(factors.Left) ? (factors.Right, factors.Left) : (factors.Left, factors.Right);
            string name = body.Loaded(along);
            string stride = fourRows is null ? string.Empty : $"{LineKernel.Number(Strides.Along(target.Tensor, target.At, fourRows))}, ";
            writer.Line($"{outputs[i].Register.Call(fourRows is null ? "AddProduct" : "AddFourProducts")}{body.Place(target)}, {stride}{body.Place(across)}, {name});");
            line.Forget(target.Tensor);
        }
    }

    // The outputs of all samples.
    private IEnumerable<LineOutput> Outputs(Position at, string label) =>
        part.Samples(at, label).SelectMany(sample => LineKernel.Outputs(lanes, sample.At, sample.Label));

    private void Sums(Position at, string label)
    {
        LineOutput[] outputs = Outputs(at, label).ToArray();
        Sums(at, label, outputs);
        Statements(outputs, (body, output, stores) =>
        {
            string result = part.Accumulator + output.Suffix;
            body.Know(new Read(kernel.Lead.Target, kernel.Lead.At), result);
            body.Statements(kernel, result, stores);
        });
    }

    // Neighbouring terms go into different chains, which are added at the end.
    private void Sums(Position at, string label, LineOutput[] outputs)
    {
        int terms = Fold.Over.Where(a => !a.IsBatch).Aggregate(1, (count, a) => count * a.Extent.Value);
        int halves = outputs.Sum(o => o.Register.Type == Register.TypeOf16 ? 2 : 1);
        (Axis Axis, Read One, Read Neighbours)? loop = LineLoops.Terms(kernel);

        // Two samples' sums that are written out are the same where registers are few: as many as those hold. A loop has another for them.
        int side = part.SamplesAtOnce == 1 || loop is not null ? outputs.Length : halves;
        int chains = Math.Min(terms, Math.Min(MostChains, Math.Max(1, SumsAtOnce / side)));
        string[] starts = outputs.Select(o => FoldPrinter.Seed(kernel) is { } seed && part.IsSum ? Body(o).Print(seed) : FoldPrinter.Start(kernel, o.Register)).ToArray();

        // Where a register of 16 floats is two, fewer sums fit into those that there are.
        int few = loop is not null && halves > outputs.Length && halves * chains > MostSumsInFewRegisters ? Math.Max(1, chains / 2) : chains;
        bool isInTwo = loop is not null && few == 1 && halves > MostOutputsInFewRegisters;
        if (few == chains && !isInTwo)
        {
            Chains(0, outputs.Length, chains, isDeclared: false);
            return;
        }

        foreach (IGrouping<string, LineOutput> same in outputs.GroupBy(o => o.Register.Type))
        {
            writer.Line($"{same.Key} {string.Join(", ", same.Select(o => part.Accumulator + o.Suffix))};");
        }

        writer.Open($"if ({outputs[0].Register.Type}.HasManyRegisters)");
        Chains(0, outputs.Length, chains, isDeclared: true);
        writer.End();
        writer.Open("else");
        int half = isInTwo ? (outputs.Length + 1) / 2 : outputs.Length;
        for (int first = 0; first < outputs.Length; first += half)
        {
            Chains(first, Math.Min(half, outputs.Length - first), few, isDeclared: true);
        }

        writer.Close();

        // Some of the outputs.
        void Chains(int first, int count, int own, bool isDeclared)
        {
            // A chain that starts from nothing starts with its first term, where that is one instruction and no loop has it. Only beside loops are the
            // sums declared already.
            var open = new HashSet<string>();
            Axis? fours = loop is null && own == MostChains ? AxisOfFours(outputs) : null;
            bool startsWithTerm = loop is null && LineLoops.Factors(kernel, lanes.Lane) is not null;
            for (int output = first; fours is null && output < first + count; output++)
            {
                for (int chain = 0; chain < own; chain++)
                {
                    string nothing = FoldPrinter.Start(kernel, outputs[output].Register);
                    string start = chain == 0 ? starts[output] : nothing;
                    if (startsWithTerm && start == nothing)
                    {
                        open.Add(Sum(output, chain));
                    }
                    else
                    {
                        writer.Line($"{(own == 1 && isDeclared ? string.Empty : outputs[output].Register.Type + " ")}{Sum(output, chain)} = {start};");
                    }
                }
            }

            string Sum(int output, int term) => part.Accumulator + outputs[output].Suffix + Chain(term % own, own);
            IEnumerable<(LineOutput Output, string Sum)> Own(Position place, string ownLabel, int term) =>
                Outputs(place, ownLabel).Select((o, i) => (o, Sum(i, term))).Skip(first).Take(count);
            int done = fours is not null ? InFours(fours, at, outputs, starts)
                : loop is not null ? new TermLoop(loop.Value, count, part).Print(writer, at, (place, term) => Own(place, label, term))
                : 0;
            int number = 0;
            LineKernel.Each(Fold.Over, at, label, (inner, termLabel) =>
            {
                if (number >= done)
                {
                    Term(Own(inner, termLabel, number), open);
                }

                number++;
            });

            foreach (LineOutput output in outputs.Skip(first).Take(own > 1 ? count : 0))
            {
                string declaration = isDeclared ? string.Empty : output.Register.Type + " ";
                writer.Line($"{declaration}{part.Accumulator}{output.Suffix} = {FoldPrinter.Join(kernel, Enumerable.Range(0, own).Select(c => part.Accumulator + output.Suffix + Chain(c, own)), output.Register)};");
            }
        }
    }

    // The letter of a sum whose neighbouring terms are neighbouring elements times rows: each of four in a call goes into one of an output's four chains.
    private Axis? AxisOfFours(LineOutput[] outputs)
    {
        Axis[] over = Fold.Over.Where(a => !a.IsBatch).ToArray();
        return part.SamplesAtOnce == 1 && over.Length == 1 && LineLoops.Factors(kernel, lanes.Lane) is { One: var one }
            && Strides.Along(one.Tensor, one.At, over[0]) == 1 && outputs.All(o => o.Register.First is null)
                ? over[0] : null;
    }

    // How many terms are done: some may be left over.
    private int InFours(Axis terms, Position at, LineOutput[] outputs, string[] starts)
    {
        (Read one, Read neighbours) = LineLoops.Factors(kernel, lanes.Lane)!.Value;
        string stride = LineKernel.Number(Strides.Along(neighbours.Tensor, neighbours.At, terms));
        int done = 0;
        for (; done + MostChains <= terms.Extent.Value; done += MostChains)
        {
            for (int i = 0; i < outputs.Length; i++)
            {
                LineOutput output = outputs[i];
                KernelBody body = new(writer, output.At.With(terms, null, done), lanes.Lane, output.Register, output.Suffix);
                string Sums(string passed) => string.Join(", ", Enumerable.Range(0, MostChains).Select(chain => $"{passed}{part.Accumulator}{output.Suffix}{Chain(chain, MostChains)}"));
                string places = $"{body.Place(one)}, {body.Place(neighbours)}, {stride}";
                writer.Line(done == 0
                    ? $"{output.Register.Type}.FourTerms({places}, {starts[i]}, {Sums("out var ")});"
                    : $"{output.Register.Type}.AddFourTerms({places}, {Sums("ref ")});");
            }
        }

        return done;
    }

    // A term into the sum of each output. Of those that are open yet, it is the first.
    private void Term(IEnumerable<(LineOutput Output, string Sum)> sums, HashSet<string> open)
    {
        if (LineLoops.Factors(kernel, lanes.Lane) is { } factors)
        {
            LineTerm.Print(writer, line, factors, sums.Select(s =>
            {
                KernelBody body = new(writer, s.Output.At, lanes.Lane, s.Output.Register, s.Output.Suffix);
                return new LineTerm(s.Output.Register, s.Sum, body.Place(factors.One), body.Place(factors.Neighbours), open.Remove(s.Sum));
            }).ToArray());
            return;
        }

        foreach ((LineOutput output, string sum) in sums)
        {
            KernelBody body = Body(output);
            foreach (Read operand in part.Operands)
            {
                body.Know(operand, body.Text(operand));
            }

            FoldPrinter.Accumulate(kernel, writer, body, sum, output.Register);
        }
    }

    private static string Chain(int chain, int chains) => chains == 1 ? string.Empty : "_" + LineKernel.Number(chain + 1);
}
