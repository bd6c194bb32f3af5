using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace BackpropGen.CodeFixes;

/// <summary>Writes a network's attribute into source the way that it can stand there: as the one beside it is, or in full.</summary>
internal static class AttributeSpelling
{
    private const string Namespace = "BackpropGen";

    /// <summary>The edit that writes an attribute before another one, on a line of its own where that has one too.</summary>
    /// <param name="document">The document to edit.</param>
    /// <param name="next">The attribute to insert before.</param>
    /// <param name="text">The attribute, in brackets or not: <c>[Input(1)]</c>.</param>
    /// <param name="cancellation">Stops the search.</param>
    public static async Task<TextChange> InsertBeforeAsync(Document document, AttributeSyntax next, string text, CancellationToken cancellation)
    {
        SemanticModel? model = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        string attribute = Spell(model, next, text.Trim('[', ']'));
        var list = (AttributeListSyntax)next.Parent!;
        if (list.Attributes[0] != next)
        {
            return new TextChange(new TextSpan(next.SpanStart, 0), attribute + ", ");
        }

        SourceText source = await document.GetTextAsync(cancellation).ConfigureAwait(false);
        TextLine line = source.Lines.GetLineFromPosition(list.SpanStart);
        string before = source.ToString(TextSpan.FromBounds(line.Start, list.SpanStart));
        string newLine = source.ToString(TextSpan.FromBounds(line.End, line.EndIncludingLineBreak));
        string after = before.All(char.IsWhiteSpace) ? (newLine.Length > 0 ? newLine : "\n") + before : " ";
        return new TextChange(new TextSpan(list.SpanStart, 0), "[" + attribute + "]" + after);
    }

    /// <summary>The edit that makes an attribute another one of the same arguments.</summary>
    public static async Task<TextChange> RenameAsync(Document document, AttributeSyntax attribute, string name, CancellationToken cancellation) =>
        new(attribute.Name.Span, Spell(await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false), attribute, name));

    private static string Spell(SemanticModel? model, AttributeSyntax beside, string attribute)
    {
        switch (beside.Name)
        {
            case QualifiedNameSyntax qualified:
                return qualified.Left + "." + attribute;
            case AliasQualifiedNameSyntax { Alias.Identifier.ValueText: not "global" } qualified:
                return qualified.Alias + "::" + attribute;
        }

        int end = attribute.IndexOf('(');
        string name = (end < 0 ? attribute : attribute.Substring(0, end)) + "Attribute";
        bool binds = model?.LookupNamespacesAndTypes(beside.SpanStart, name: name).Any(symbol =>
            symbol is INamedTypeSymbol { ContainingNamespace: { Name: Namespace, ContainingNamespace.IsGlobalNamespace: true } }) == true;
        return binds ? attribute : "global::" + Namespace + "." + attribute;
    }
}
