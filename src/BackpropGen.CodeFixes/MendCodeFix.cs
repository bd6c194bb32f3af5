using System.Collections.Generic;
using System.Collections.Immutable;
using System.Composition;
using System.Threading;
using System.Threading.Tasks;
using BackpropGen.Compiler;
using BackpropGen.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace BackpropGen.CodeFixes;

/// <summary>
/// Carries out the mends that the compiler found for an error in a network. What to write and where comes with the diagnostic
/// (<see cref="MendProperties"/>): this only edits.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MendCodeFix))]
[Shared]
public sealed class MendCodeFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create("BPG010", "BPG012", "BPG016");

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => TextChangeFixAll.Create(FindChangesAsync);

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            for (int i = 0; i < diagnostic.AdditionalLocations.Count; i++)
            {
                // The earlier layer may stand in another part of the class, and so in another document.
                Location place = diagnostic.AdditionalLocations[i];
                if (context.Document.Project.Solution.GetDocument(place.SourceTree) is not { } document
                    || await document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false) is not { } root
                    || !diagnostic.Properties.TryGetValue(MendProperties.Title(i), out string? title)
                    || !diagnostic.Properties.TryGetValue(MendProperties.Way(i), out string? way))
                {
                    continue;
                }

                int mend = i;
                SyntaxNode replaced = root.FindNode(place.SourceSpan, getInnermostNodeForTie: true);
                if (KindOf(diagnostic, mend) == nameof(MendKind.SetArgument) && !IsLiteral(replaced))
                {
                    title += ", in place of the constant '" + replaced + "'";
                }

                context.RegisterCodeFix(
                    CodeAction.Create(
                        title!,
                        async cancellation => await TextChangeFixAll.ApplyAsync(
                            document,
                            await FindChangesAsync(document, diagnostic, mend, cancellation).ConfigureAwait(false),
                            cancellation).ConfigureAwait(false),
                        equivalenceKey: way),
                    diagnostic);
            }
        }
    }

    private static string? KindOf(Diagnostic diagnostic, int mend) =>
        diagnostic.Properties.TryGetValue(MendProperties.Edit(mend), out string? kind) ? kind : null;

    private static bool IsLiteral(SyntaxNode expression) => expression switch
    {
        LiteralExpressionSyntax => true,
        PrefixUnaryExpressionSyntax signed => IsLiteral(signed.Operand),
        ParenthesizedExpressionSyntax parenthesized => IsLiteral(parenthesized.Expression),
        AttributeArgumentSyntax argument => IsLiteral(argument.Expression),
        _ => false,
    };

    /// <summary>
    /// One mend of the diagnostic: the first that goes the way asked for, or the likeliest. "dotnet format" asks for the way of whichever
    /// diagnostic of the analyzer came first: so the ways are the same for all ids, and none at all is one.
    /// </summary>
    private static async Task<IReadOnlyList<TextChange>> FindChangesAsync(
        Document document, Diagnostic diagnostic, string? equivalenceKey, CancellationToken cancellation)
    {
        for (int i = 0; i < diagnostic.AdditionalLocations.Count; i++)
        {
            if (diagnostic.Properties.TryGetValue(MendProperties.Way(i), out string? way) && way == (equivalenceKey ?? MendProperties.Likeliest)
                && document.Project.Solution.GetDocument(diagnostic.AdditionalLocations[i].SourceTree)?.Id == document.Id)
            {
                return await FindChangesAsync(document, diagnostic, i, cancellation).ConfigureAwait(false);
            }
        }

        return [];
    }

    private static async Task<IReadOnlyList<TextChange>> FindChangesAsync(
        Document document, Diagnostic diagnostic, int mend, CancellationToken cancellation)
    {
        TextSpan place = diagnostic.AdditionalLocations[mend].SourceSpan;
        if (!diagnostic.Properties.TryGetValue(MendProperties.Text(mend), out string? text) || text is null
            || await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false) is not { } root)
        {
            return [];
        }

        AttributeSyntax? attribute = root.FindNode(place, getInnermostNodeForTie: true).FirstAncestorOrSelf<AttributeSyntax>();
        switch (KindOf(diagnostic, mend))
        {
            case nameof(MendKind.SetArgument):
                return [new TextChange(place, text)];
            case nameof(MendKind.Insert) when attribute is not null:
                return [await AttributeSpelling.InsertBeforeAsync(document, attribute, text, cancellation).ConfigureAwait(false)];
            case nameof(MendKind.Rename) when attribute is not null:
                return [await AttributeSpelling.RenameAsync(document, attribute, text, cancellation).ConfigureAwait(false)];
            case nameof(MendKind.Remove) when attribute is not null:
                return [AttributeRemoval.Of(attribute, await document.GetTextAsync(cancellation).ConfigureAwait(false))];
            default:
                return [];
        }
    }
}
