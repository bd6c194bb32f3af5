using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>Writes how training gathers threads for a large batch, or a step of the optimizer, and the head of the method that is each thread's share.</summary>
/// <param name="writer">Where to.</param>
/// <param name="entry">The entry point.</param>
internal sealed class TeamPrinter(CodeWriter writer, Entry entry)
{
    // What a call has beside its input: one of these, or labels.
    private static readonly string[] ValueSpans = ["target", "outputGradient"];

    private bool HasTotal => entry.Type != "void";

    private string[] Arguments => entry.Arguments.Replace(" ", string.Empty).Split(',');

    /// <summary>The call of all shares, or of the one that is everything; a total is in <c>total</c> afterwards.</summary>
    /// <param name="multiplyAdds">What a sample takes.</param>
    public void Gather(int multiplyAdds)
    {
        // Every argument has its place in the call that threads share: the input first, then the values, the labels, the input's gradient.
        string Span(string name) => Arguments.Contains(name) ? name : "default";
        string values = ValueSpans.Select(Span).FirstOrDefault(s => s != "default") ?? "default";
        Gather($"samples, {Places.Number(multiplyAdds)}", $"Train({{0}}, samples, input, {values}, {Span("labels")}, {Span("inputGradient")})");
    }

    /// <summary>The same for a step of the optimizer.</summary>
    public void GatherForStep(int count) => Gather($"{Places.Number(count)}, {Places.Number(Workload.OfUpdate)}", "Step({0})");

    /// <summary>The head of the method that is a thread's share.</summary>
    public void OpenShare()
    {
        writer.Separate();
        writer.Open($"private static {(HasTotal ? "double" : "void")} {entry.Name}({entry.Parameters}, TeamShare share)");
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
        string own = string.Join(", ", Arguments.Select(a => "team." + a switch
        {
            var name when ValueSpans.Contains(name) => "Values",
            _ => char.ToUpperInvariant(a[0]) + a.Substring(1),
        }));
        string part = $"{entry.Name}({own}, share)";
        string work = "static (team, share) => " + (HasTotal ? part : $"{{ {part}; return 0.0; }}");
        string alone = $"{entry.Name}({entry.Arguments}, default)";
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
}
