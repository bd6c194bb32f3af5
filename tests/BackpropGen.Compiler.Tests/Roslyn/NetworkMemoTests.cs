using System;
using System.Linq;
using BackpropGen.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace BackpropGen.Compiler.Tests;

/// <summary>When a class that was not edited is bound again: what is remembered is the same object, what is read again another one, equal or not.</summary>
public class NetworkMemoTests
{
    private const string Literals = "using BackpropGen; namespace A { partial class Outer { [Affine(3, 2, Name = \"H\")] [Relu] partial class N { void M() { } } } }";
    private const string Constants = "using BackpropGen; namespace A { partial class Outer { [Affine(3, Sizes.Hidden)] [Relu] partial class N { void M() { } } } }";

    private const string Other = """
        namespace A
        {
            public class Plain
            {
                private int field = 1;
                public int Property { get; } = 2;
                public const int Constant = 3;
                public Plain() : base() { field = 4; }
                public int Method(int argument) { return argument + field; } // A comment.
                public int Short() => 5;
            }

            static class Sizes { public const int Hidden = 6; }
        }
        """;

    [Theory]
    [InlineData("field = 1", "field = 10")]
    [InlineData("{ get; } = 2", "{ get; } = 20")]
    [InlineData("field = 4", "field = 40")]
    [InlineData("return argument + field", "for (int Hidden = 0; Hidden < 2; Hidden++) { } return field")]
    [InlineData("=> 5", "=> 50")]
    [InlineData("// A comment.", "// Another\n\n")]
    [InlineData("int argument", "long other")]
    [InlineData("Method(", "Unheard(")]
    [InlineData("public int Short", "delegate void Free(); public int Short")]
    [InlineData("public int Short", "[System.Obsolete] internal long Short")]
    [InlineData("public class Plain", "[System.Serializable] public class Plain")]
    public void Nothing_is_read_again_after_an_edit_that_no_attribute_can_see(string before, string after)
    {
        Assert.True(IsRemembered(Literals, Other, Other.Replace(before, after, StringComparison.Ordinal)));
        Assert.True(IsRemembered(Constants, Other, Other.Replace(before, after, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("Constant = 3", "Constant = 30")]
    [InlineData("Constant = 3", "Unheard = 3")]
    [InlineData("class Sizes", "class Lost")]
    [InlineData("class Plain", "class WithConstants")]
    [InlineData("Method(", "Hidden(")]
    [InlineData("int Property", "int Sizes")]
    public void What_names_something_is_read_again_after_an_edit_of_names_or_constants(string before, string after)
    {
        Assert.True(IsRemembered(Literals, Other, Other.Replace(before, after, StringComparison.Ordinal)));
        Assert.False(IsRemembered(Constants, Other, Other.Replace(before, after, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("class Plain", "class AffineAttribute")]
    [InlineData("namespace A", "namespace BackpropGen")]
    [InlineData("namespace A", "global using Relu = System.ObsoleteAttribute; namespace A")]
    [InlineData("class Plain", "class Relu")]
    [InlineData("class Plain", "class BackpropGen")]
    [InlineData("public class Plain", "public class Plain : AffineAttribute")]
    [InlineData("public class Plain", "partial class Outer<T> { } public class Plain")]
    [InlineData("public class Plain", "class Outer { partial class N { } } public class Plain")]
    public void All_is_read_again_after_an_edit_of_types(string before, string after)
    {
        Assert.False(IsRemembered(Literals, Other, Other.Replace(before, after, StringComparison.Ordinal)));
        Assert.False(IsRemembered(Constants, Other, Other.Replace(before, after, StringComparison.Ordinal)));
    }

    [Fact]
    public void All_is_read_again_with_other_references_or_options()
    {
        CSharpCompilation compilation = Compilations.Create(Literals, Other);
        NetworkDeclaration first = Read(compilation)!;
        Assert.Same(first, Read(compilation.Clone()));
        Assert.NotSame(first, Read(compilation.WithReferences([.. Compilations.Framework, MetadataReference.CreateFromFile(compilation.References.Last().Display!)])));
        Assert.NotSame(first, Read(compilation.WithOptions(Compilations.Options.WithOverflowChecks(true))));
        Assert.NotSame(first, Read(compilation.WithAssemblyName("Friend")));
        Assert.Null(Read(compilation.WithReferences(Compilations.Framework)));
    }

    [Fact]
    public void The_attributes_of_another_part_are_seen_wherever_it_stands()
    {
        const string Part = "using BackpropGen; namespace A { partial class Outer { [Tanh] partial class N { } } }";
        CSharpCompilation before = Compilations.Create(Literals, Part);
        Assert.Equal(["Affine", "Relu", "Tanh"], Read(before)!.Layers.Select(layer => layer.Kind));
        CSharpCompilation after = before.ReplaceSyntaxTree(before.SyntaxTrees[1], Compilations.Tree(Part.Replace("Tanh", "Sin", StringComparison.Ordinal), 1));
        Assert.Equal(["Affine", "Relu", "Sin"], Read(after)!.Layers.Select(layer => layer.Kind));
        Assert.Equal(["Affine", "Relu"], Read(after.RemoveSyntaxTrees(after.SyntaxTrees[1]))!.Layers.Select(layer => layer.Kind));
    }

    [Fact]
    public void An_edit_of_one_network_leaves_the_others_unread()
    {
        const string Second = "using BackpropGen; [Input(3), Relu] partial class Second { }";
        Assert.True(IsRemembered(Literals, Second, Second.Replace("3", "4", StringComparison.Ordinal)));
        Assert.True(IsRemembered(Constants, Second, Second.Replace("Relu", "Tanh", StringComparison.Ordinal)));
    }

    private static bool IsRemembered(string network, string before, string after)
    {
        CSharpCompilation compilation = Compilations.Create(network, before);
        Assert.NotEqual(before, after);
        return ReferenceEquals(Read(compilation), Read(compilation.ReplaceSyntaxTree(compilation.SyntaxTrees[1], Compilations.Tree(after, 1))));
    }

    private static NetworkDeclaration? Read(CSharpCompilation compilation)
    {
        SyntaxTree tree = compilation.SyntaxTrees[0];
        ClassDeclarationSyntax network = tree.GetRoot().DescendantNodes().OfType<ClassDeclarationSyntax>().Single(type => type.Identifier.ValueText == "N");
        return NetworkMemo.Read(network, compilation.GetSemanticModel(tree), default);
    }
}
