using System.Collections.Generic;
using BackpropGen.Compiler;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackpropGen.Generator;

/// <summary>
/// A network and where it is written. Only the analyzer keeps this: what the generator caches is the declaration alone.
/// </summary>
/// <param name="Declaration">What was written.</param>
/// <param name="Sources">Where, attribute by attribute.</param>
internal sealed record ParsedNetwork(NetworkDeclaration Declaration, IReadOnlyList<LayerSource> Sources);

/// <param name="Attribute">The attribute.</param>
/// <param name="Arguments">The expression of each argument that was given, by the argument's name.</param>
internal sealed record LayerSource(AttributeSyntax Attribute, IReadOnlyDictionary<string, ExpressionSyntax> Arguments)
{
    /// <summary>Where an argument stands; the attribute where it is left to its default.</summary>
    public Location Locate(string? argument) =>
        argument is not null && Arguments.TryGetValue(argument, out ExpressionSyntax? expression)
            ? expression.GetLocation()
            : Attribute.GetLocation();
}
