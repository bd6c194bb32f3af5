using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackpropGen.Generator;

/// <summary>
/// What an attribute in another file may mean by this file. Bodies, comments and blanks have no part in it, nor has what a member is beside its
/// name, unless it is a constant: an attribute's argument is made of constants, and of the names of things. No syntax is kept.
/// </summary>
internal sealed class FileOutline
{
    // A tree never changes, so what was once found holds as long as the tree lives.
    private static readonly ConditionalWeakTable<SyntaxTree, FileOutline> Found = new();

    private Hash64 basis;
    private readonly HashSet<Declared> declared = [];

    private FileOutline(SyntaxTree tree, CancellationToken cancellation)
    {
        basis.Add((ulong)LanguageVersions.Of(tree));
        basis.Add((ulong)tree.Options.Kind);
        Visit(tree.GetRoot(cancellation), default);
    }

    /// <summary>What everything may depend on, as a number: usings, which may be global, and what types inherit from.</summary>
    public ulong Basis => basis.Value;

    /// <summary>What is declared here: something else depends on it only by its name.</summary>
    public IReadOnlyCollection<Declared> Declarations => declared;

    public static FileOutline Of(SyntaxTree tree, CancellationToken cancellation) =>
        Found.TryGetValue(tree, out FileOutline? outline) ? outline : Found.GetValue(tree, key => new FileOutline(key, cancellation));

    // As deep as types are nested: the parser has been deeper. The container tells apart what has one name in two of them.
    private void Visit(SyntaxNode node, Hash64 container)
    {
        foreach (SyntaxNode child in node.ChildNodes())
        {
            switch (child)
            {
                case BaseNamespaceDeclarationSyntax space:
                    foreach (SyntaxToken part in space.Name.DescendantTokens())
                    {
                        Declare(part, container, isConstant: false);
                    }

                    Visit(space, With(container, space.Name));
                    break;
                case BaseTypeDeclarationSyntax type:
                    Visit(type, Header(type, container));
                    break;
                case UsingDirectiveSyntax or ExternAliasDirectiveSyntax or BaseListSyntax:
                    basis.Add(container.Value);
                    Add(child, ref basis);
                    break;
                case MemberDeclarationSyntax member:
                    VisitMember(member, node, container);
                    break;
            }
        }
    }

    private Hash64 Header(BaseTypeDeclarationSyntax type, Hash64 container)
    {
        foreach (SyntaxNodeOrToken part in type.ChildNodesAndTokens())
        {
            if (part.AsNode() is null or TypeParameterListSyntax)
            {
                foreach (SyntaxToken token in part.IsToken ? [part.AsToken()] : part.AsNode()!.DescendantTokens())
                {
                    container.Add(token.Text);
                }
            }
        }

        Declare(type.Identifier, container, isConstant: false);
        return container;
    }

    private void VisitMember(MemberDeclarationSyntax member, SyntaxNode parent, Hash64 container)
    {
        // A project that declares the attributes itself: their constructors and properties say how they are read.
        if (parent is TypeDeclarationSyntax type && CandidateNames.IsRegistered(type.Identifier.ValueText))
        {
            Add(member, ref basis);
        }

        switch (member)
        {
            case EnumMemberDeclarationSyntax value:
                Declare(value.Identifier, With(container, value), isConstant: true);
                break;
            case BaseFieldDeclarationSyntax field:
                bool isConstant = field.Modifiers.Any(SyntaxKind.ConstKeyword);
                foreach (VariableDeclaratorSyntax variable in field.Declaration.Variables)
                {
                    Declare(variable.Identifier, isConstant ? With(container, field) : container, isConstant);
                }

                break;
            case DelegateDeclarationSyntax @delegate:
                Declare(@delegate.Identifier, With(container, @delegate), isConstant: false);
                break;
            case MethodDeclarationSyntax method:
                Declare(method.Identifier, container, isConstant: false);
                break;
            case PropertyDeclarationSyntax property:
                Declare(property.Identifier, container, isConstant: false);
                break;
            case EventDeclarationSyntax @event:
                Declare(@event.Identifier, container, isConstant: false);
                break;
        }
    }

    private void Declare(SyntaxToken name, Hash64 what, bool isConstant) => declared.Add(new Declared(name.ValueText, what.Value, isConstant));

    private static Hash64 With(Hash64 container, SyntaxNode node)
    {
        Add(node, ref container);
        return container;
    }

    private static void Add(SyntaxNode node, ref Hash64 hash)
    {
        hash.Add((ulong)node.RawKind);
        foreach (SyntaxToken token in node.DescendantTokens())
        {
            hash.Add(token.Text);
        }
    }

    /// <param name="Name">As it is looked up.</param>
    /// <param name="What">All else that matters about it, as a number.</param>
    /// <param name="IsConstant">Other constants may be made of it.</param>
    internal readonly record struct Declared(string Name, ulong What, bool IsConstant);
}
