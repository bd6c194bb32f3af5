using System.Collections.Generic;
using System.Collections.Immutable;
using System.Composition;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace BackpropGen.CodeFixes;

/// <summary>BPG001: makes the network's class and every type around it partial.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MakePartialCodeFix))]
[Shared]
public sealed class MakePartialCodeFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create("BPG001");

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => TextChangeFixAll.Create(
        (document, diagnostic, _, cancellation) => FindChangesAsync(document, diagnostic, cancellation));

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            IReadOnlyList<TextChange> changes = await FindChangesAsync(context.Document, diagnostic, context.CancellationToken).ConfigureAwait(false);
            if (changes.Count > 0)
            {
                string title = changes.Count == 1 ? "Make it partial" : "Make it and the types around it partial";
                context.RegisterCodeFix(
                    CodeAction.Create(
                        title,
                        cancellation => TextChangeFixAll.ApplyAsync(context.Document, changes, cancellation),
                        equivalenceKey: nameof(MakePartialCodeFix)),
                    diagnostic);
            }
        }
    }

    private static async Task<IReadOnlyList<TextChange>> FindChangesAsync(Document document, Diagnostic diagnostic, CancellationToken cancellation)
    {
        SyntaxNode? root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        IEnumerable<SyntaxNode> around = root?.FindNode(diagnostic.Location.SourceSpan).AncestorsAndSelf() ?? Enumerable.Empty<SyntaxNode>();

        // Before the keyword is where C# wants the modifier; comments stand before that token's span and stay as they are.
        return around.OfType<TypeDeclarationSyntax>()
            .Where(type => !type.Modifiers.Any(SyntaxKind.PartialKeyword))
            .Select(type => new TextChange(new TextSpan(type.Keyword.SpanStart, 0), "partial "))
            .ToArray();
    }
}
