using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackpropGen.Generator;

/// <summary>Whether a type can be given a network's members.</summary>
internal static class NetworkTarget
{
    public static bool CanBeEmitted(INamedTypeSymbol type, CancellationToken cancellation) =>
        WhyUnsupported(type, cancellation) is null
        && IsNamed(type)
        && Declarations(type, cancellation).All(declaration =>
            LanguageVersions.Of(declaration.SyntaxTree) >= LanguageVersions.OldestEmitted && !NotPartial(declaration).Any());

    /// <summary>What the type is that a network cannot be, as the end of a sentence; null where it can be one.</summary>
    public static string? WhyUnsupported(INamedTypeSymbol type, CancellationToken cancellation)
    {
        string? kind = (type.TypeKind, type.IsRecord) switch
        {
            (TypeKind.Struct, true) => "a record struct",
            (TypeKind.Struct, false) => "a struct",
            (TypeKind.Interface, _) => "an interface",
            (TypeKind.Class, true) => "a record",
            (TypeKind.Class, false) => null,
            _ => "no class",
        };
        if (kind is not null || type.IsStatic)
        {
            return kind ?? "a static class";
        }

        for (INamedTypeSymbol? container = type; container is not null; container = container.ContainingType)
        {
            bool isItself = SymbolEqualityComparer.Default.Equals(container, type);
            if (container.Arity > 0)
            {
                return isItself ? "a generic class" : "nested in the generic type '" + container.Name + "'";
            }

            if (Declarations(container, cancellation).Any(IsFileLocal))
            {
                return isItself ? "a class that is local to its file" : "nested in '" + container.Name + "', which is local to its file";
            }

            if (container.IsScriptClass || container.TypeKind == TypeKind.Submission)
            {
                return "declared in a script";
            }
        }

        return null;
    }

    /// <summary>The declaration and those around it that lack the partial modifier, outermost first.</summary>
    public static IEnumerable<TypeDeclarationSyntax> NotPartial(TypeDeclarationSyntax declaration) =>
        declaration.AncestorsAndSelf().OfType<TypeDeclarationSyntax>()
            .Where(type => !type.Modifiers.Any(SyntaxKind.PartialKeyword)).Reverse();

    /// <summary>The parts of a type, in the order of the compilation.</summary>
    public static IEnumerable<TypeDeclarationSyntax> Declarations(INamedTypeSymbol type, CancellationToken cancellation) =>
        type.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax(cancellation)).OfType<TypeDeclarationSyntax>();

    // A name that is not typed yet is an empty one, and there is no other part of what has none.
    private static bool IsNamed(INamedTypeSymbol type)
    {
        for (ISymbol symbol = type; symbol is not INamespaceSymbol { IsGlobalNamespace: true }; symbol = symbol.ContainingSymbol)
        {
            if (symbol is INamespaceOrTypeSymbol && symbol.Name.Length == 0)
            {
                return false;
            }
        }

        return true;
    }

    // The modifier by its text: the Roslyn that this is built against does not know it.
    private static bool IsFileLocal(TypeDeclarationSyntax declaration) => declaration.Modifiers.Any(modifier => modifier.ValueText == "file");
}
