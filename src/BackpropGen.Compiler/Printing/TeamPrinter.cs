using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>Writes how an entry point gathers threads for a large batch, and the head of the method that is each thread's share.</summary>
/// <param name="writer">Where to.</param>
/// <param name="entry">The entry point.</param>
/// <param name="plan">The network's plan.</param>
/// <param name="split">How they share it; null for a step of the optimizer.</param>
internal sealed class TeamPrinter(CodeWriter writer, Entry entry, NetworkPlan plan, MethodSplit? split)
{
    private const string Share = ", TeamShare share";

    // What a call has beside its input: one of these, or labels.
    private static readonly string[] ValueSpans = ["output", "target", "outputGradient"];

    private bool HasTotal => entry.Type != "void";

    private bool IsWithinPieces => split is null or { IsWithinPieces: true };

    /// <summary>The call of all shares, or of the one that is everything; a total is in <c>total</c> afterwards.</summary>
    public void Gather()
    {
        // Every argument has its place in the call that threads share: the input first, then the values, the labels, the input's gradient.
        string Span(string name) => entry.Arguments.Replace(" ", string.Empty).Split(',').Contains(name) ? name : string.Empty;
        string values = ValueSpans.Select(Span).FirstOrDefault(s => s.Length > 0) ?? "default";
        string labels = Span("labels") is { Length: > 0 } given ? given : "default";
        string gradient = Span("inputGradient") is { Length: > 0 } wanted ? wanted : "default";
        string spans = $"input, {values}, {labels}";
        string call = IsWithinPieces
            ? $"Train({{0}}, samples, {spans}, {gradient})"
            : $"Infer({{0}}, samples, {Number(plan.ScratchSamples)}, {Number(split!.Granule)}, {spans})";
        Gather($"samples, {Number(split!.MultiplyAdds)}", call);
    }

    /// <summary>The same for a step of the optimizer.</summary>
    public void GatherForStep(int count) => Gather($"{Number(count)}, {Number(Workload.OfUpdate)}", "Step({0})");

    /// <summary>The head of the method that is a thread's share.</summary>
    public void OpenShare()
    {
        writer.Separate();
        writer.Open($"private static {(HasTotal ? "double" : "void")} {entry.Name}({entry.Parameters}{Share})");
    }

    /// <summary>Its end.</summary>
    public void CloseShare()
    {
        if (HasTotal)
        {
            writer.Separate();
            writer.Line("return total;");
        }

        writer.Close();
    }

    private void Gather(string amount, string call)
    {
        string own = string.Join(", ", entry.Arguments.Replace(" ", string.Empty).Split(',').Select(a => "team." + a switch
        {
            var name when ValueSpans.Contains(name) => "Values",
            _ => char.ToUpperInvariant(a[0]) + a.Substring(1),
        }));
        string part = $"{entry.Name}({own}, share)";
        string work = "static (team, share) => " + (HasTotal ? part : $"{{ {part}; return 0.0; }}");
        string alone = $"{entry.Name}({entry.Arguments}, {(IsWithinPieces ? "default" : "new TeamShare(samples)")})";
        string gathered = $"memory.Gather({amount}) is {{ }} threads";
        if (HasTotal)
        {
            writer.Line("double total = " + gathered);
            writer.Line("    ? threads." + call.Replace("{0}", work));
            writer.Line($"    : {alone};");
            return;
        }

        writer.Open($"if ({gathered})");
        writer.Line($"threads.{call.Replace("{0}", work)};");
        writer.End();
        writer.Open("else").Line(alone + ";").Close();
    }

    private static string Number(int value) => Places.Number(value);
}
