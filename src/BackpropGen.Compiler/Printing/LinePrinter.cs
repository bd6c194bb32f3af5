using System.Collections.Generic;
using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>Writes a kernel for a sample, or for two at once, as a block of the method that it is a part of.</summary>
/// <param name="kernel">The kernel.</param>
/// <param name="writer">Where to.</param>
/// <param name="line">What the method holds already.</param>
/// <param name="samples">How many samples the method works on at once.</param>
/// <param name="first">The variable that the first of them stands at; null where memory starts there.</param>
internal sealed class LinePrinter(Kernel kernel, CodeWriter writer, LineValues line, int samples = 1, string? first = null)
{
    private Fold Fold => kernel.Lead.Value;

    public void Print()
    {
        KernelPrinter.Formulas(kernel, writer);
        if (kernel.Strategy is LanesAcrossOutputs outputs)
        {
            new LineOutputs(Part(), outputs).Print();
            return;
        }

        foreach ((Position origin, _) in Part().Samples(new Position(), string.Empty))
        {
            // Each sample's sums have names of their own.
            Print(Part(), origin);
        }
    }

    private LineKernel Part() => new(kernel, writer, line, samples, first);

    private void Print(LineKernel part, Position origin)
    {
        switch (kernel.Strategy)
        {
            case LanesAcrossRows rows:
                new NarrowRowsPrinter(kernel, writer, line, rows, part.Accumulator).Print(origin);
                break;
            case AtLabels labels:
                LineKernel.Each(Fold.Over.Where(a => !a.Equals(labels.Label)), origin, string.Empty, (at, _) => SumPrinter.AtLabel(labels, at, writer, "total", line));
                break;
            case LanesAcrossSum lanes:
                new LineSums(part).Print(lanes, origin);
                break;
            default:
                LineKernel.Each(kernel.Lead.Free, origin, string.Empty, (at, label) => Single(part, at, label));
                break;
        }
    }

    private void ArgMax(LineKernel part, Position at, string label)
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
    private void Single(LineKernel part, Position at, string label)
    {
        if (Fold.Kind == ReduceKind.ArgMax)
        {
            ArgMax(part, at, label);
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
            KernelBody term = part.Body(inner, null, Register.Single, termLabel);
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
