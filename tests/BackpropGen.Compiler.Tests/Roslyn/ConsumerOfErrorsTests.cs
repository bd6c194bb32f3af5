using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace BackpropGen.Compiler.Tests;

/// <summary>The broken networks that .ci/run builds through the packed package, in memory: each error on its line, and none of the compiler's beside it.</summary>
public class ConsumerOfErrorsTests
{
    [Theory]
    [InlineData("Errors", LanguageVersion.Latest, 45)]
    [InlineData("Old", LanguageVersion.CSharp7_3, 1)]
    [InlineData("Old", LanguageVersion.CSharp8, 1)]
    public async Task Each_error_is_on_its_line_and_alone(string project, LanguageVersion language, int count)
    {
        // Severities.cs changes only how grave they are, and Layers.cs is about what an .editorconfig switches on.
        string[] files = [.. Directory.GetFiles(Repository.File("tests/ConsumerOfErrors/" + project), "*.cs").Order(StringComparer.Ordinal)];
        CSharpCompilation compilation = CSharpCompilation.Create(
            project,
            files.Select(file => CSharpSyntaxTree.ParseText(File.ReadAllText(file), new CSharpParseOptions(language), file)),
            Compilations.References,
            Compilations.Options.WithNullableContextOptions(NullableContextOptions.Disable));
        string[] expected = [.. files.SelectMany(Expected).Where(line => !line.Contains("BPG100", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
        Assert.True(expected.Length >= count, $"{expected.Length} errors are expected in {project}.");

        Compilation complete = Compilations.Complete(compilation);
        string[] reported = [.. (await Compilations.AnalyzeAsync(complete))
            .Concat(complete.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error))
            .Select(diagnostic => Line(diagnostic.Location.SourceTree!.FilePath, diagnostic.Location.GetLineSpan().StartLinePosition.Line, diagnostic.Id))
            .Order(StringComparer.Ordinal)];
        Assert.Equal(expected, reported);
    }

    private static IEnumerable<string> Expected(string file) => File.ReadAllLines(file).SelectMany((line, number) =>
        Regex.Matches(line.Split("// BPG", 2) is [_, var ids] ? "BPG" + ids : string.Empty, @"BPG\d+").Select(match => Line(file, number, match.Value)));

    private static string Line(string file, int line, string id) => string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileName(file)}:{line + 1}: {id}");
}
