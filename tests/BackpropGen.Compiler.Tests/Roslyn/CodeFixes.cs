using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CodeRefactorings;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

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
    public async Task<string> FixAllAsync(string source, int fix = 0) => (await FixAllAsync(FixAllScope.Document, [[source]], fix))[0][0];

    /// <summary>The sources of a solution's projects after that fix of the first diagnostic, for all of a document, a project or the solution.</summary>
    public async Task<string[][]> FixAllAsync(FixAllScope scope, string[][] projects, int fix = 0)
    {
        using var workspace = new AdhocWorkspace();
        Solution solution = workspace.CurrentSolution;
        for (int p = 0; p < projects.Length; p++)
        {
            ProjectId project = ProjectId.CreateNewId();
            solution = solution.AddProject(Info(project));
            for (int d = 0; d < projects[p].Length; d++)
            {
                solution = solution.AddDocument(DocumentId.CreateNewId(project), $"File{p}{d}.cs", projects[p][d]);
            }
        }

        Project first = solution.Projects.First();
        Diagnostic diagnostic = (await DiagnosticsAsync(first))[0];
        Document document = solution.GetDocument(diagnostic.Location.SourceTree)!;
        CodeAction action = (await ActionsAsync(document, diagnostic))[fix];
        Solution changed = await FixAllAsync(document, scope, diagnostic.Id, action.EquivalenceKey);
        return [.. changed.Projects.Select(project => project.Documents.Select(d => d.GetTextAsync().Result.ToString()).ToArray())];
    }

    /// <summary>The source after all diagnostics of an id are fixed the way that a key names.</summary>
    public async Task<string> FixAllAsync(string source, string id, string? key)
    {
        using var workspace = new AdhocWorkspace();
        Document document = AddDocument(workspace, source);
        return (await (await FixAllAsync(document, FixAllScope.Document, id, key)).GetDocument(document.Id)!.GetTextAsync()).ToString();
    }

    private async Task<Solution> FixAllAsync(Document document, FixAllScope scope, string id, string? key)
    {
        var context = new FixAllContext(document, provider, scope, key!, [id], new Found(DiagnosticsAsync), CancellationToken.None);
        CodeAction all = (await provider.GetFixAllProvider()!.GetFixAsync(context))!;
        ImmutableArray<CodeActionOperation> operations = await all.GetOperationsAsync(CancellationToken.None);
        return operations.OfType<ApplyChangesOperation>().Single().ChangedSolution;
    }

    /// <summary>What a refactoring makes of a source with the cursor between two bars (<c>||</c>), by its title; nothing where it offers nothing.</summary>
    public static async Task<(string Title, string Source)?> RefactorAsync(CodeRefactoringProvider refactoring, string source)
    {
        using var workspace = new AdhocWorkspace();
        int cursor = source.IndexOf("||", StringComparison.Ordinal);
        Document document = AddDocument(workspace, source.Remove(cursor, 2));
        CodeAction? offered = null;
        await refactoring.ComputeRefactoringsAsync(new CodeRefactoringContext(document, new TextSpan(cursor, 0), action => offered = action, CancellationToken.None));
        return offered is null ? null : (offered.Title, await TextAsync(offered, document.Id));
    }

    private static ProjectInfo Info(ProjectId id) => ProjectInfo.Create(
        id, VersionStamp.Create(), "User" + id.Id, "User", LanguageNames.CSharp,
        compilationOptions: Compilations.Options, parseOptions: new CSharpParseOptions(LanguageVersion.Latest), metadataReferences: Compilations.References);

    private static Document AddDocument(AdhocWorkspace workspace, string source) => workspace.AddProject(Info(ProjectId.CreateNewId())).AddDocument("File0.cs", source);

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

        public override async Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken)
        {
            SyntaxTree? tree = await document.GetSyntaxTreeAsync(cancellationToken);
            return (await find(document.Project)).Where(diagnostic => diagnostic.Location.SourceTree == tree);
        }

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult(Enumerable.Empty<Diagnostic>());
    }
}
