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
        bool hasRest = lane is null || HasRest(lane);
        if (lane is not null)
        {
            writer.Line("Doubles sum = Doubles.Zero;");
        }

        if (hasRest)
        {
            writer.Line("double rest = 0.0;");
        }

        loops.All(kernel.Lead.Value.Over.Where(a => !a.Equals(lane)), new Position(), outer =>
        {
            if (lane is null)
            {
                writer.Line($"rest += {new KernelBody(writer, outer, null, isVector: false).Print(kernel.Lead.Value.Body)};");
                return;
            }

            loops.Lanes(lane, 1, outer, (inner, vectors) =>
            {
                string term = new KernelBody(writer, inner, lane, isVector: vectors > 0).Print(kernel.Lead.Value.Body);
                writer.Line(vectors > 0 ? $"sum += Widen({term});" : $"rest += {term};");
            });
        });
        writer.Separate();
        writer.Line(lane is null ? "return rest;" : hasRest ? "return Sum(sum) + rest;" : "return Sum(sum);");
    }

    /// <summary>The folds of several rows at once.</summary>
    public void Print(Position origin, LanesAcrossSum strategy, int rows)
    {
        var tile = new Tile(strategy.Tile, rows, null, 0);
        string accumulator = FoldPrinter.Accumulator(kernel);
        (Position At, string Suffix)[] outputs = tile.Outputs(origin).ToArray();
        bool hasRest = HasRest(strategy.Lane);
        foreach ((_, string suffix) in outputs)
        {
            writer.Line($"Floats {accumulator}{suffix} = {FoldPrinter.Empty(kernel, "Floats")};");
        }

        foreach ((_, string suffix) in outputs.Where(_ => hasRest))
        {
            writer.Line($"float rest{suffix} = {FoldPrinter.Empty(kernel, "float")};");
        }

        loops.All(kernel.Lead.Value.Over.Where(a => !a.Equals(strategy.Lane)), origin, outer =>
            loops.Lanes(strategy.Lane, 1, outer, (inner, vectors) => Update(inner, tile, strategy.Lane, vectors > 0)));
        writer.Separate();
        foreach ((Position at, string suffix) in outputs)
        {
            Epilogue(at, suffix, accumulator, hasRest);
        }
    }

    private void Update(Position origin, Tile tile, Axis lane, bool isVector)
    {
        // What the rows share is loaded once; what is a row's own is read where it is used.
        Read[] operands = kernel.Lead.Value.Body.Reads.Where(r => r.Tensor.Role != TensorRole.Scalar).ToArray();
        var shared = new Dictionary<Read, string>();
        var common = new KernelBody(writer, origin, lane, isVector);
        foreach (Read operand in operands.Where(o => tile.Rows > 1 && tile.Places(origin, o).Select(p => p.Suffix).Distinct().Count() == 1))
        {
            shared.Add(operand, common.Print(operand));
        }

        string accumulator = isVector ? FoldPrinter.Accumulator(kernel) : "rest";
        foreach ((Position at, string suffix) in tile.Outputs(origin))
        {
            var body = new KernelBody(writer, at, lane, isVector, suffix);
            foreach (Read operand in operands)
            {
                body.Know(operand, shared.TryGetValue(operand, out string? name) ? name : body.Text(operand));
            }

            FoldPrinter.Accumulate(kernel, writer, body, accumulator + suffix, isVector);
        }
    }

    private void Epilogue(Position at, string suffix, string accumulator, bool hasRest)
    {
        var body = new KernelBody(writer, at, null, isVector: false, suffix);
        string value = $"{(IsSum ? "Sum" : "Max")}({accumulator}{suffix})";
        if (hasRest)
        {
            value = IsSum ? $"{value} + rest{suffix}" : $"Max({value}, rest{suffix})";
        }

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

    private static bool HasRest(Axis lane) => !lane.Extent.IsConstant || lane.Extent.Value % Strategy.MostLanes != 0;
}
