using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>A method that is a thread's share of an entry point, or all of it.</summary>
/// <param name="Type">What it returns.</param>
/// <param name="Name">Its name.</param>
/// <param name="Parameters">Its parameters, as they are declared.</param>
/// <param name="Arguments">What the entry point passes to it.</param>
/// <param name="IsForThreads">Several threads may have a share each.</param>
internal sealed record Share(string Type, string Name, string Parameters, IReadOnlyList<string> Arguments, bool IsForThreads)
{
    /// <summary>What a call has beside its input: one of these, or labels.</summary>
    public static readonly IReadOnlyList<string> ValueSpans = ["target", "outputGradient"];

    /// <summary>Another entry point has it written down.</summary>
    public bool IsElsewhere { get; init; }

    /// <summary>It returns a total.</summary>
    public bool HasTotal => Type == "double";

    /// <summary>The share of an entry point that has the same parameters.</summary>
    public static Share Of(Entry entry) => new(entry.Type == "void" ? "void" : "double", entry.Name, entry.Parameters, entry.Arguments.Replace(", ", ",").Split(','), IsForThreads: true);

    /// <summary>The declaration.</summary>
    public string Head => $"private static {Type} {Name}({Parameters}{(IsForThreads ? ", TeamShare share" : string.Empty)})";

    /// <summary>The call of the one share that is everything.</summary>
    public string CallAlone => $"{Name}({string.Join(", ", Arguments)}{(IsForThreads ? ", default" : string.Empty)})";

    /// <summary>The call by a thread of a team.</summary>
    public string CallByThread => $"{Name}({string.Join(", ", Arguments.Select(OfTeam))}, share)";

    private static string OfTeam(string argument) =>
        ValueSpans.Contains(argument) ? "team.Values"
        : argument.Contains("memory") ? argument.Replace("memory", "team.Memory")
        : argument == "default" || char.IsDigit(argument[0]) ? argument
        : "team." + char.ToUpper(argument[0], CultureInfo.InvariantCulture) + argument.Substring(1);
}
