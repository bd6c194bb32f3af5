using System.Collections.Generic;
using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>Writes a kernel for one sample, as a block of the method that it is a part of.</summary>
/// <param name="kernel">The kernel.</param>
/// <param name="writer">Where to.</param>
/// <param name="line">What the method holds already.</param>
/// <param name="sample">The variable that counts the samples; null where memory starts at the sample.</param>
internal sealed class LinePrinter(Kernel kernel, CodeWriter writer, LineValues line, string? sample = null)
{
    private readonly LineKernel part = new(kernel, writer, line);

    private Fold Fold => kernel.Lead.Value;

    public void Print()
    {
        KernelPrinter.Formulas(kernel, writer);
        switch (kernel.Strategy)
        {
            case LanesAcrossOutputs lanes:
                new LineOutputs(part, lanes).Print(Origin);
                break;
            case LanesAcrossRows rows:
                new NarrowRowsPrinter(kernel, writer, line, rows, part.Accumulator).Print(Origin);
                break;
            case AtLabels labels:
                LineKernel.Each(Fold.Over.Where(a => !a.Equals(labels.Label)), Origin, string.Empty, (at, _) => SumPrinter.AtLabel(labels, at, writer, "total", line));
                break;
            case LanesAcrossSum lanes:
                new LineSums(part).Print(lanes, Origin);
                break;
            default:
                LineKernel.Each(kernel.Lead.Free, Origin, string.Empty, Single);
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

    private void ArgMax(Position at, string label)
    {
        Axis over = Fold.Over[0];
        string letter = line.Unique(over.Letter);
        string max = part.Accumulator + label;
        string best = line.Unique("best");
        writer.Line($"float {max} = float.NegativeInfinity;");
        writer.Line($"int {best} = 0;");
        writer.Open($"for (int {letter} = 0; {letter} < {LineKernel.Number(over.Extent.Value)}; {letter}++)");
        FoldPrinter.Accumulate(kernel, writer, part.Body(at.With(over, letter), null, Register.Single, string.Empty), max, Register.Single, best, letter);
        writer.Close();
        KernelBody body = part.Body(at, null, Register.Single, label);
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

        KernelBody body = part.Body(at, null, Register.Single, label);
        if (Fold.Kind == ReduceKind.None)
        {
            body.Statements(kernel, null);
            return;
        }

        var terms = new List<string>();
        LineKernel.Each(Fold.Over, at, label, (inner, termLabel) =>
        {
            var term = new KernelBody(writer, inner, null, Register.Single, termLabel);
            foreach (Read operand in part.Operands)
            {
                term.Know(operand, line.Held(term.Text(operand)) ?? term.Text(operand));
            }

            string text = term.Print(Fold.Body);
            terms.Add(text.IndexOf('?') < 0 ? text : $"({text})");
        });
        string value = FoldPrinter.Join(kernel, terms, Register.Single);
        if (kernel.Lead.Target.Element == ElementKind.F64)
        {
            writer.Line($"total += {value};");
        }
        else
        {
            part.Epilogue(body, value, label);
        }
    }
}
