using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using BackpropGen.Generator;
using Microsoft.CodeAnalysis;
using Xunit;

namespace BackpropGen.Compiler.Tests;

/// <summary>docs/diagnostics.md says what the analyzer does: its examples are analyzed.</summary>
public class DiagnosticsDocsTests
{
    private static readonly string[] CompilersFolders = ["src/BackpropGen.Compiler", "src/Layers"];

    public static TheoryData<string> Ids => [.. new NetworkAnalyzer().SupportedDiagnostics.Select(descriptor => descriptor.Id)];

    [Fact]
    public void Everything_that_the_compiler_can_report_has_a_descriptor()
    {
        // An id without one would be an analyzer that throws, for the first user who makes that mistake.
        string[] sources = [.. CompilersFolders
            .SelectMany(folder => Directory.EnumerateFiles(Repository.File(folder), "*.cs", SearchOption.AllDirectories))
            .Select(File.ReadAllText)];
        string[] ids = [.. sources.SelectMany(source => Regex.Matches(source, "\"(BPG\\d+)\"")).Select(match => match.Groups[1].Value).Distinct()];
        Assert.NotEmpty(ids);
        Assert.Empty(ids.Except(new NetworkAnalyzer().SupportedDiagnostics.Select(descriptor => descriptor.Id)));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task The_example_has_the_error_and_the_mended_one_has_none(string id)
    {
        DiagnosticDescriptor descriptor = new NetworkAnalyzer().SupportedDiagnostics.Single(d => d.Id == id);
        Assert.EndsWith("docs/diagnostics.md#" + id.ToLowerInvariant(), descriptor.HelpLinkUri, StringComparison.Ordinal);

        string docs = await File.ReadAllTextAsync(Repository.File("docs/diagnostics.md"));
        string section = Regex.Match(docs, $@"\n## {id}\n.*?(?=\n## |\z)", RegexOptions.Singleline).Value;
        Assert.Contains("\n\n" + descriptor.Title + ".\n", section, StringComparison.Ordinal);
        Assert.Contains($"| [{id}](#{id.ToLowerInvariant()}) | {descriptor.Title} |", docs, StringComparison.Ordinal);

        string[] examples = [.. Regex.Matches(section, "```csharp\n(.*?)```", RegexOptions.Singleline).Select(match => "using BackpropGen;\n" + match.Groups[1].Value)];
        Assert.Equal(2, examples.Length);
        Assert.Equal(id, Assert.Single(await Compilations.AnalyzeAsync(Compilations.Create(examples[0]))).Id);
        Assert.Empty(await Compilations.AnalyzeAsync(Compilations.Create(examples[1])));
    }
}
