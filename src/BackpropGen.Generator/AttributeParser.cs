using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using BackpropGen.Compiler;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackpropGen.Generator;

/// <summary>From a class to the network that is written on it: the one reading that generator and analyzer share.</summary>
internal static class AttributeParser
{
    private static readonly Dictionary<string, ExpressionSyntax> NoArguments = new(StringComparer.Ordinal);

    /// <summary>Null where the type has no attribute of a network.</summary>
    public static ParsedNetwork? Parse(INamedTypeSymbol type, CancellationToken cancellation)
    {
        var attributes = new List<(AttributeSyntax Syntax, AttributeData Data, bool IsOurs)>();
        foreach (AttributeData data in type.GetAttributes())
        {
            bool isOurs = IsNetworkAttribute(data.AttributeClass);

            // A name that does not bind may be one of ours, mistyped; one that binds to something else is somebody else's.
            bool isUnbound = data.AttributeClass is null or { TypeKind: TypeKind.Error };
            if ((isOurs || isUnbound) && data.ApplicationSyntaxReference?.GetSyntax(cancellation) is AttributeSyntax syntax)
            {
                attributes.Add((syntax, data, isOurs));
            }
        }

        if (!attributes.Any(attribute => attribute.IsOurs))
        {
            return null;
        }

        List<SyntaxTree> trees = type.DeclaringSyntaxReferences.Select(reference => reference.SyntaxTree).ToList();
        var layers = new List<LayerDeclaration>();
        var sources = new List<LayerSource>();
        foreach ((AttributeSyntax syntax, AttributeData data, bool isOurs) in attributes
            .OrderBy(attribute => trees.IndexOf(attribute.Syntax.SyntaxTree))
            .ThenBy(attribute => attribute.Syntax.SpanStart))
        {
            string kind = CandidateNames.WithoutSuffix(isOurs ? data.AttributeClass!.Name : CandidateNames.Rightmost(syntax.Name));
            ArgumentReader? arguments = isOurs && LayerRegistry.Kinds.ContainsKey(kind) ? ArgumentReader.Read(data, syntax) : null;
            layers.Add(new LayerDeclaration(kind, arguments is not null, (arguments?.Arguments ?? []).ToEquatableArray()));
            sources.Add(new LayerSource(syntax, arguments?.Expressions ?? NoArguments));
        }

        var declaration = new NetworkDeclaration(
            CSharpNames.Namespace(type.ContainingNamespace),
            Containers(type).ToEquatableArray(),
            CSharpNames.Escape(type.Name),
            CSharpNames.Metadata(type),
            layers.ToEquatableArray(),
            Capabilities(sources[0].Attribute.SyntaxTree, attributes.First(attribute => attribute.IsOurs).Data.AttributeClass!));
        return new ParsedNetwork(declaration with { OwnMembers = OwnMembers.Names(type, declaration) }, sources);
    }

    /// <summary>
    /// In namespace BackpropGen and derived from the NetworkAttribute of its own assembly: told without asking the compilation for that
    /// type by name, which finds nothing where two references have it.
    /// </summary>
    private static bool IsNetworkAttribute(INamedTypeSymbol? attribute)
    {
        if (attribute is not { ContainingType: null, IsAbstract: false } || !IsInOurNamespace(attribute))
        {
            return false;
        }

        for (INamedTypeSymbol? type = attribute.BaseType; type is not null; type = type.BaseType)
        {
            if (type is { Name: nameof(NetworkAttribute), ContainingType: null } && IsInOurNamespace(type))
            {
                return SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, attribute.ContainingAssembly);
            }
        }

        return false;
    }

    private static bool IsInOurNamespace(INamedTypeSymbol type) =>
        type.ContainingNamespace is { Name: nameof(BackpropGen), ContainingNamespace.IsGlobalNamespace: true };

    private static Stack<ContainerDeclaration> Containers(INamedTypeSymbol type)
    {
        var containers = new Stack<ContainerDeclaration>();
        for (INamedTypeSymbol? container = type.ContainingType; container is not null; container = container.ContainingType)
        {
            string keyword = (container.TypeKind, container.IsRecord) switch
            {
                (TypeKind.Struct, false) => "struct",
                (TypeKind.Struct, true) => "record struct",
                (TypeKind.Interface, _) => "interface",
                (_, true) => "record",
                _ => "class",
            };
            containers.Push(new ContainerDeclaration(keyword, CSharpNames.Escape(container.Name)));
        }

        return containers;
    }

    private static TargetCapabilities Capabilities(SyntaxTree tree, INamedTypeSymbol attribute) => new(
        HasVectors: attribute.ContainingAssembly.GetTypeByMetadataName("BackpropGen.Runtime.IFloats`1") is not null,
        HasFileTypes: LanguageVersions.Of(tree) >= LanguageVersions.CSharp11,
        IsLanguageSupported: LanguageVersions.Of(tree) >= LanguageVersions.OldestSupported);
}
