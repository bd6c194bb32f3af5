using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>Writes folds whose terms lie side by side: vectors of partial results, folded into one at the end, and what no vector holds beside them.</summary>
internal sealed class SumPrinter(Kernel kernel, CodeWriter writer, Loops loops)
{
    private bool IsTotal => kernel.Lead.Target.Element == ElementKind.F64;

    private bool IsSum => kernel.Lead.Value.Kind == ReduceKind.Sum;

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

            loops.Lanes(lane, 1, outer, (inner, _, register) =>
            {
                string term = new KernelBody(writer, inner, lane, register).Print(kernel.Lead.Value.Body);
                writer.Line(register.IsVector ? $"sum += {register.Type}.Total({term});" : $"sum += {term};");
            });
        });
        writer.Separate();
        writer.Line("return sum;");
    }

    /// <summary>The folds of several rows at once.</summary>
    public void Print(Position origin, LanesAcrossSum strategy, int rows)
    {
        var tile = new Tile(strategy.Tile, rows, null, 1, Register.Single);
        (Position At, string Suffix)[] outputs = tile.Outputs(origin).ToArray();
        Register[] registers = Loops.Passes(strategy.Lane.Extent.IsConstant ? strategy.Lane.Extent.Value : null, 1).Select(p => p.Register).ToArray();
        foreach (Register register in registers)
        {
            foreach ((_, string suffix) in outputs)
            {
                writer.Line($"{register.Type} {Accumulator(register)}{suffix} = {FoldPrinter.Empty(kernel, register)};");
            }
        }

        loops.All(kernel.Lead.Value.Over.Where(a => !a.Equals(strategy.Lane)), origin, outer =>
            loops.Lanes(strategy.Lane, 1, outer, (inner, _, register) => Update(inner, tile, strategy.Lane, register)));
        writer.Separate();
        foreach ((Position at, string suffix) in outputs)
        {
            Epilogue(at, suffix, registers);
        }
    }

    // Each register has an accumulator of its own.
    private string Accumulator(Register register) =>
        register == Register.Wide ? FoldPrinter.Accumulator(kernel) : register == Register.Narrow ? "few" : "rest";

    private void Update(Position origin, Tile tile, Axis lane, Register register)
    {
        // What the rows share is loaded once; what is a row's own is read where it is used.
        Read[] operands = kernel.Lead.Value.Body.Reads.Where(r => r.Tensor.Role != TensorRole.Scalar).ToArray();
        var shared = new Dictionary<Read, string>();
        var common = new KernelBody(writer, origin, lane, register);
        foreach (Read operand in operands.Where(o => tile.Rows > 1 && tile.Places(origin, o).Select(p => p.Suffix).Distinct().Count() == 1))
        {
            shared.Add(operand, common.Print(operand));
        }

        foreach ((Position at, string suffix) in tile.Outputs(origin))
        {
            var body = new KernelBody(writer, at, lane, register, suffix);
            foreach (Read operand in operands)
            {
                body.Know(operand, shared.TryGetValue(operand, out string? name) ? name : body.Text(operand));
            }

            FoldPrinter.Accumulate(kernel, writer, body, Accumulator(register) + suffix, register);
        }
    }

    private void Epilogue(Position at, string suffix, Register[] registers)
    {
        var body = new KernelBody(writer, at, null, Register.Single, suffix);
        string fold = IsSum ? "Sum" : "Max";
        IEnumerable<string> parts = registers.Select(r => r.IsVector ? $"{r.Type}.{fold}({Accumulator(r)}{suffix})" : Accumulator(r) + suffix);
        string value = parts.Aggregate((all, part) => IsSum ? $"{all} + {part}" : $"Max({all}, {part})");
        if (IsSum && FoldPrinter.Seed(kernel) is { } seed)
        {
            value = $"{body.Print(seed)} + {value}";
        }

        if (kernel.Statements.Skip(1).Any(s => s.Reads.Any(r => r.Tensor == kernel.Lead.Target)))
        {
            string name = kernel.Lead.Target.Symbol + (suffix.Length == 0 ? string.Empty : "_" + suffix);
            writer.Line(string.Format(CultureInfo.InvariantCulture, "float {0} = {1};", name, value));
            body.Know(new Read(kernel.Lead.Target, kernel.Lead.At), name);
            value = name;
        }

        body.Statements(kernel, value);
    }
}
