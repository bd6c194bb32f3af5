using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>Writes how training gathers threads for a large batch, or a step of the optimizer, and the method that is each thread's share.</summary>
/// <param name="writer">Where to.</param>
/// <param name="share">Each thread's share.</param>
internal sealed class TeamPrinter(CodeWriter writer, Share share)
{
    /// <summary>The call of all shares, or of the one that is everything; a total is in <c>total</c> afterwards.</summary>
    /// <param name="split">How several threads share the call; null where one does all of it.</param>
    public void Gather(MethodSplit? split)
    {
        if (split is not { IsWithinPieces: true })
        {
            writer.Line((share.HasTotal ? "double total = " : string.Empty) + share.CallAlone + ";");
            return;
        }

        // Every argument has its place in the call that threads share: the input first, then the values, the labels, the input's gradient.
        string Span(string name) => share.Arguments.Contains(name) ? name : "default";
        string values = Share.ValueSpans.Select(Span).FirstOrDefault(s => s != "default") ?? "default";
        Gather($"samples, {Places.Number(split.MultiplyAdds)}", $"Train({{0}}, samples, input, {values}, {Span("labels")}, {Span("inputGradient")})");
    }

    /// <summary>The same for a step of the optimizer.</summary>
    public void GatherForStep(int count) => Gather($"{Places.Number(count)}, {Places.Number(Workload.OfUpdate)}", "Step({0})");

    /// <summary>The head of the method that is a thread's share.</summary>
    /// <param name="comment">What a comment says of it; null where there is none.</param>
    public void OpenShare(string? comment = null)
    {
        writer.Separate();
        if (comment is not null)
        {
            writer.Line("// " + comment);
        }

        if (!share.IsForThreads)
        {
            // A part of the entry points that call it: of a small network's step for two samples, a call more is a twentieth.
            writer.Line("[MethodImpl(MethodImplOptions.AggressiveInlining)]");
        }

        writer.Open(share.Head);
    }

    /// <summary>Its end.</summary>
    public void CloseShare()
    {
        if (share.HasTotal)
        {
            writer.Separate();
            writer.Line("return total;");
        }

        writer.Close();
    }

    private void Gather(string amount, string call)
    {
        string work = "static (team, share) => " + (share.HasTotal ? share.CallByThread : $"{{ {share.CallByThread}; return 0.0; }}");
        string gathered = $"memory.Gather({amount}) is {{ }} threads";
        if (share.HasTotal)
        {
            writer.Line("double total = " + gathered);
            writer.Line("    ? threads." + call.Replace("{0}", work));
            writer.Line($"    : {share.CallAlone};");
            return;
        }

        writer.Open($"if ({gathered})");
        writer.Line($"threads.{call.Replace("{0}", work)};");
        writer.End();
        writer.Open("else").Line(share.CallAlone + ";").Close();
    }
}
