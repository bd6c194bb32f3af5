using System;
using System.Collections.Generic;
using System.Linq;
using BackpropGen.Compiler;
using BackpropGen.Generator;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackpropGen.CodeFixes;

/// <summary>The sizes along a network's affine layers, from its input to its output, with a name for each.</summary>
internal static class ChainOfSizes
{
    private const string Inputs = "inputs";
    private const string Outputs = "outputs";

    public static string Kind { get; } = LayerRegistry.KindOf(typeof(AffineAttribute));

    public static IReadOnlyList<NamedSize> Of(ParsedNetwork network)
    {
        List<List<(int Value, ExpressionSyntax Written)>> chain = [];
        for (int place = 0; place < network.Sources.Count; place++)
        {
            LayerDeclaration layer = network.Declaration.Layers[place];
            if (layer.Kind == Kind && layer.IsUnderstood)
            {
                Add(place, Inputs, joins: true);
                Add(place, Outputs, joins: false);
            }
            else if (chain.Count == 0 && layer is { IsUnderstood: true, Arguments.Count: 1 } && layer.Kind == LayerRegistry.KindOf(typeof(InputAttribute)))
            {
                Add(place, layer.Arguments[0].Name, joins: false);
            }
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        return chain.Select((size, i) => Name(size, i == 0 ? "Inputs" : i == chain.Count - 1 ? "Outputs" : chain.Count == 3 ? "Hidden" : "Hidden" + i)).ToArray();

        // What is given and what is taken is one size, where they agree.
        void Add(int place, string argument, bool joins)
        {
            if (network.Declaration.Layers[place].Arguments.FirstOrDefault(a => a.Name == argument)?.Value is not int value)
            {
                return;
            }

            ExpressionSyntax written = network.Sources[place].Arguments[argument];
            if (joins && chain.Count > 0 && chain[chain.Count - 1][0].Value == value)
            {
                chain[chain.Count - 1].Add((value, written));
            }
            else
            {
                chain.Add([(value, written)]);
            }
        }

        NamedSize Name(List<(int Value, ExpressionSyntax Written)> size, string name)
        {
            LiteralExpressionSyntax[] literals = size.Select(s => s.Written).OfType<LiteralExpressionSyntax>().ToArray();
            if (size.Select(s => s.Written).FirstOrDefault(written => written is not LiteralExpressionSyntax) is { } named)
            {
                return new NamedSize(named.ToString(), IsNew: false, literals);
            }

            while (!names.Add(name) || IsTaken(name))
            {
                name += "Size";
            }

            return new NamedSize(name, IsNew: true, literals);
        }

        bool IsTaken(string name) =>
            network.Declaration.OwnMembers.Contains(name)
            || name == network.Declaration.Class
            || NetworkCompiler.CheckNames(network.Declaration with { OwnMembers = new[] { name }.ToEquatableArray() }).Any(taken => taken.Name == name);
    }
}

/// <param name="Name">Its name, or the expression that gives it already.</param>
/// <param name="IsNew">A constant of that name is to be declared.</param>
/// <param name="Literals">Where it stands as a number.</param>
internal sealed record NamedSize(string Name, bool IsNew, IReadOnlyList<LiteralExpressionSyntax> Literals);
