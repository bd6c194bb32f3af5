using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace BackpropGen.Compiler.Tests;

public class AttributeParserTests
{
    [Theory]
    [InlineData("[Affine(3, 2)] [Relu] [Affine(2, 1)] [MseLoss]")]
    [InlineData("[Affine(3, 2), Relu]\n[Affine(2, 1), MseLoss]")]
    [InlineData("[Affine(3, 2), Relu, Affine(2, 1), MseLoss]")]
    [InlineData("[type: Affine(3, 2)]\n[Relu, System.Obsolete]\n[System.Serializable, Affine(2, 1)]\n[System.ComponentModel.Description(\"\")]\n[MseLoss]")]
    [InlineData("[AffineAttribute(3, 2)] [BackpropGen.Relu] [global::BackpropGen.Affine(2, 1)] [global::BackpropGen.MseLossAttribute]")]
    [InlineData("[@AffineAttribute(3, 2)] [R\\u0065lu] [BackpropGen . Affine(2, 1)] [/* the loss */ MseLoss]")]
    [InlineData("#if true\n[Affine(3, 2)]\n#else\n[Sigmoid]\n#endif\n[Relu]\n#if MISSING\n[Tanh]\n#endif\n[Affine(2, 1)]\n[MseLoss]\n")]
    public void The_order_is_the_one_that_is_written(string attributes) =>
        Assert.Equal("Affine(inputs=3, outputs=2) Relu() Affine(inputs=2, outputs=1) MseLoss()", Layers("using BackpropGen;\n" + attributes + " partial class N {}"));

    [Theory]
    [InlineData("using Dense = BackpropGen.AffineAttribute; [Dense(3, 2)] partial class N {}")]
    [InlineData("using DenseAttribute = BackpropGen.AffineAttribute; [Dense(3, 2)] partial class N {}")]
    [InlineData("using Relu = BackpropGen.AffineAttribute; [Relu(3, 2)] partial class N {}")]
    [InlineData("using B = BackpropGen; [B.Affine(3, 2)] partial class N {}")]
    [InlineData("using B = BackpropGen; [B::Affine(3, 2)] partial class N {}")]
    [InlineData("namespace Outer { using Dense = BackpropGen.AffineAttribute; namespace Inner { using Layer = Dense; [Layer(3, 2)] partial class N {} } }", "Outer.Inner.N")]
    [InlineData("namespace Outer; using Dense = BackpropGen.AffineAttribute; [Dense(3, 2)] partial class N {}", "Outer.N")]
    [InlineData("namespace BackpropGen.Tests { [Affine(3, 2)] partial class N {} }", "BackpropGen.Tests.N")]
    public void Aliases_and_namespaces_lead_to_the_same_attribute(string source, string name = "N")
    {
        CSharpCompilation compilation = Compilations.Create(source);
        NetworkDeclaration network = Assert.Single(Compilations.Networks(compilation));
        Assert.Equal(name, network.MetadataName);
        Assert.Equal("Affine(inputs=3, outputs=2)", Show(network));
    }

    [Fact]
    public void Somebody_elses_attributes_of_the_same_names_are_ignored()
    {
        const string Source = """
            using System;
            namespace Other { class AffineAttribute : Attribute { } class InputAttribute(int features) : BackpropGenLike.NetworkAttribute { } }
            namespace BackpropGenLike { abstract class NetworkAttribute : Attribute { } }
            namespace BackpropGen.Inner { class ReluAttribute : Attribute { } }
            namespace BackpropGen { class TanhAttribute : Attribute { } class Outer { public class ReluAttribute : Attribute { } } }

            [Other.Affine, Other.Input(3), BackpropGen.Inner.Relu, BackpropGen.Outer.Relu] partial class N { }
            [Other.Affine, BackpropGen.Input(4), BackpropGen.Outer.Relu] partial class M { }
            """;
        NetworkDeclaration network = Assert.Single(Compilations.Networks(Compilations.Create(Source)));
        Assert.Equal("M: Input(features=4)", network.MetadataName + ": " + Show(network));
    }

    [Fact]
    public void Arguments_left_out_are_left_to_their_defaults() =>
        Assert.Equal(
            "Affine(inputs=3, outputs=2) Adam() LeakyRelu() Adam(rate=0.5)",
            Layers("using BackpropGen; [Affine(3, 2), Adam, LeakyRelu(), Adam(0.5f)] partial class N {}"));

    [Fact]
    public void Arguments_come_by_name_in_any_order() =>
        Assert.Equal(
            "Affine(inputs=3, outputs=2, Name=Hidden, Bias=False)",
            Layers("using BackpropGen; [Affine(outputs: 2, inputs: 3, Name = \"Hidden\", Bias = false)] partial class N {}"));

    [Fact]
    public void Arguments_are_constants_of_any_form() =>
        Assert.Equal(
            "Affine(inputs=12, outputs=97, Name=Width, Layout=1, Trainable=True) Adam(rate=2) Sgd(rate=1, Momentum=0.5) Affine(inputs=-1, outputs=2147483647, Name=)",
            Layers("""
                using BackpropGen;
                static class Sizes { public const int Width = 4; public const byte One = 1; public const bool Yes = !false; }
                [Affine(Sizes.Width * 3, 'a', Name = nameof(Sizes.Width), Layout = WeightLayout.OutIn, Trainable = Sizes.Yes)]
                [Adam(2), Sgd(Sizes.One, Momentum = 1 / 2f)]
                [Affine(-1, int.MaxValue, Name = null)]
                partial class N { }
                """));

    [Theory]
    [InlineData("Affine")]
    [InlineData("Affine()")]
    [InlineData("Affine(3)")]
    [InlineData("Affine(3, )")]
    [InlineData("Affine(3, 2, )")]
    [InlineData("Affine(3, 2, 1)")]
    [InlineData("Affine(3, \"2\")")]
    [InlineData("Affine(3, 2L)")]
    [InlineData("Affine(3, 2.0)")]
    [InlineData("Affine(3, null)")]
    [InlineData("Affine(3, missing)")]
    [InlineData("Affine(3, int.MaxValue + 1)")]
    [InlineData("Affine(3, 1 / 0)")]
    [InlineData("Affine(3, \"\".Length)")]
    [InlineData("Affine(3, typeof(int))")]
    [InlineData("Affine(3, new[] { 1 })")]
    [InlineData("Affine(inputs: 3, inputs: 2)")]
    [InlineData("Affine(inputs: 3, width: 2)")]
    [InlineData("Affine(inputs: 3)")]
    [InlineData("Affine(3, inputs: 2)")]
    [InlineData("Affine(3, 2, Missing = 1)")]
    [InlineData("Affine(3, 2, Inputs = 1)")]
    [InlineData("Affine(3, 2, Bias = 1)")]
    [InlineData("Affine(3, 2, Bias = )")]
    [InlineData("Affine(3, 2, Bias = true, Bias = false)")]
    [InlineData("Affine(3, 2, Name = 1)")]
    [InlineData("Affine(Bias = true, 3, 2)")]
    [InlineData("Affine(outputs: 2, 3)")]
    [InlineData("@Affine(3, 2)")] // Verbatim, a name gets no suffix.
    [InlineData("Affine<int>(3, 2)")]
    [InlineData("Affine(3 2)")]
    [InlineData("Affine(3, 2")]
    [InlineData("Afine(3, 2)", "Afine")]
    [InlineData("Affin(3, 2)", "Affin")]
    [InlineData("BackpropGen.Afine(3, 2)", "Afine")]
    [InlineData("Missing.Affine(3, 2)")]
    [InlineData("Layer(3, 2)", "Layer")]
    public void What_csharp_rejects_is_not_understood(string attribute, string kind = "Affine") =>
        Assert.Equal($"Relu() {kind}? Tanh()", Layers($"using BackpropGen; [Relu] [{attribute}] [Tanh] partial class N {{}}"));

    [Fact]
    public void A_property_that_lacks_only_a_cast_is_read_as_it_is_meant() =>
        Assert.Equal("Affine(inputs=3, outputs=2, Layout=1) Sgd(rate=1, Momentum=0.5)", Layers("using BackpropGen; [Affine(3, 2, Layout = 1), Sgd(1, Momentum = 0.5)] partial class N {}"));

    [Fact]
    public void A_typo_alone_makes_no_network() =>
        Assert.Empty(Compilations.Networks(Compilations.Create("using BackpropGen; [Afine(3, 2)] partial class N {}")));

    [Fact]
    public void A_name_that_is_ambiguous_is_not_understood() =>
        Assert.Equal("Affine? Tanh()", Layers("using BackpropGen; using Other; [Affine(3, 2), Tanh] partial class N {} namespace Other { class AffineAttribute : System.Attribute { } }"));

    [Theory]
    [InlineData("[Relu] partial class @class {}", "class", "", "", "@class")]
    [InlineData("namespace @namespace.@if { [Relu] partial class N {} }", "namespace.if.N", "@namespace.@if", "", "N")]
    [InlineData("[Relu] partial class \\u0043lass {}", "Class", "", "", "Class")]
    [InlineData("[Relu] partial class Größe {}", "Größe", "", "", "Größe")]
    [InlineData("[Relu] partial class @record {}", "record", "", "", "@record")]
    [InlineData("namespace A.B { partial struct S { partial record R { partial record struct T { partial interface I { [Relu] partial class N {} } } } } }",
        "A.B.S+R+T+I+N", "A.B", "struct S, record R, record struct T, interface I", "N")]
    [InlineData("static partial class @static { abstract partial class Mid { [Relu] sealed partial class N {} } }", "static+Mid+N", "", "class @static, class Mid", "N")]
    public void Names_stand_as_csharp_and_as_metadata_want_them(string source, string metadata, string space, string containers, string name)
    {
        NetworkDeclaration network = Assert.Single(Compilations.Networks(Compilations.Create("using BackpropGen; " + source)));
        Assert.Equal(
            (metadata, space, containers, name),
            (network.MetadataName, network.Namespace, string.Join(", ", network.Containers.Select(c => c.Keyword + " " + c.Name)), network.Class));
    }

    [Fact]
    public void The_target_is_read_off_the_compilation()
    {
        const string Library = "namespace BackpropGen { public abstract class NetworkAttribute : System.Attribute { } public class ReluAttribute : NetworkAttribute { } }";
        const string Vectors = "namespace BackpropGen.Runtime { public interface IFloats<T> { } }";
        TargetCapabilities Target(string library, LanguageVersion language)
        {
            CSharpCompilation reference = CSharpCompilation.Create("Library", [Compilations.Tree(library)], Compilations.Framework, Compilations.Options);
            CSharpCompilation compilation = Compilations.Create(language, "[BackpropGen.Relu] partial class N { }")
                .WithReferences([.. Compilations.Framework, reference.ToMetadataReference()]);
            return Assert.Single(Compilations.Networks(compilation)).Target;
        }

        Assert.Equal(new TargetCapabilities(HasVectors: false, HasFileTypes: false), Target(Library, LanguageVersion.CSharp10));
        Assert.Equal(new TargetCapabilities(HasVectors: true, HasFileTypes: true), Target(Library + Vectors, LanguageVersion.CSharp11));
    }

    [Fact]
    public void Attributes_on_several_parts_are_one_network_in_the_compilations_order()
    {
        const string First = "using BackpropGen; [Affine(3, 2)] partial class N { } partial class N { }";
        const string Second = "using BackpropGen; partial class N { } [Relu] partial class N { } [Tanh] partial class N { }";
        NetworkDeclaration network = Assert.Single(Compilations.Networks(Compilations.Create(First, Second)));
        Assert.Equal("Affine(inputs=3, outputs=2) Relu() Tanh()", Show(network));
    }

    private static string Layers(string source) => Show(Compilations.Parse(Compilations.Create(source), "N")!.Declaration);

    private static string Show(NetworkDeclaration network) => string.Join(" ", network.Layers.Select(layer => layer.Kind + (layer.IsUnderstood
        ? "(" + string.Join(", ", layer.Arguments.Select(argument => System.FormattableString.Invariant($"{argument.Name}={argument.Value}"))) + ")"
        : "?")));
}
