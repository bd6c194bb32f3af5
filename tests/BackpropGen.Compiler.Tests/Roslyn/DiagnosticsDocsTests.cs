using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using BackpropGen.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace BackpropGen.Compiler.Tests;

/// <summary>docs/diagnostics.md says what the analyzer does: it is written from the analyzer, and its examples are analyzed.</summary>
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
    public void Every_diagnostic_is_described_and_leads_to_its_section(string id)
    {
        DiagnosticDescriptor descriptor = Descriptors.ById[id];
        Assert.EndsWith(DiagnosticsDocs.Path + "#" + DiagnosticsDocs.Anchor(descriptor), descriptor.HelpLinkUri, StringComparison.Ordinal);
        Assert.NotEmpty(descriptor.Description.ToString(CultureInfo.InvariantCulture));
        Assert.DoesNotContain(WellKnownDiagnosticTags.NotConfigurable, descriptor.CustomTags);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task The_example_has_the_error_alone_and_the_mended_one_has_none(string id)
    {
        if (DiagnosticExample.All.SingleOrDefault(example => example.Id == id) is not { } example)
        {
            Assert.Equal("BPG017", id);
            return;
        }

        CSharpCompilation broken = Compilations.Create(example.Language, example.Sources);
        Markup markup = Markup.Parse("using BackpropGen;\n" + example.Broken);
        Assert.Equal(markup.Marks, (await Compilations.AnalyzeAsync(Compilations.Enable(broken, id))).Select(diagnostic => (diagnostic.Id, diagnostic.Location.SourceSpan)));
        Assert.Empty(Compilations.Errors(broken));
        if (example.Mended.Length > 0)
        {
            CSharpCompilation mended = Compilations.Create(example.MendedSources);
            Assert.Empty(await Compilations.AnalyzeAsync(mended));
            Assert.Empty(Compilations.Errors(mended));
        }

        if (DiagnosticsDocs.Fix(id) is { } provider)
        {
            Assert.Equal(example.MendedSources[0], await new CodeFixes(new NetworkAnalyzer(), provider).FixAsync(example.Sources[0]));
        }
    }

    [Fact]
    public void No_layer_refuses_a_shape_for_its_dimensions_as_the_docs_say()
    {
        foreach (string kind in Sampling.NamesOf<LayerAttribute>())
        {
            foreach (Shape shape in new Shape[] { new(6), new(5, 6), new(4, 5, 6) })
            {
                foreach (LayerDeclaration layer in Sampling.Variations(kind, shape))
                {
                    Assert.DoesNotContain(NetworkCompiler.Check([Sampling.Input(shape), layer]), error => error.Id == "BPG017");
                }
            }
        }
    }

    [Fact]
    public async Task The_docs_are_current()
    {
        string expected = await DiagnosticsDocs.WriteAsync();
        string path = Repository.File(DiagnosticsDocs.Path);
        if (Environment.GetEnvironmentVariable("BACKPROPGEN_ACCEPT") == "1")
        {
            await File.WriteAllTextAsync(path, expected);
            return;
        }

        string actual = (await File.ReadAllTextAsync(path)).ReplaceLineEndings("\n");
        Assert.True(expected == actual, $"{DiagnosticsDocs.Path} is stale. BACKPROPGEN_ACCEPT=1 dotnet test writes it anew. It should be:\n{expected}");
    }
}
