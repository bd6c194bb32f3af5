using System.Collections.Generic;
using System.Composition;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeRefactorings;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace BackpropGen.CodeFixes;

/// <summary>
/// On an affine layer: gives the sizes of its network names, as constants of the class. What one layer gives and the next takes is one constant,
/// so that from then on the two cannot disagree.
/// </summary>
[ExportCodeRefactoringProvider(LanguageNames.CSharp, Name = nameof(NameSizesRefactoring))]
[Shared]
public sealed class NameSizesRefactoring : CodeRefactoringProvider
{
    /// <inheritdoc/>
    public override async Task ComputeRefactoringsAsync(CodeRefactoringContext context)
    {
        if (await SelectedNetwork.FindAsync(context.Document, context.Span, context.CancellationToken).ConfigureAwait(false) is not { } selected
            || selected.Network.Declaration.Layers[selected.Place].Kind != ChainOfSizes.Kind)
        {
            return;
        }

        IReadOnlyList<NamedSize> sizes = ChainOfSizes.Of(selected.Network);
        if (sizes.Any(size => size.Literals.Count > 0))
        {
            var declaration = (ClassDeclarationSyntax)selected.Network.Sources[selected.Place].Attribute.Parent!.Parent!;
            context.RegisterRefactoring(CodeAction.Create(
                "Make the sizes of the network's layers constants",
                cancellation => ApplyAsync(context.Document, declaration, sizes, cancellation),
                equivalenceKey: nameof(NameSizesRefactoring)));
        }
    }

    private static async Task<Document> ApplyAsync(
        Document document, ClassDeclarationSyntax declaration, IReadOnlyList<NamedSize> sizes, CancellationToken cancellation)
    {
        SourceText source = await document.GetTextAsync(cancellation).ConfigureAwait(false);
        var changes = new List<TextChange>();
        foreach (NamedSize size in sizes)
        {
            changes.AddRange(size.Literals.Select(literal => new TextChange(literal.Span, size.Name)));
        }

        string[] constants = sizes.Where(size => size.IsNew && size.Literals.Count > 0)
            .Select(size => $"private const int {size.Name} = {size.Literals[0]};")
            .ToArray();
        if (constants.Length > 0)
        {
            changes.Add(Declare(constants, declaration, source));
        }

        return await TextChangeFixAll.ApplyAsync(document, changes, cancellation).ConfigureAwait(false);
    }

    private static TextChange Declare(string[] constants, ClassDeclarationSyntax declaration, SourceText source)
    {
        TextLine line = source.Lines.GetLineFromPosition(declaration.SpanStart);
        string outer = new(source.ToString(line.Span).TakeWhile(char.IsWhiteSpace).ToArray());
        string inner = outer + (outer.Contains('\t') ? "\t" : "    ");
        string newLine = source.ToString(TextSpan.FromBounds(line.End, line.EndIncludingLineBreak)) is { Length: > 0 } written ? written : "\n";
        string members = string.Concat(constants.Select(constant => newLine + inner + constant));
        if (!declaration.SemicolonToken.IsKind(SyntaxKind.None) && declaration.OpenBraceToken.IsKind(SyntaxKind.None))
        {
            // A class that ends in a semicolon gets a body.
            return new TextChange(declaration.SemicolonToken.Span, newLine + outer + "{" + members + newLine + outer + "}");
        }

        // What is on the brace's line goes to one of its own.
        SyntaxToken brace = declaration.OpenBraceToken;
        SyntaxToken next = brace.GetNextToken();
        bool isCrowded = source.Lines.IndexOf(brace.SpanStart) == source.Lines.IndexOf(next.SpanStart);
        string end = !isCrowded ? string.Empty : newLine + (next == declaration.CloseBraceToken ? outer : inner);
        TextSpan gap = isCrowded ? TextSpan.FromBounds(brace.Span.End, next.SpanStart) : new TextSpan(brace.Span.End, 0);
        string comments = isCrowded ? source.ToString(gap).Trim() : string.Empty;
        return new TextChange(gap, members + (comments.Length > 0 ? newLine + inner + comments : string.Empty) + end);
    }
}
