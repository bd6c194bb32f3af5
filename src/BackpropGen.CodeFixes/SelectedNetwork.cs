using System.Threading;
using System.Threading.Tasks;
using BackpropGen.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace BackpropGen.CodeFixes;

/// <summary>The network whose attribute the cursor is on.</summary>
/// <param name="Network">The network.</param>
/// <param name="Place">The attribute's place in it.</param>
internal sealed record SelectedNetwork(ParsedNetwork Network, int Place)
{
    /// <summary>Null where the cursor is on no network's attribute, or that is one which C# rejects.</summary>
    public static async Task<SelectedNetwork?> FindAsync(Document document, TextSpan selection, CancellationToken cancellation)
    {
        if (await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false) is not { } root
            || root.FindNode(selection) is not { } node
            || (node.FirstAncestorOrSelf<AttributeSyntax>() ?? Only(node)) is not { Parent.Parent: ClassDeclarationSyntax declaration } attribute
            || await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false) is not { } model
            || model.GetDeclaredSymbol(declaration, cancellation) is not INamedTypeSymbol type
            || AttributeParser.Parse(type, cancellation) is not { } network)
        {
            return null;
        }

        for (int place = 0; place < network.Sources.Count; place++)
        {
            if (network.Sources[place].Attribute == attribute)
            {
                return network.Declaration.Layers[place].IsUnderstood ? new SelectedNetwork(network, place) : null;
            }
        }

        return null;
    }

    // On the bracket of a list of one.
    private static AttributeSyntax? Only(SyntaxNode node) =>
        node.FirstAncestorOrSelf<AttributeListSyntax>() is { Attributes.Count: 1 } list ? list.Attributes[0] : null;
}
