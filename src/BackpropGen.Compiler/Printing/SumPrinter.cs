using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>Writes folds whose terms lie side by side: registers of partial results, folded into one at the end.</summary>
internal sealed class SumPrinter(Kernel kernel, CodeWriter writer, Loops loops)
{
    // What the sums of four outputs are called while they are in one register.
    private const string Together = "sums";

    private bool IsSum => kernel.Lead.Value.Kind == ReduceKind.Sum;

    private Read[] Operands => kernel.Lead.Value.Body.Reads.Where(r => r.Tensor.Role != TensorRole.Scalar).ToArray();

    /// <summary>A sum of everything, in double.</summary>
    /// <param name="lane">The axis that lanes run along; null for single values.</param>
    public void Total(Axis? lane)
    {
        writer.Line("double sum = 0.0;");
        loops.All(kernel.Lead.Value.Over.Where(a => !a.Equals(lane)), new Position(), outer =>
        {
            if (lane is null)
            {
                writer.Line($"sum += {new KernelBody(writer, outer, null, Register.Single).Print(kernel.Lead.Value.Body)};");
                return;
            }

            loops.Lanes(lane, Loops.SumPasses(lane), outer, (inner, pass) =>
            {
                string term = Masked(new KernelBody(writer, inner, lane, pass.Register).Print(kernel.Lead.Value.Body), lane, pass);
                writer.Line(pass.Register.IsVector ? $"sum += {pass.Register.Type}.Total({term});" : $"sum += {term};");
            });
        });
        writer.Separate();
        writer.Line("return sum;");
    }

    /// <summary>A sum of the terms that labels name, in double.</summary>
    public void AtLabels(AtLabels strategy, Position origin)
    {
        writer.Line("double sum = 0.0;");
        loops.All(kernel.Lead.Value.Over.Where(a => !a.Equals(strategy.Label)), origin, outer => AtLabel(strategy, outer, writer, "sum"));
        writer.Separate();
        writer.Line("return sum;");
    }

    /// <summary>Adds the one term that a label names.</summary>
    public static void AtLabel(AtLabels strategy, Position at, CodeWriter writer, string sum, LineValues? line = null)
    {
        string letter = line?.Unique(strategy.Label.Letter) ?? strategy.Label.Letter;
        writer.Line($"int {letter} = {new KernelBody(writer, at, null, Register.Single).Text(strategy.Labels)};");
        writer.Line($"{sum} += {new KernelBody(writer, at.With(strategy.Label, letter), null, Register.Single, line: line).Print(strategy.Term)};");
    }

    /// <summary>The folds of a block of outputs at once.</summary>
    /// <param name="origin">Where the block starts.</param>
    /// <param name="strategy">How it is folded.</param>
    /// <param name="rows">Rows of the strategy's axis of rows.</param>
    /// <param name="columns">Columns of its tiled axis.</param>
    public void Print(Position origin, LanesAcrossSum strategy, int rows, int columns)
    {
        var block = new Block(strategy.Rows, rows, strategy.Tile, columns);
        bool isGathered = columns == Strategy.FewestLanes && strategy.GathersColumns;
        IReadOnlyList<LanePass> passes = Loops.SumPasses(strategy.Lane, endsSingle: !isGathered && IsSum);
        Register[] registers = passes.Select(p => p.Register).Distinct().ToArray();
        foreach (Register register in registers)
        {
            foreach (IGrouping<int, string> row in block.Outputs(origin).Select((o, i) => (o.Suffix, i)).GroupBy(o => o.i / columns, o => o.Suffix))
            {
                writer.Line($"{register.Type} {string.Join(", ", row.Select(suffix => $"{Accumulator(register)}{suffix} = {FoldPrinter.Start(kernel, register)}"))};");
            }
        }

        loops.All(kernel.Lead.Value.Over.Where(a => !a.Equals(strategy.Lane)), origin, outer =>
            loops.Lanes(strategy.Lane, passes, outer, (inner, pass) => Update(inner, block, strategy.Lane, pass)));
        writer.Separate();
        if (isGathered)
        {
            for (int row = 0; row < rows; row++)
            {
                Gathered(block, origin, row, registers);
            }
        }
        else
        {
            (Position At, string Suffix)[] outputs = block.Outputs(origin).ToArray();
            bool isTogether = columns == Strategy.FewestLanes && rows == 1 && IsSum;
            if (isTogether)
            {
                writer.Line($"{Register.Narrow.Type} {Together} = {OfFour(outputs, registers)};");
            }

            for (int i = 0; i < outputs.Length; i++)
            {
                (Position at, string suffix) = outputs[i];
                string value = Joined(
                    (isTogether ? [$"{Together}.Lane({Number(i)})"] : registers.Where(r => r.IsVector).Select(r => $"{r.Type}.{Fold}({Accumulator(r)}{suffix})"))
                        .Concat(registers.Where(r => !r.IsVector).Select(r => Accumulator(r) + suffix)),
                    Register.Single);
                Epilogue(new KernelBody(writer, at, null, Register.Single, suffix), value, suffix);
            }
        }
    }

    private string Fold => IsSum ? "Sum" : "Max";

    // Each register has an accumulator of its own.
    private string Accumulator(Register register) =>
        register == Register.Wide ? FoldPrinter.Accumulator(kernel) : register == Register.Narrow ? "few" : "rest";

    private string Joined(IEnumerable<string> parts, Register register) =>
        parts.Aggregate((all, part) => IsSum ? $"{all} + {part}" : $"{register.Function("Max")}({all}, {part})");

    // What an overlapping register holds already done counts for nothing.
    private string Masked(string term, Axis lane, LanePass pass) => pass.Overlaps && IsSum
        ? $"{pass.Register.Type}.Choose({pass.Register.Type}.Index({Loops.From}) < {pass.Register.Create(lane.Letter)}, {pass.Register.Zero}, {term})"
        : term;

    private void Update(Position origin, Block block, Axis lane, LanePass pass)
    {
        // All places of an operand are constants away from the first: one address instead of one for each.
        var addresses = new Dictionary<Read, string>();
        foreach (Read operand in Operands.Where(o => o.Tensor.Element == ElementKind.F32 && block.HasSeveral(o) && Operands.Count(other => other.Tensor.Symbol == o.Tensor.Symbol) == 1))
        {
            addresses.Add(operand, operand.Tensor.Symbol);
            writer.Line($"ref float {operand.Tensor.Symbol} = ref {new KernelBody(writer, origin, null, Register.Single).Text(operand)};");
        }

        // What outputs share is loaded once, where it is first used; what is an output's own is read where it is used.
        var shared = new Dictionary<(Read, string), string>();
        foreach ((Position at, string suffix) in block.Outputs(origin))
        {
            var body = new KernelBody(writer, at, lane, pass.Register, suffix);
            foreach (Read operand in Operands)
            {
                string own = block.Suffix(operand, suffix);
                string text = addresses.TryGetValue(operand, out string? address) ? body.Text(operand, address, at.Distance(origin, operand)) : body.Text(operand);
                if (own == suffix)
                {
                    body.Know(operand, text);
                    continue;
                }

                if (!shared.TryGetValue((operand, own), out string? name))
                {
                    name = own.Length == 0 ? operand.Tensor.Symbol : $"{operand.Tensor.Symbol}_{own}";
                    writer.Line(pass.Register.Declare(operand.Tensor, name, text));
                    shared.Add((operand, own), name);
                }

                body.Know(operand, name);
            }

            string accumulator = Accumulator(pass.Register) + suffix;
            if (pass.Overlaps && IsSum)
            {
                writer.Line($"{accumulator} += {Masked(body.Print(kernel.Lead.Value.Body), lane, pass)};");
            }
            else
            {
                FoldPrinter.Accumulate(kernel, writer, body, accumulator, pass.Register);
            }
        }
    }

    // Four neighbouring outputs, each folded to one lane of a register: the epilogue is for all four at once.
    private void Gathered(Block block, Position origin, int row, Register[] registers)
    {
        (Position At, string Suffix)[] columns = block.Outputs(origin).Skip(row * Strategy.FewestLanes).Take(Strategy.FewestLanes).ToArray();
        string suffix = block.RowSuffix(row);
        Epilogue(new KernelBody(writer, columns[0].At, block.ColumnAxis, Register.Narrow, suffix), OfFour(columns, registers), suffix);
    }

    // The vectors of four outputs as one, in which each has a lane.
    private string OfFour((Position At, string Suffix)[] outputs, Register[] registers) => Joined(
        registers.Where(r => r.IsVector).Select(r => $"{r.Type}.SumsOfFour({string.Join(", ", outputs.Select(o => Accumulator(r) + o.Suffix))})"),
        Register.Narrow);

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private void Epilogue(KernelBody body, string value, string suffix)
    {
        if (IsSum && FoldPrinter.Seed(kernel) is { } seed)
        {
            value = $"{body.Print(seed)} + {value}";
        }

        if (kernel.Statements.Skip(1).Any(s => s.Reads.Any(r => r.Tensor == kernel.Lead.Target)))
        {
            string name = kernel.Lead.Target.Symbol + (suffix.Length == 0 ? string.Empty : "_" + suffix);
            writer.Line(body.Register.Declare(name, value));
            body.Know(new Read(kernel.Lead.Target, kernel.Lead.At), name);
            value = name;
        }

        body.Statements(kernel, value);
    }

    /// <summary>A block of outputs: rows of one axis by columns of another.</summary>
    private sealed record Block(Axis? RowAxis, int Rows, Axis? ColumnAxis, int Columns)
    {
        public IEnumerable<(Position At, string Suffix)> Outputs(Position origin)
        {
            for (int row = 0; row < Rows; row++)
            {
                for (int column = 0; column < Columns; column++)
                {
                    Position at = RowAxis is not null && row > 0 ? origin.With(RowAxis, RowAxis.Letter, row) : origin;
                    at = ColumnAxis is not null && column > 0 ? at.With(ColumnAxis, ColumnAxis.Letter, column) : at;
                    yield return (at, RowSuffix(row) + (Columns > 1 ? Number(column) : string.Empty));
                }
            }
        }

        public string RowSuffix(int row) => Rows > 1 ? Number(row) : string.Empty;

        /// <summary>Outputs read an operand at different places.</summary>
        public bool HasSeveral(Read operand) => HasRow(operand) || HasColumn(operand);

        /// <summary>The part of an output's suffix that an operand depends on.</summary>
        public string Suffix(Read operand, string suffix)
        {
            string row = Rows > 1 ? suffix.Substring(0, 1) : string.Empty;
            string column = Columns > 1 ? suffix.Substring(suffix.Length - 1) : string.Empty;
            return (HasRow(operand) ? row : string.Empty) + (HasColumn(operand) ? column : string.Empty);
        }

        private bool HasRow(Read operand) => Rows > 1 && Strides.Along(operand.Tensor, operand.At, RowAxis!) != 0;

        private bool HasColumn(Read operand) => Columns > 1 && Strides.Along(operand.Tensor, operand.At, ColumnAxis!) != 0;

        private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
    }
}
