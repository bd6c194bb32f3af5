using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using BackpropGen.Compiler;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackpropGen.Generator;

/// <summary>The members that the user gave a network's class: all that is neither generated nor the compiler's own.</summary>
internal static class OwnMembers
{
    /// <summary>Those that the class itself declares, with the parameters of its primary constructor: a member would hide them from its body.</summary>
    /// <param name="type">The class.</param>
    /// <param name="network">The network on it: what is generated for it, an analyzer sees like anything else.</param>
    public static IEnumerable<ISymbol> Declared(INamedTypeSymbol type, NetworkDeclaration network)
    {
        string generated = HintName.Of(network);
        IEnumerable<ISymbol> primary = type.InstanceConstructors.SelectMany(constructor => constructor.Parameters).Where(IsOfTheClass);
        return type.GetMembers().Where(IsNamed).Concat(primary)
            .Where(member => member.Locations.Any(place => place.SourceTree is { } tree && Path.GetFileName(tree.FilePath) != generated));
    }

    /// <summary>Those of the base classes that a member of the same name would hide.</summary>
    public static IEnumerable<ISymbol> Inherited(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? parent = type.BaseType; parent is { SpecialType: not SpecialType.System_Object, TypeKind: not TypeKind.Error }; parent = parent.BaseType)
        {
            foreach (ISymbol member in parent.GetMembers().Where(member => IsNamed(member) && IsVisible(member, type)))
            {
                yield return member;
            }
        }
    }

    /// <summary>The names of all of them: what the generator keeps.</summary>
    public static EquatableArray<string> Names(INamedTypeSymbol type, NetworkDeclaration network) =>
        Declared(type, network).Concat(Inherited(type)).Select(member => member.Name).Distinct().OrderBy(name => name, StringComparer.Ordinal).ToEquatableArray();

    // A primary constructor's parameters stand at the class itself: the Roslyn that this is built against knows them by nothing else.
    private static bool IsOfTheClass(IParameterSymbol parameter) =>
        parameter.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax() is { Parent.Parent: TypeDeclarationSyntax });

    // An accessor goes with its property. What implements an interface explicitly is called by the interface's name, and that counts.
    private static bool IsNamed(ISymbol member) =>
        !member.IsImplicitlyDeclared
        && member is not IMethodSymbol { AssociatedSymbol: not null }
        && (member.CanBeReferencedByName || member.Name.StartsWith(nameof(BackpropGen) + ".", StringComparison.Ordinal));

    private static bool IsVisible(ISymbol member, INamedTypeSymbol type) => member.DeclaredAccessibility switch
    {
        Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal => true,
        Accessibility.Internal or Accessibility.ProtectedAndInternal => SymbolEqualityComparer.Default.Equals(member.ContainingAssembly, type.ContainingAssembly),
        _ => false,
    };
}
