using System.Globalization;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using BackpropGen.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace BackpropGen.Compiler.Tests;

/// <summary>docs/diagnostics.md, written from the descriptors, from the examples, and from what analyzer and light bulb say to them.</summary>
internal static class DiagnosticsDocs
{
    public const string Path = "docs/diagnostics.md";

    private const string Head = """
        # Diagnostics

        What the analyzer reports about a network, as you type it and when you build. Every error stands on the argument or the attribute at
        fault; where an edit mends it, the light bulb offers it, for one or for all of a document, a project or a solution, and
        `dotnet format analyzers` makes it from the command line. An attribute that C# itself rejects makes the shape unknown from there on:
        nothing is reported across it until it compiles. Each severity can be set in an `.editorconfig`, by
        `dotnet_diagnostic.BPG016.severity = error`, say.

        The light bulb has two refactorings besides. On a layer that does not fit, it inserts the `Affine` that makes it fit. On any `Affine`, it makes
        the sizes of the network's layers constants of the class, one for what a layer gives and the next one takes.


        """;

    public static async Task<string> WriteAsync()
    {
        var text = new StringBuilder(Head);
        text.Append("| id | severity | what | fix |\n| --- | --- | --- | --- |\n");
        foreach (DiagnosticDescriptor descriptor in Descriptors.All)
        {
            text.Append(CultureInfo.InvariantCulture, $"| [{descriptor.Id}](#{Anchor(descriptor)}) | {Severity(descriptor)} | {descriptor.Title} | {(Fix(descriptor.Id) is null ? string.Empty : "yes ")}|\n");
        }

        foreach (DiagnosticDescriptor descriptor in Descriptors.All)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {descriptor.Id}\n\n{descriptor.Title}.\n\n{descriptor.Description}");
            if (DiagnosticExample.All.SingleOrDefault(example => example.Id == descriptor.Id) is { } example)
            {
                text.Append(' ').Append(example.Remarks).Append("\n\n");
                await AppendAsync(text, example);
            }
            else
            {
                text.Append(" None of the layers that there are is one of them: whatever their shape rules say of any shape is under another id.\n");
            }
        }

        return text.ToString();
    }

    /// <summary>What mends a diagnostic; null where nothing does.</summary>
    public static CodeFixProvider? Fix(string id) => CodeFixes.Providers.SingleOrDefault(provider => provider.FixableDiagnosticIds.Contains(id));

    public static string Anchor(DiagnosticDescriptor descriptor) => descriptor.Id.ToLowerInvariant();

    private static async Task AppendAsync(StringBuilder text, DiagnosticExample example)
    {
        Block(text, example.Elsewhere is null ? Markup.Parse(example.Broken).Source : $"{Markup.Parse(example.Broken).Source}\n\n// In another file:\n{example.Elsewhere}");
        Compilation compilation = Compilations.Create(example.Language, example.Sources);
        Diagnostic[] found = await Compilations.AnalyzeAsync(Compilations.Enable(compilation, example.Id));
        text.Append("```text\n");
        foreach (Diagnostic diagnostic in found)
        {
            // The first line is the using directive, which is not shown.
            LinePosition place = diagnostic.Location.GetLineSpan().StartLinePosition;
            text.Append(CultureInfo.InvariantCulture, $"({place.Line},{place.Character + 1}): {diagnostic.Severity.ToString().ToLowerInvariant()} {diagnostic.Id}: {diagnostic.GetMessage(CultureInfo.InvariantCulture)}\n");
        }

        text.Append("```\n");
        if (Fix(example.Id) is { } provider)
        {
            string[] titles = await new CodeFixes(new NetworkAnalyzer(), provider).TitlesAsync(example.Sources[0]);
            text.Append("\nThe light bulb: ").Append(string.Join(" · ", titles.Select(title => $"*{title}*"))).Append(".\n");
        }

        if (example.Mended.Length > 0)
        {
            text.Append("\nMended:\n\n");
            Block(text, example.Mended);
        }
    }

    private static void Block(StringBuilder text, string code) => text.Append("```csharp\n").Append(code).Append("\n```\n");

    private static string Severity(DiagnosticDescriptor descriptor) =>
        descriptor.IsEnabledByDefault ? descriptor.DefaultSeverity.ToString().ToLowerInvariant() : "off";
}
