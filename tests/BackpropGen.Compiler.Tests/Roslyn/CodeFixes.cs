using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BackpropGen.Compiler.Tests;

/// <summary>A document in a workspace, its diagnostics, and the document as a light bulb leaves it.</summary>
internal sealed class CodeFixes(DiagnosticAnalyzer analyzer, CodeFixProvider provider)
{
    /// <summary>Every provider that there is.</summary>
    public static IReadOnlyList<CodeFixProvider> Providers { get; } =
        [.. typeof(BackpropGen.CodeFixes.MendCodeFix).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(CodeFixProvider))).Select(type => (CodeFixProvider)Activator.CreateInstance(type)!)];

    /// <summary>The titles offered on the first diagnostic.</summary>
    public async Task<string[]> TitlesAsync(string source)
    {
        using var workspace = new AdhocWorkspace();
        Document document = AddDocument(workspace, source);
        return [.. (await ActionsAsync(document, (await DiagnosticsAsync(document.Project))[0])).Select(action => action.Title)];
    }

    /// <summary>The source after the fix of that number on the first diagnostic.</summary>
    public async Task<string> FixAsync(string source, int fix = 0)
    {
        using var workspace = new AdhocWorkspace();
        Document document = AddDocument(workspace, source);
        CodeAction action = (await ActionsAsync(document, (await DiagnosticsAsync(document.Project))[0]))[fix];
        return await TextAsync(action, document.Id);
    }

    /// <summary>The source after that fix of the first diagnostic, for the whole document.</summary>
    public async Task<string> FixAllAsync(string source, int fix = 0)
    {
        using var workspace = new AdhocWorkspace();
        Document document = AddDocument(workspace, source);
        Diagnostic[] diagnostics = await DiagnosticsAsync(document.Project);
        CodeAction action = (await ActionsAsync(document, diagnostics[0]))[fix];
        var context = new FixAllContext(
            document, provider, FixAllScope.Document, action.EquivalenceKey!, [diagnostics[0].Id], new Found(DiagnosticsAsync), CancellationToken.None);
        CodeAction all = (await provider.GetFixAllProvider()!.GetFixAsync(context))!;
        return await TextAsync(all, document.Id);
    }

    private static Document AddDocument(AdhocWorkspace workspace, string source) => workspace
        .AddProject(ProjectInfo.Create(
            ProjectId.CreateNewId(), VersionStamp.Create(), "User", "User", LanguageNames.CSharp,
            compilationOptions: Compilations.Options, parseOptions: new CSharpParseOptions(LanguageVersion.Latest), metadataReferences: Compilations.References))
        .AddDocument("File0.cs", source);

    private async Task<Diagnostic[]> DiagnosticsAsync(Project project) =>
        [.. (await Compilations.AnalyzeAsync((await project.GetCompilationAsync())!, analyzer)).Where(diagnostic => provider.FixableDiagnosticIds.Contains(diagnostic.Id))];

    private async Task<List<CodeAction>> ActionsAsync(Document document, Diagnostic diagnostic)
    {
        var actions = new List<CodeAction>();
        await provider.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => actions.Add(action), CancellationToken.None));
        return actions;
    }

    private static async Task<string> TextAsync(CodeAction action, DocumentId document)
    {
        ImmutableArray<CodeActionOperation> operations = await action.GetOperationsAsync(CancellationToken.None);
        Solution solution = operations.OfType<ApplyChangesOperation>().Single().ChangedSolution;
        return (await solution.GetDocument(document)!.GetTextAsync()).ToString();
    }

    private sealed class Found(Func<Project, Task<Diagnostic[]>> find) : FixAllContext.DiagnosticProvider
    {
        public override async Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) => await find(project);

        public override async Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken) =>
            await find(document.Project);

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult(Enumerable.Empty<Diagnostic>());
    }
}
