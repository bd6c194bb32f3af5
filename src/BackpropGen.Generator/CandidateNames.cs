using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using BackpropGen.Compiler;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackpropGen.Generator;

/// <summary>
/// Which classes may be networks, by nothing but the names that are written on them: run on every node of an edited file, so it binds nothing.
/// </summary>
internal static class CandidateNames
{
    private const string Suffix = "Attribute";

    private static readonly HashSet<string> Registered = new(
        LayerRegistry.Kinds.Keys.SelectMany(kind => new[] { kind, kind + Suffix }), StringComparer.Ordinal);

    /// <summary>A class with an attribute whose name is a network attribute's, or an alias that the same file declares.</summary>
    public static bool IsCandidate(SyntaxNode node, CancellationToken cancellation) =>
        node is ClassDeclarationSyntax { AttributeLists.Count: > 0 } type
        && type.AttributeLists.Any(list => list.Attributes.Any(attribute => MayBeOurs(attribute.Name)));

    /// <summary>Whether a type of that name may be a network's attribute.</summary>
    public static bool IsRegistered(string name) => Registered.Contains(name);

    /// <summary>A network attribute's name, or an alias that the same file declares: what the generator finds a network by.</summary>
    public static bool MayBeOurs(NameSyntax name) =>
        IsRegistered(Rightmost(name)) || (name is IdentifierNameSyntax simple && IsAlias(simple));

    /// <summary>The last name of a qualified one, unescaped: <c>Affine</c> of <c>global::BackpropGen.@Affine</c>.</summary>
    public static string Rightmost(NameSyntax name) => name switch
    {
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        AliasQualifiedNameSyntax qualified => qualified.Name.Identifier.ValueText,
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        _ => string.Empty,
    };

    /// <summary>An attribute's name as a kind: without the suffix that C# lets one leave out.</summary>
    public static string WithoutSuffix(string name) =>
        name.Length > Suffix.Length && name.EndsWith(Suffix, StringComparison.Ordinal) ? name.Substring(0, name.Length - Suffix.Length) : name;

    /// <summary>An attribute's name as C# also looks it up.</summary>
    public static string WithSuffix(string name) => name + Suffix;

    // Any alias counts, whatever it stands for: it may stand for another alias, and that is for binding to find out.
    private static bool IsAlias(IdentifierNameSyntax name)
    {
        string written = name.Identifier.ValueText;
        return name.Ancestors().Any(ancestor => ancestor switch
        {
            BaseNamespaceDeclarationSyntax space => Declares(space.Usings, written),
            CompilationUnitSyntax file => Declares(file.Usings, written),
            _ => false,
        });
    }

    private static bool Declares(SyntaxList<UsingDirectiveSyntax> usings, string written)
    {
        foreach (UsingDirectiveSyntax directive in usings)
        {
            if (directive.Alias?.Name.Identifier.ValueText is { } alias && (alias == written || alias == written + Suffix))
            {
                return true;
            }
        }

        return false;
    }
}
