using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace BackpropGen.CodeFixes;

/// <summary>Writes a network's attribute before another one.</summary>
internal static class AttributeInsertion
{
    private const string Namespace = "BackpropGen";

    /// <param name="document">The document to edit.</param>
    /// <param name="place">The attribute to insert before.</param>
    /// <param name="text">The attribute, in brackets or not: <c>[Input(1)]</c>.</param>
    /// <param name="cancellation">Stops the search.</param>
    public static async Task<IReadOnlyList<TextChange>> FindChangesAsync(
        Document document, TextSpan place, string text, CancellationToken cancellation)
    {
        SyntaxNode? root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        SemanticModel? model = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        if (model is null || root?.FindNode(place).FirstAncestorOrSelf<AttributeSyntax>() is not { Parent: AttributeListSyntax list } next)
        {
            return [];
        }

        string attribute = Qualifier(model, next, text.Trim('[', ']'));
        if (list.Attributes[0] != next)
        {
            return [new TextChange(new TextSpan(next.SpanStart, 0), attribute + ", ")];
        }

        // A line of its own, indented like the next one, where that has one too.
        SourceText source = await document.GetTextAsync(cancellation).ConfigureAwait(false);
        TextLine line = source.Lines.GetLineFromPosition(list.SpanStart);
        string before = source.ToString(TextSpan.FromBounds(line.Start, list.SpanStart));
        string newLine = source.ToString(TextSpan.FromBounds(line.End, line.EndIncludingLineBreak));
        string after = before.All(char.IsWhiteSpace) ? (newLine.Length > 0 ? newLine : "\n") + before : " ";
        return [new TextChange(new TextSpan(list.SpanStart, 0), "[" + attribute + "]" + after)];
    }

    /// <summary>The attribute as it can be written at this place: as the next one is, or in full where its name does not bind here.</summary>
    private static string Qualifier(SemanticModel model, AttributeSyntax next, string attribute)
    {
        switch (next.Name)
        {
            case QualifiedNameSyntax qualified:
                return qualified.Left + "." + attribute;
            case AliasQualifiedNameSyntax { Alias.Identifier.ValueText: not "global" } qualified:
                return qualified.Alias + "::" + attribute;
        }

        int end = attribute.IndexOf('(');
        string name = (end < 0 ? attribute : attribute.Substring(0, end)) + "Attribute";
        bool binds = model.LookupNamespacesAndTypes(next.SpanStart, name: name).Any(symbol =>
            symbol is INamedTypeSymbol { ContainingNamespace: { Name: Namespace, ContainingNamespace.IsGlobalNamespace: true } });
        return binds ? attribute : "global::" + Namespace + "." + attribute;
    }
}
