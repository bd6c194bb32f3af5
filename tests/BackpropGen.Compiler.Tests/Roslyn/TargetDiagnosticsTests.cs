using System;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace BackpropGen.Compiler.Tests;

/// <summary>BPG006 and BPG007, and what of them stands alone: the C# of the project, and aliases of the whole project.</summary>
public class TargetDiagnosticsTests
{
    [Theory]
    [InlineData(LanguageVersion.CSharp7_3, "7.3")]
    [InlineData(LanguageVersion.CSharp8, "8.0")]
    public async Task An_old_language_is_one_error_that_says_what_to_do(LanguageVersion language, string shown)
    {
        const string Source = """
            using BackpropGen;
            [Affine(64, 32), Relu, Affine(32, 10), CrossEntropyLoss, Adam(0.001f)]
            public partial class DigitNet
            {
                public float Train(float[] pixels, int[] labels) { Parameters.Fill(0); return TrainStep(pixels, labels); }
            }
            """;
        CSharpCompilation compilation = Compilations.Create(language, Source);
        Diagnostic found = Assert.Single(await Compilations.AnalyzeAsync(compilation));
        Assert.Equal(
            $"The network 'DigitNet' needs C# 9 or later, but this project is compiled as C# {shown}: set <LangVersion>9</LangVersion> or a later one in the project file",
            found.GetMessage(null));
        Assert.Equal("BPG006", found.Id);
        Assert.Empty(Compilations.Errors(compilation));
    }

    [Theory]
    [InlineData(LanguageVersion.CSharp9)]
    [InlineData(LanguageVersion.CSharp10)]
    public async Task The_oldest_language_that_will_do_is_no_error(LanguageVersion language) =>
        Assert.Empty(await Compilations.AnalyzeAsync(Compilations.Create(language, "[BackpropGen.Affine(3, 2)] partial class N { }")));

    [Theory]
    [InlineData("using BackpropGen; [{|BPG007:Dense|}(3, 2)] partial class N { }", "'Dense' is a global alias of Affine, which the generator does not see: write Affine, or declare the alias in this file")]
    [InlineData("using BackpropGen; [{|BPG007:DenseAttribute|}(3, 2), Relu, {|BPG007:Dense|}(2, 1)] partial class N { }", null)]
    [InlineData("[type: {|BPG007:Dense|}(3, {|BPG011:0|})] partial class N { }", null)]
    [InlineData("using Dense = BackpropGen.AffineAttribute; [Dense(3, 2)] partial class N { }", null)]
    [InlineData("[B.Affine(3, 2), B::Relu] partial class N { }", null)]
    public async Task A_global_alias_of_an_attribute_is_an_error(string source, string? message)
    {
        Markup markup = Markup.Parse(source);
        Diagnostic[] found = await Compilations.AnalyzeAsync(Compilations.Create(markup.Source, "global using DenseAttribute = BackpropGen.AffineAttribute; global using B = BackpropGen;"));
        Assert.Equal(markup.Marks, found.Select(diagnostic => (diagnostic.Id, diagnostic.Location.SourceSpan)));
        if (message is not null)
        {
            Assert.Equal(message, found[0].GetMessage(null));
        }
    }

    [Theory]
    [InlineData("struct")]
    [InlineData("interface")]
    [InlineData("record")]
    [InlineData("record struct")]
    [InlineData("static class")]
    public async Task What_cannot_be_a_network_is_one_error(string keyword)
    {
        string modifiers = keyword.StartsWith("static", StringComparison.Ordinal) ? "static partial class" : "partial " + keyword;
        string source = $"using BackpropGen; [Affine(3, 2), MseLoss, Workspace(8), Budget(Bytes = 8)] {modifiers} N {{ }}";
        Assert.Equal("BPG003", Assert.Single(await Compilations.AnalyzeAsync(Compilations.Create(source))).Id);
        Assert.Empty(Compilations.Errors(Compilations.Create(source)));
    }

    [Theory]
    [InlineData("BPG016", "none", null)]
    [InlineData("BPG016", "error", DiagnosticSeverity.Error)]
    [InlineData("BPG016", "suggestion", DiagnosticSeverity.Info)]
    [InlineData("BPG100", "warning", DiagnosticSeverity.Warning)]
    public async Task Severities_are_the_projects(string id, string severity, DiagnosticSeverity? expected)
    {
        CSharpCompilation compilation = Compilations.Create("using BackpropGen; [Affine(3, 2), Softmax, CrossEntropyLoss] partial class N { }");
        compilation = compilation.WithOptions(compilation.Options.WithSyntaxTreeOptionsProvider(new Severities(id, severity)));
        Diagnostic? found = (await Compilations.AnalyzeAsync(compilation)).FirstOrDefault(diagnostic => diagnostic.Id == id);
        Assert.Equal(expected, found?.Severity);
    }

    /// <summary>What an .editorconfig says.</summary>
    private sealed class Severities(string id, string severity) : SyntaxTreeOptionsProvider
    {
        public override GeneratedKind IsGenerated(SyntaxTree tree, System.Threading.CancellationToken cancellationToken) => GeneratedKind.Unknown;

        public override bool TryGetDiagnosticValue(SyntaxTree tree, string diagnosticId, System.Threading.CancellationToken cancellationToken, out ReportDiagnostic value)
        {
            value = severity switch
            {
                "none" => ReportDiagnostic.Suppress,
                "error" => ReportDiagnostic.Error,
                "warning" => ReportDiagnostic.Warn,
                _ => ReportDiagnostic.Info,
            };
            return diagnosticId == id;
        }

        public override bool TryGetGlobalDiagnosticValue(string diagnosticId, System.Threading.CancellationToken cancellationToken, out ReportDiagnostic value)
        {
            value = ReportDiagnostic.Default;
            return false;
        }
    }
}
