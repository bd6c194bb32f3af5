extern alias runtime;

using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using BackpropGen.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BackpropGen.Compiler.Tests;

/// <summary>Compilations in memory, as a user of the package has them, and what generator and analyzer make of them.</summary>
internal static class Compilations
{
    /// <summary>The framework. Not all that is trusted here: the tests' own assemblies have the attributes a second time.</summary>
    public static IReadOnlyList<MetadataReference> Framework { get; } =
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
        .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal) || Path.GetFileName(path) is "netstandard.dll" or "mscorlib.dll")
        .Select(path => (MetadataReference)MetadataReference.CreateFromFile(path))
        .ToArray();

    /// <summary>The library that networks are compiled against.</summary>
    public static MetadataReference Library { get; } = MetadataReference.CreateFromFile(typeof(runtime::BackpropGen.NetworkAttribute).Assembly.Location);

    public static IReadOnlyList<MetadataReference> References { get; } = [.. Framework, Library];

    public static CSharpCompilationOptions Options { get; } =
        new(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: false, warningLevel: 9999, nullableContextOptions: NullableContextOptions.Enable);

    public static CSharpCompilation Create(params string[] sources) => Create(LanguageVersion.Latest, sources);

    public static CSharpCompilation Create(LanguageVersion language, params string[] sources) => CSharpCompilation.Create(
        "User",
        sources.Select((source, i) => Tree(source, i, language)),
        References,
        language < LanguageVersion.CSharp8 ? Options.WithNullableContextOptions(NullableContextOptions.Disable) : Options);

    public static SyntaxTree Tree(string source, int number = 0, LanguageVersion language = LanguageVersion.Latest) =>
        CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(language), $"File{number}.cs");

    /// <summary>Which build of an assembly a reference is.</summary>
    public static Guid Version(MetadataReference reference) =>
        ((AssemblyMetadata)((PortableExecutableReference)reference).GetMetadata()).GetModules()[0].GetModuleVersionId();

    /// <summary>The type of that metadata name as the generator and the analyzer see it.</summary>
    public static ParsedNetwork? Parse(Compilation compilation, string metadataName) =>
        AttributeParser.Parse(compilation.Assembly.GetTypeByMetadataName(metadataName)!, default);

    public static GeneratorDriver Driver(Compilation compilation) => CSharpGeneratorDriver.Create(
        [new NetworkGenerator().AsSourceGenerator()],
        parseOptions: (CSharpParseOptions?)compilation.SyntaxTrees.FirstOrDefault()?.Options,
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    /// <summary>What the generator did. A generator that throws fails the test.</summary>
    public static GeneratorRunResult Generate(Compilation compilation) => Result(Driver(compilation).RunGenerators(compilation));

    public static GeneratorRunResult Result(GeneratorDriver driver)
    {
        GeneratorRunResult result = driver.GetRunResult().Results.Single();
        return result.Exception is null ? result : throw new InvalidOperationException("The generator threw.", result.Exception);
    }

    /// <summary>The networks that the generator emits, in the order of their names.</summary>
    public static NetworkDeclaration[] Networks(Compilation compilation) =>
        Generate(compilation).TrackedSteps.TryGetValue(TrackingNames.Networks, out ImmutableArray<IncrementalGeneratorRunStep> steps)
            ? [.. steps.SelectMany(step => step.Outputs).Select(output => (NetworkDeclaration)output.Value).OrderBy(network => network.MetadataName, StringComparer.Ordinal)]
            : [];

    /// <summary>The compilation with what the generator adds to it.</summary>
    public static Compilation Complete(Compilation compilation)
    {
        Driver(compilation).RunGeneratorsAndUpdateCompilation(compilation, out Compilation complete, out _);
        return complete;
    }

    /// <summary>The C# compiler's own errors, once the generator has done its work.</summary>
    public static Diagnostic[] Errors(Compilation compilation) =>
        [.. Complete(compilation).GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)];

    /// <summary>The compilation with a diagnostic switched on, whatever its default is.</summary>
    public static Compilation Enable(Compilation compilation, string id) => compilation.WithOptions(
        compilation.Options.WithSpecificDiagnosticOptions(compilation.Options.SpecificDiagnosticOptions.Add(id, Descriptors.ById[id].DefaultSeverity switch
        {
            DiagnosticSeverity.Error => ReportDiagnostic.Error,
            DiagnosticSeverity.Warning => ReportDiagnostic.Warn,
            _ => ReportDiagnostic.Info,
        })));

    /// <summary>What the analyzer reports, in the order of the source. An analyzer that throws fails the test.</summary>
    public static Task<Diagnostic[]> AnalyzeAsync(Compilation compilation) => AnalyzeAsync(compilation, new NetworkAnalyzer());

    public static async Task<Diagnostic[]> AnalyzeAsync(Compilation compilation, DiagnosticAnalyzer analyzer)
    {
        ImmutableArray<Diagnostic> diagnostics = await compilation.WithAnalyzers([analyzer]).GetAnalyzerDiagnosticsAsync();
        return diagnostics.FirstOrDefault(diagnostic => diagnostic.Id == "AD0001") is { } crash
            ? throw new InvalidOperationException("The analyzer threw: " + crash)
            : [.. diagnostics.OrderBy(diagnostic => diagnostic.Location.SourceTree?.FilePath, StringComparer.Ordinal).ThenBy(diagnostic => diagnostic.Location.SourceSpan.Start)];
    }
}
