using System.Collections.Generic;
using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>Writes what stands in an entry point: where the network's memory lies, and the pieces of a batch or the samples one by one.</summary>
/// <param name="plan">The network's plan.</param>
/// <param name="section">Where kernels go.</param>
/// <param name="writer">Where the body goes.</param>
internal sealed class BodyPrinter(NetworkPlan plan, Section section, CodeWriter writer)
{
    private Network Network => plan.Programs.Network;

    /// <summary>The body of one method.</summary>
    /// <param name="name">The method's name.</param>
    /// <param name="method">What it computes.</param>
    /// <param name="spans">The spans that are passed to it.</param>
    /// <param name="isTraining">It has the workspace.</param>
    /// <param name="outputs">What is stored for every sample.</param>
    /// <param name="isOnePiece">All samples are one piece.</param>
    /// <param name="samplesGiven">How many samples there are, where the method gets their first elements by the names of the tensors; null where it gets the spans.</param>
    public void Print(string name, MethodPlan method, Dictionary<Tensor, string> spans, bool isTraining, Tensor[] outputs, bool isOnePiece = false, int? samplesGiven = null)
    {
        if (!isTraining && (method.Form == MethodForm.Kernels || (method.Form == MethodForm.Line && method.Buffers.FloatsPerSample > 0)))
        {
            new LentPrinter(plan, section).Print(name, method, spans, samplesGiven);
            return;
        }

        Omissions(isTraining);
        if (method.Form == MethodForm.Line)
        {
            new SamplesPrinter(plan, section, writer).Print(method, samplesGiven is null ? Passed() : [], isTraining, samplesGiven ?? (isOnePiece ? 1 : null));
            return;
        }

        Tensor[] touched = Stored(method);
        if (method.Form == MethodForm.ScalarLine)
        {
            foreach (Tensor tensor in touched.Where(spans.ContainsKey))
            {
                writer.Line($"ref {Places.Type(tensor)} {MathPrinter.Memory(tensor)} = ref {new Passed(spans[tensor], IsSpan: true).Start};");
            }

            StraightLinePrinter.Print(method.Program, writer, outputs);
            return;
        }

        new PiecesPrinter(plan, section, writer) { IsOfAnyScale = method.IsOfAnyScale }.Print(method, Passed(), isTraining, isOnePiece);

        Dictionary<Tensor, Passed> Passed() => spans.ToDictionary(s => s.Key, s => new Passed(s.Value, IsSpan: true));
    }

    /// <summary>The same of inference, with memory that is lent.</summary>
    /// <param name="method">What it computes.</param>
    /// <param name="passed">The references that are passed.</param>
    /// <param name="samplesGiven">How many samples there are, whose first elements the references are; null where there may be any number.</param>
    public void PrintLent(MethodPlan method, Dictionary<Tensor, Passed> passed, int? samplesGiven)
    {
        if (method.Form == MethodForm.Line)
        {
            new SamplesPrinter(plan, section, writer).Print(method, samplesGiven is null ? passed : [], isTraining: false, samplesGiven);
        }
        else
        {
            Stored(method);
            new PiecesPrinter(plan, section, writer).Print(method, passed, isTraining: false, isOnePiece: false);
        }
    }

    // What lies in the network's memory; and all that the body itself touches.
    private Tensor[] Stored(MethodPlan method)
    {
        Tensor[] touched = method.Form == MethodForm.ScalarLine
            ? method.Program.Statements.SelectMany(s => s.Statement.Reads.Select(r => r.Tensor).Append(s.Statement.Target)).Distinct().ToArray()
            : Places.Named(method.Kernels.Where((_, i) => !method.Passes.Any(p => i >= p.First && i < p.First + p.Count)));
        Places.Stored(writer, touched);
        return touched;
    }

    // What is not here, and why.
    private void Omissions(bool isTraining)
    {
        Tensor[] frozen = isTraining ? Network.Parameters.Where(p => !p.Slot!.IsTrainable).ToArray() : [];
        if (frozen.Length > 0)
        {
            writer.Line($"// {string.Join(", ", frozen.Select(p => Network.GradientOf(p).Symbol))}: frozen, their gradients stay 0.");
        }
    }
}
