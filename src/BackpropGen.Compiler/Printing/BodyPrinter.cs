using System.Collections.Generic;
using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>Writes what stands in an entry point: where the network's memory lies, and the pieces of a batch or the samples one by one.</summary>
/// <param name="plan">The network's plan.</param>
/// <param name="section">Where to.</param>
internal sealed class BodyPrinter(NetworkPlan plan, Section section)
{
    private CodeWriter Writer => section.Entries;

    private Network Network => plan.Programs.Network;

    /// <summary>The body of one method.</summary>
    /// <param name="method">What it computes.</param>
    /// <param name="spans">The spans that are passed to it.</param>
    /// <param name="isTraining">It has the workspace.</param>
    /// <param name="outputs">What is stored for every sample.</param>
    /// <param name="isOnePiece">All samples are one piece.</param>
    /// <param name="samplesGiven">How many samples there are, where the method gets their first elements by the names of the tensors; null where it gets the spans.</param>
    public void Print(MethodPlan method, Dictionary<Tensor, string> spans, bool isTraining, Tensor[] outputs, bool isOnePiece = false, int? samplesGiven = null)
    {
        Omissions(isTraining);
        Tensor[] touched = method.Form == MethodForm.ScalarLine
            ? method.Program.Statements.SelectMany(s => s.Statement.Reads.Select(r => r.Tensor).Append(s.Statement.Target)).Distinct().ToArray()
            : method.Kernels.Where((_, i) => !method.Passes.Any(p => i >= p.First && i < p.First + p.Count)).SelectMany(k => k.Memory).Distinct().ToArray();
        Places.Stored(Writer, touched);
        if (method.Form == MethodForm.Line)
        {
            new SamplesPrinter(plan, section).Print(method, samplesGiven is null ? spans : [], isTraining, samplesGiven ?? (isOnePiece ? 1 : null));
            return;
        }

        if (method.Form == MethodForm.ScalarLine)
        {
            foreach (Tensor tensor in touched.Where(spans.ContainsKey))
            {
                Writer.Line($"ref {Places.Type(tensor)} {MathPrinter.Memory(tensor)} = ref MemoryMarshal.GetReference({spans[tensor]});");
            }

            StraightLinePrinter.Print(method.Program, Writer, outputs);
            return;
        }

        new PiecesPrinter(plan, section, Writer).Print(method, spans, isTraining, isOnePiece);
    }

    // What is not here, and why.
    private void Omissions(bool isTraining)
    {
        Tensor[] frozen = isTraining ? Network.Parameters.Where(p => !p.Slot!.IsTrainable).ToArray() : [];
        if (frozen.Length > 0)
        {
            Writer.Line($"// {string.Join(", ", frozen.Select(p => Network.GradientOf(p).Symbol))}: frozen, their gradients stay 0.");
        }
    }
}
