using System.Runtime.CompilerServices;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace BackpropGen.Generator;

/// <summary>
/// What an attribute in another file may mean by this file, as two numbers. Bodies, comments and blanks have no part in them, nor has what a
/// member is beside its name, unless it is a constant: an attribute's argument is made of constants, and of the names of things.
/// </summary>
internal sealed class FileOutline
{
    // A tree never changes, so what was once found holds as long as the tree lives.
    private static readonly ConditionalWeakTable<SyntaxTree, FileOutline> Found = new();

    private Hash64 types;
    private Hash64 members;

    private FileOutline(SyntaxTree tree, CancellationToken cancellation)
    {
        types.Add((ulong)LanguageVersions.Of(tree));
        types.Add((ulong)tree.Options.Kind);
        Visit(tree.GetRoot(cancellation));
    }

    /// <summary>Namespaces, usings and types' headers: what the name of an attribute may lead to, and what class a network's is.</summary>
    public ulong Types => types.Value;

    /// <summary>Constants with their values, other members' names: what an argument that is no literal may lead to beside types.</summary>
    public ulong Members => members.Value;

    public static FileOutline Of(SyntaxTree tree, CancellationToken cancellation) =>
        Found.TryGetValue(tree, out FileOutline? outline) ? outline : Found.GetValue(tree, key => new FileOutline(key, cancellation));

    // As deep as types are nested: the parser has been deeper.
    private void Visit(SyntaxNode node)
    {
        types.Add((ulong)node.RawKind);
        foreach (SyntaxNodeOrToken child in node.ChildNodesAndTokens())
        {
            switch (child.AsNode())
            {
                case null:
                    types.Add(child.AsToken().Text);
                    break;
                case AttributeListSyntax or GlobalStatementSyntax or IncompleteMemberSyntax:
                    // A network's own attributes, the only ones that matter, are read where it is read.
                    break;
                case BaseNamespaceDeclarationSyntax or BaseTypeDeclarationSyntax:
                    Visit(child.AsNode()!);
                    break;
                case FieldDeclarationSyntax field when field.Modifiers.Any(SyntaxKind.ConstKeyword):
                    Add(field, ref members);
                    break;
                case EnumMemberDeclarationSyntax member:
                    Add(member, ref members);
                    break;
                case MemberDeclarationSyntax member and not DelegateDeclarationSyntax:
                    AddName(member);

                    // A project that declares the attributes itself: their constructors and properties say how they are read.
                    if (node is TypeDeclarationSyntax type && CandidateNames.IsRegistered(type.Identifier.ValueText))
                    {
                        Add(member, ref types);
                    }

                    break;
                case var header:
                    Add(header, ref types);
                    break;
            }
        }
    }

    private void AddName(MemberDeclarationSyntax member)
    {
        switch (member)
        {
            case MethodDeclarationSyntax method:
                members.Add(method.Identifier.Text);
                break;
            case PropertyDeclarationSyntax property:
                members.Add(property.Identifier.Text);
                break;
            case EventDeclarationSyntax @event:
                members.Add(@event.Identifier.Text);
                break;
            case BaseFieldDeclarationSyntax field:
                foreach (VariableDeclaratorSyntax variable in field.Declaration.Variables)
                {
                    members.Add(variable.Identifier.Text);
                }

                break;
        }
    }

    private static void Add(SyntaxNode node, ref Hash64 hash)
    {
        hash.Add((ulong)node.RawKind);
        foreach (SyntaxToken token in node.DescendantTokens())
        {
            hash.Add(token.Text);
        }
    }
}
