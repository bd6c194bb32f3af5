using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using BackpropGen.CodeFixes;
using BackpropGen.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CodeRefactorings;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace BackpropGen.Compiler.Tests;

/// <summary>All that the package does to a source: generator, analyzers, code fixes and refactorings, found by reflection.</summary>
internal sealed class Ordeal : IDisposable
{
    private static readonly DiagnosticAnalyzer[] Analyzers = All<DiagnosticAnalyzer>(typeof(NetworkAnalyzer));
    private static readonly CodeFixProvider[] Fixes = All<CodeFixProvider>(typeof(MakePartialCodeFix));
    private static readonly CodeRefactoringProvider[] Refactorings = All<CodeRefactoringProvider>(typeof(MakePartialCodeFix));

    private readonly AdhocWorkspace workspace = new();
    private readonly Dictionary<LanguageVersion, Project> projects = [];

    public int Networks { get; private set; }

    public int Diagnostics { get; private set; }

    public int Actions { get; private set; }

    /// <summary>Throws where anything throws, two networks share a file's name, or what is emitted does not parse.</summary>
    /// <param name="before">The source before the damage, to come from in an editor; null to come from nowhere.</param>
    /// <param name="source">The source.</param>
    /// <param name="language">What it is parsed as.</param>
    public async Task EndureAsync(string? before, string source, LanguageVersion language)
    {
        Document document = ProjectOf(language).AddDocument("File0.cs", source);
        var compilation = (CSharpCompilation)(await document.Project.GetCompilationAsync())!;
        ImmutableArray<GeneratedSourceResult> generated = Generate(compilation, new[] { compilation });
        if (before is not null)
        {
            Retype(before, compilation, generated);
        }

        Diagnostic[] diagnostics = await AnalyzeAsync(compilation);
        Diagnostics += diagnostics.Length;
        foreach (CodeFixProvider provider in Fixes)
        {
            foreach (Diagnostic diagnostic in diagnostics.Where(diagnostic => provider.FixableDiagnosticIds.Contains(diagnostic.Id)))
            {
                await FixAsync(document, provider, diagnostic, diagnostics);
            }
        }

        if (Refactorings.Length > 0)
        {
            await RefactorAsync(document);
        }
    }

    public void Dispose() => workspace.Dispose();

    private static T[] All<T>(Type assembly) =>
        [.. assembly.Assembly.GetTypes().Where(type => !type.IsAbstract && typeof(T).IsAssignableFrom(type)).Select(type => (T)Activator.CreateInstance(type)!)];

    private Project ProjectOf(LanguageVersion language)
    {
        if (!projects.TryGetValue(language, out Project? project))
        {
            ProjectInfo info = ProjectInfo.Create(
                ProjectId.CreateNewId(), VersionStamp.Create(), "User", "User", LanguageNames.CSharp,
                compilationOptions: Compilations.Options, parseOptions: new CSharpParseOptions(language), metadataReferences: Compilations.References);
            project = workspace.AddProject(info).AddDocument("Constants.cs", ValidSources.Constants).Project;
            projects.Add(language, project);
        }

        return project;
    }

    // The generator's files after a run on each compilation in turn.
    private ImmutableArray<GeneratedSourceResult> Generate(CSharpCompilation last, IEnumerable<CSharpCompilation> runs)
    {
        var options = (CSharpParseOptions)last.SyntaxTrees[0].Options;
        GeneratorDriver driver = CSharpGeneratorDriver.Create([new NetworkGenerator().AsSourceGenerator()], parseOptions: options);
        foreach (CSharpCompilation run in runs)
        {
            driver = driver.RunGenerators(run);
        }

        GeneratorRunResult result = Compilations.Result(driver);
        ImmutableArray<GeneratedSourceResult> sources = result.GeneratedSources;
        Expect(sources.Select(source => source.HintName).Distinct(StringComparer.OrdinalIgnoreCase).Count() == sources.Length, "Two networks have one file.");
        foreach (GeneratedSourceResult source in sources)
        {
            Diagnostic? error = source.SyntaxTree.GetDiagnostics().FirstOrDefault(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
            Expect(error is null, $"What is emitted does not parse: {error}");
        }

        Networks += sources.Length;
        return sources;
    }

    // The same keystrokes in an editor must lead where the compiler starts from: what is cached and remembered is not out of date.
    private void Retype(string before, CSharpCompilation compilation, ImmutableArray<GeneratedSourceResult> expected)
    {
        SyntaxTree now = compilation.SyntaxTrees.Single(tree => tree.FilePath == "File0.cs");
        SyntaxTree old = CSharpSyntaxTree.ParseText(before, (CSharpParseOptions)now.Options, "File0.cs");
        SyntaxTree again = old.WithChangedText(old.GetText().Replace(new TextSpan(0, old.Length), now.ToString()));
        CSharpCompilation from = compilation.ReplaceSyntaxTree(now, old);
        ImmutableArray<GeneratedSourceResult> typed = Generate(compilation, [from, from.ReplaceSyntaxTree(old, again)]);
        Expect(
            expected.Select(source => (source.HintName, source.SourceText.ToString())).SequenceEqual(typed.Select(source => (source.HintName, source.SourceText.ToString()))),
            "An edit leads to other files than a fresh start.");
    }

    private static async Task<Diagnostic[]> AnalyzeAsync(Compilation compilation)
    {
        Exception? thrown = null;
        var options = new CompilationWithAnalyzersOptions(
            new AnalyzerOptions([]), (exception, _, _) => thrown = exception, concurrentAnalysis: false, logAnalyzerExecutionTime: false);
        ImmutableArray<Diagnostic> diagnostics = await compilation.WithAnalyzers([.. Analyzers], options).GetAnalyzerDiagnosticsAsync();
        return thrown is null ? [.. diagnostics] : throw new InvalidOperationException("An analyzer threw.", thrown);
    }

    private async Task FixAsync(Document document, CodeFixProvider provider, Diagnostic diagnostic, Diagnostic[] diagnostics)
    {
        var actions = new List<CodeAction>();
        await provider.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => actions.Add(action), CancellationToken.None));
        foreach (CodeAction action in actions)
        {
            await CarryOutAsync(action);
            var context = new FixAllContext(
                document, provider, FixAllScope.Document, action.EquivalenceKey!, [diagnostic.Id], new Known(diagnostics), CancellationToken.None);
            if (provider.GetFixAllProvider() is { } all && await all.GetFixAsync(context) is { } fixAll)
            {
                await CarryOutAsync(fixAll);
            }
        }
    }

    private async Task RefactorAsync(Document document)
    {
        SyntaxNode root = (await document.GetSyntaxRootAsync())!;
        foreach (AttributeSyntax attribute in root.DescendantNodes().OfType<AttributeSyntax>())
        {
            foreach (CodeRefactoringProvider provider in Refactorings)
            {
                var actions = new List<CodeAction>();
                await provider.ComputeRefactoringsAsync(new CodeRefactoringContext(document, new TextSpan(attribute.SpanStart, 0), actions.Add, CancellationToken.None));
                foreach (CodeAction action in actions)
                {
                    await CarryOutAsync(action);
                }
            }
        }
    }

    private async Task CarryOutAsync(CodeAction action)
    {
        Actions++;
        ImmutableArray<CodeActionOperation> operations = await action.GetOperationsAsync(CancellationToken.None);
        Expect(operations.OfType<ApplyChangesOperation>().Any(), $"\"{action.Title}\" changes nothing.");
    }

    private static void Expect(bool condition, string message)
    {
        if (!condition)
        {
            throw new InvalidOperationException(message);
        }
    }

    private sealed class Known(Diagnostic[] diagnostics) : FixAllContext.DiagnosticProvider
    {
        public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) => Task.FromResult<IEnumerable<Diagnostic>>(diagnostics);

        public override Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken) =>
            Task.FromResult(diagnostics.Where(diagnostic => diagnostic.Location.SourceTree?.FilePath == document.Name));

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult(diagnostics.Where(diagnostic => diagnostic.Location == Location.None));
    }
}
