using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace BackpropGen.Generator;

/// <summary>Symbols' names as they stand in C# and in metadata.</summary>
internal static class CSharpNames
{
    /// <summary>With an @ where it is a keyword, be it only in some context: an @ is never wrong.</summary>
    public static string Escape(string name) =>
        SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None || SyntaxFacts.GetContextualKeywordKind(name) != SyntaxKind.None ? "@" + name : name;

    /// <summary>As it stands in C#, empty for the global namespace.</summary>
    public static string Namespace(INamespaceSymbol space)
    {
        var names = new Stack<string>();
        for (; !space.IsGlobalNamespace; space = space.ContainingNamespace)
        {
            names.Push(Escape(space.Name));
        }

        return string.Join(".", names);
    }

    /// <summary>Dots between namespaces, <c>+</c> before nested types.</summary>
    public static string Metadata(INamedTypeSymbol type)
    {
        if (type.ContainingType is { } container)
        {
            return Metadata(container) + "+" + type.MetadataName;
        }

        string name = type.MetadataName;
        for (INamespaceSymbol space = type.ContainingNamespace; !space.IsGlobalNamespace; space = space.ContainingNamespace)
        {
            name = space.MetadataName + "." + name;
        }

        return name;
    }
}
