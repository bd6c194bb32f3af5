using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>Writes a program as one line of code per sample: every element of every tensor is a local.</summary>
internal sealed class StraightLinePrinter
{
    private readonly NetworkProgram program;
    private readonly CodeWriter writer;
    private readonly IReadOnlyCollection<Tensor> outputs;

    private StraightLinePrinter(NetworkProgram program, CodeWriter writer, IReadOnlyCollection<Tensor> outputs)
    {
        this.program = program;
        this.writer = writer;
        this.outputs = outputs;
    }

    /// <summary>Writes the loop over the samples, and what is loaded before it and stored behind it.</summary>
    /// <param name="program">What to compute.</param>
    /// <param name="writer">Where to.</param>
    /// <param name="outputs">What is stored for every sample.</param>
    public static void Print(NetworkProgram program, CodeWriter writer, params Tensor[] outputs) =>
        new StraightLinePrinter(program, writer, outputs).Print();

    private IEnumerable<Statement> Statements => program.Statements.Select(s => s.Statement);

    private void Print()
    {
        Tensor[] read = Statements.SelectMany(s => s.Reads).Select(r => r.Tensor).Distinct().ToArray();
        Tensor[] sums = Statements.Where(s => !s.Target.HasBatch).Select(s => s.Target).Distinct().ToArray();
        foreach (Tensor parameter in read.Where(t => t.Role == TensorRole.Parameter))
        {
            LoadAll(parameter);
        }

        foreach (Tensor sum in sums)
        {
            if (sum.Element == ElementKind.F64)
            {
                writer.Line($"double {sum.Symbol} = 0.0;");
            }
            else
            {
                LoadAll(sum);
            }
        }

        writer.Separate();
        writer.Open("for (int n = 0; n < samples; n++)");
        foreach (Tensor given in read.Where(t => t.Role is TensorRole.Input or TensorRole.Target or TensorRole.Labels or TensorRole.OutputGradient))
        {
            LoadAll(given);
        }

        // What only the input's gradient wants comes last: nothing else reads it.
        foreach (LiveStatement live in program.Statements.Where(s => !s.IfRequested))
        {
            Print(live.Statement);
        }

        LiveStatement[] requested = program.Statements.Where(s => s.IfRequested).ToArray();
        if (requested.Length > 0)
        {
            writer.Separate();
            writer.Open("if (!inputGradient.IsEmpty)");
            foreach (LiveStatement live in requested)
            {
                Print(live.Statement);
            }

            writer.Close();
        }

        writer.Close();
        foreach (Tensor sum in sums.Where(s => s.Element == ElementKind.F32))
        {
            writer.Separate();
            StoreAll(sum);
        }
    }

    private void LoadAll(Tensor tensor)
    {
        for (int i = 0; i < tensor.SizePerSample; i++)
        {
            string type = tensor.Element == ElementKind.I32 ? "int" : "float";
            writer.Line($"{type} {Name(tensor, i)} = {Memory(tensor, i)};");
        }
    }

    private void StoreAll(Tensor tensor)
    {
        for (int i = 0; i < tensor.SizePerSample; i++)
        {
            writer.Line($"{Memory(tensor, i)} = {Name(tensor, i)};");
        }
    }

    private static string Memory(Tensor tensor, int element)
    {
        string size = tensor.SizePerSample.ToString(CultureInfo.InvariantCulture);
        string sample = !tensor.HasBatch ? string.Empty : tensor.SizePerSample == 1 ? "n" : $"n * {size}";
        string offset = sample.Length == 0
            ? element.ToString(CultureInfo.InvariantCulture)
            : element == 0 ? sample : string.Format(CultureInfo.InvariantCulture, "{0} + {1}", sample, element);
        return $"Unsafe.Add(ref {MathPrinter.Memory(tensor)}, {offset})";
    }

    private void Print(Statement statement)
    {
        writer.Separate();
        writer.Line("// " + MathPrinter.Statement(statement));
        bool isFirst = statement.Store == Store.Assign && statement.Target.HasBatch;
        Each(statement.Free.Where(a => !a.IsBatch).ToArray(), new Dictionary<Axis, int>(), at =>
        {
            int element = Element(statement.Target, statement.At, at);
            string name = Name(statement.Target, element);
            if (statement.Value.Kind == ReduceKind.ArgMax)
            {
                ArgMax(statement, at, name);
            }
            else
            {
                string value = Value(statement, at, name);
                string type = isFirst ? "float " : string.Empty;
                bool adds = statement.Store == Store.Accumulate || !statement.Target.HasBatch;
                writer.Line($"{type}{name} {(adds ? "+=" : "=")} {value};");
            }

            if (outputs.Contains(statement.Target))
            {
                writer.Line($"{Memory(statement.Target, element)} = {name};");
            }
        });
    }

    private string Value(Statement statement, Dictionary<Axis, int> at, string name)
    {
        ValuePrinter printer = Printer(name);
        var terms = new List<Expr>();
        Each(statement.Value.Over.Where(a => !a.IsBatch).ToArray(), at, inner => terms.Add(At(statement.Value.Body, inner)));
        Expr? seed = statement.Value.Seed is { } s ? At(s, at) : null;
        if (statement.Value.Kind == ReduceKind.Max)
        {
            return terms.Skip(1).Aggregate(printer.Print(terms[0]), (max, term) => $"Max({max}, {printer.Print(term)})");
        }

        Expr sum = terms.Aggregate((l, r) => l + r);
        return printer.Print(Simplifier.Simplify(seed is null ? sum : seed + sum));
    }

    private void ArgMax(Statement statement, Dictionary<Axis, int> at, string name)
    {
        ValuePrinter printer = Printer(name);
        string max = "max_" + name;
        int i = 0;
        Each(statement.Value.Over.ToArray(), at, inner =>
        {
            string value = printer.Print(At(statement.Value.Body, inner));
            if (i == 0)
            {
                writer.Line($"int {name} = 0;");
                writer.Line($"float {max} = {value};");
            }
            else
            {
                writer.Open($"if ({value} > {max} || (float.IsNaN({value}) && !float.IsNaN({max})))");
                writer.Line($"{max} = {value};");
                writer.Line(string.Format(CultureInfo.InvariantCulture, "{0} = {1};", name, i));
                writer.Close();
            }

            i++;
        });
    }

    private ValuePrinter Printer(string name) => new(
        writer,
        Register.Single,
        name,
        read => Name(read.Tensor, Constant(read.Tensor, read.At)),
        index => index.Constant.ToString(CultureInfo.InvariantCulture));

    private static Expr At(Expr e, Dictionary<Axis, int> at) => e.Substitute(a => at.TryGetValue(a, out int value) ? (Index)value : a);

    private static int Element(Tensor tensor, EquatableArray<Index> index, Dictionary<Axis, int> at) =>
        Constant(tensor, index.Select(i => i.Substitute(a => at.TryGetValue(a, out int value) ? (Index)value : a)).ToEquatableArray());

    // The element of a sample that constant indices name; the batch's letter stays a letter.
    private static int Constant(Tensor tensor, EquatableArray<Index> index) => index.Select((i, d) => i.Constant * Strides.Of(tensor, d)).Sum();

    // w1 is [3, 2]: its elements are w1_0_0 to w1_2_1.
    private static string Name(Tensor tensor, int element)
    {
        if (tensor.SizePerSample == 1)
        {
            return tensor.Symbol;
        }

        string name = string.Empty;
        for (int d = tensor.Extents.Count - 1; d >= 0 && tensor.Extents[d].IsConstant; d--)
        {
            name = string.Format(CultureInfo.InvariantCulture, "_{0}{1}", element % tensor.Extents[d].Value, name);
            element /= tensor.Extents[d].Value;
        }

        return tensor.Symbol + name;
    }

    private static void Each(Axis[] axes, Dictionary<Axis, int> at, Action<Dictionary<Axis, int>> body)
    {
        if (axes.Length == 0)
        {
            body(at);
            return;
        }

        for (int i = 0; i < axes[0].Extent.Value; i++)
        {
            Each(axes.Skip(1).ToArray(), new Dictionary<Axis, int>(at) { [axes[0]] = i }, body);
        }
    }
}
