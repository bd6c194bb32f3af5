using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using BackpropGen.Compiler;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackpropGen.Generator;

/// <summary>
/// What was read off a class, for as long as it means the same. Roslyn hands every candidate to the generator again on every keystroke, with a new
/// semantic model that knows nothing yet: for a hundred networks, to bind them all takes longer than a keystroke may. So a class is bound
/// again only where its own file was edited (it is another node then), another part of it, or what it may mean by other files.
/// </summary>
internal static class NetworkMemo
{
    private static readonly ConditionalWeakTable<SyntaxNode, Slot> Slots = new();

    /// <param name="node">The candidate.</param>
    /// <param name="model">Its file's, of the compilation as it is now.</param>
    /// <param name="cancellation">Stops the reading; nothing is remembered then.</param>
    /// <returns>The network that is to be emitted for the candidate; null where it is none, or none that can be completed.</returns>
    public static NetworkDeclaration? Read(SyntaxNode node, SemanticModel model, CancellationToken cancellation)
    {
        Surroundings surroundings = Surroundings.Of(model.Compilation, cancellation);
        Slot slot = Slots.GetValue(node, static _ => new Slot());
        if (slot.Reading is { } known && known.HoldsIn(surroundings, model.Compilation))
        {
            slot.Reading = known with { Surroundings = surroundings };
            return known.Network;
        }

        if (model.GetDeclaredSymbol(node, cancellation) is not INamedTypeSymbol type)
        {
            return null;
        }

        TypeDeclarationSyntax[] parts = NetworkTarget.Declarations(type, cancellation).ToArray();

        // Attributes on several parts are still one network, which the first part that was found stands for.
        bool isFirst = parts.FirstOrDefault(part => CandidateNames.IsCandidate(part, cancellation)) == node;
        NetworkDeclaration? network = isFirst && NetworkTarget.CanBeEmitted(type, cancellation)
            ? AttributeParser.Parse(type, cancellation)?.Declaration
            : null;
        slot.Reading = new Reading(
            surroundings,
            parts.All(AreLiterals),
            new HashSet<string>(parts.SelectMany(Names)),
            parts.Select(part => part.SyntaxTree).Where(tree => tree != node.SyntaxTree).Distinct().Select(tree => new WeakReference<SyntaxTree>(tree)).ToArray(),
            network);
        return network;
    }

    private static bool AreLiterals(TypeDeclarationSyntax part)
    {
        IEnumerable<AttributeArgumentSyntax> arguments = part.AttributeLists
            .SelectMany(list => list.Attributes)
            .SelectMany(attribute => attribute.ArgumentList?.Arguments ?? Enumerable.Empty<AttributeArgumentSyntax>());
        return arguments.All(argument => !argument.Expression.DescendantNodesAndSelf().OfType<SimpleNameSyntax>().Any());
    }

    // What is looked up to read the part: an attribute's name with and without its suffix; its arguments; where it stands; and what may be
    // meant by an alias or a using of its file, instead.
    private static IEnumerable<string> Names(TypeDeclarationSyntax part)
    {
        IEnumerable<SyntaxNode> read = part.AttributeLists.Concat(part.Ancestors().SelectMany(ancestor => ancestor switch
        {
            BaseNamespaceDeclarationSyntax space => space.Usings.Cast<SyntaxNode>().Append(space.Name),
            CompilationUnitSyntax file => file.Usings,
            _ => Enumerable.Empty<SyntaxNode>(),
        }));
        IEnumerable<string> written = read.SelectMany(node => node.DescendantTokens()).Where(token => token.IsKind(SyntaxKind.IdentifierToken)).Select(token => token.ValueText);
        return written.SelectMany(name => new[] { name, CandidateNames.WithSuffix(name) })
            .Concat(part.AncestorsAndSelf().OfType<TypeDeclarationSyntax>().Select(type => type.Identifier.ValueText));
    }

    private sealed class Slot
    {
        private Reading? reading;

        // Written as a whole: generators of two compilations may come to one node at once.
        public Reading? Reading
        {
            get => Volatile.Read(ref reading);
            set => Volatile.Write(ref reading, value);
        }
    }

    /// <param name="Surroundings">What the class was read in.</param>
    /// <param name="OfLiterals">Its attributes' arguments name nothing.</param>
    /// <param name="Names">What it may depend on, by name.</param>
    /// <param name="OtherFiles">The other files that have parts of it, whose attributes are no part of what one file is to another.</param>
    /// <param name="Network">What it came to.</param>
    private sealed record Reading(
        Surroundings Surroundings, bool OfLiterals, HashSet<string> Names, WeakReference<SyntaxTree>[] OtherFiles, NetworkDeclaration? Network)
    {
        public bool HoldsIn(Surroundings now, Compilation compilation)
        {
            SurroundingsChange change = now.Since(Surroundings);
            return !change.Touches(Names)
                && (OfLiterals || !change.HasConstants)
                && OtherFiles.All(file => file.TryGetTarget(out SyntaxTree? tree) && compilation.ContainsSyntaxTree(tree));
        }
    }
}
