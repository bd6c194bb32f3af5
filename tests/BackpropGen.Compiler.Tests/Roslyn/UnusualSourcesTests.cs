using System;
using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace BackpropGen.Compiler.Tests;

/// <summary>Networks as hardly anybody writes them, but C# lets one: each is completed, compiles in silence, and nothing is said about it.</summary>
public class UnusualSourcesTests
{
    [Theory]
    // Where it stands.
    [InlineData("a top-level program", "System.Console.WriteLine(N.InputSize); [Affine(3, 2)] partial class N { }")]
    [InlineData("a top-level program's own class", "System.Console.WriteLine(Program.InputSize); [Affine(3, 2)] partial class Program { }")]
    [InlineData("nested six deep", "namespace A.B { partial class C { partial struct D { partial interface E { partial record F { partial record struct G { [Affine(3, 2)] public partial class N { } } } } } } }")]
    [InlineData("nested in another network", "[Affine(3, 2)] partial class N { [Affine(4, 1)] internal partial class M { } }")]
    [InlineData("a namespace of the file", "namespace A.B; [Affine(3, 2)] partial class N;")]
    [InlineData("the library's namespace", "namespace BackpropGen.Generated { [Affine(3, 2)] partial class N { } }")]
    [InlineData("a base class and an interface of one's own", "abstract class B { } interface I { } [Affine(3, 2)] sealed partial class N : B, I { }")]
    [InlineData("a primary constructor", "[Affine(3, 2)] partial class N(int own) { public int Own => own; }")]
    [InlineData("a network derived from a network", "[Affine(3, 2)] partial class N { } [Affine(3, 2)] partial class M { }")]
    // What it is called.
    [InlineData("the same name in two namespaces", "namespace A { [Affine(3, 2)] partial class N { } } namespace B { [Affine(3, 1)] partial class N { } } namespace A.B { [Affine(3, 1)] partial class N { } }")]
    [InlineData("the same name in two classes", "partial class A { [Affine(3, 2)] partial class N { } } partial class B { [Affine(3, 1)] partial class N { } }")]
    [InlineData("names that differ in case", "[Affine(3, 2)] partial class Net { } [Affine(3, 1)] partial class net_ { } [Affine(3, 1)] partial class NET { } namespace a { [Input(2), Relu] partial class Net { } } namespace A { [Input(2), Relu] partial class Net { } }")]
    [InlineData("other scripts", "namespace Сети { [Affine(3, 2)] partial class Сеть { } [Affine(3, 2)] partial class 网络 { } [Affine(3, 2)] partial class شبكة { } [Affine(3, 2)] partial class Δίκτυο { } [Affine(3, 2)] partial class ネット { } }")]
    [InlineData("accents in two forms", "[Affine(3, 2)] partial class N\u00e9t { } [Affine(3, 2, Name = \"H\u00e9\")] partial class Other { }")]
    [InlineData("keywords", "namespace @namespace.@await { static partial class @static { [Affine(3, 2)] partial class @class { } [Affine(3, 2)] partial class @partial { } [Affine(3, 2)] partial class @file { } } }")]
    [InlineData("an @ that is not needed", "[@AffineAttribute(3, 2)] partial class @Plain { }")]
    [InlineData("unicode escapes", "[\\u0041ffine(3, \\u0053izes.Two)] partial class \\u004Eet { } static class Sizes { public const int Two = 2; }")]
    [InlineData("names of the generated code's own", "namespace System { } [Affine(3, 2)] partial class Span { } [Affine(3, 2)] partial class NetworkMemory { } [Affine(3, 2)] partial class Unsafe { }")]
    [InlineData("a tensor's name that is a keyword", "[Affine(3, 2, Name = \"class\"), Relu, Affine(2, 1, Name = @\"\u0048idden\")] partial class N { }")]
    // What its arguments are.
    [InlineData("nameof", "[Affine(3, 2, Name = nameof(N)), Relu, Affine(2, 1, Name = nameof(System.Console.WriteLine))] partial class N { }")]
    [InlineData("constant expressions", "static class C { public const int A = 1 << 3, B = A / 2 + (int)1.5, D = sizeof(int) * A; public const string S = \"Lay\" + \"er\"; } [Affine(C.A * C.B % 7, C.D - ('b' - 'a'), Name = C.S + nameof(C.A), Bias = !(C.A > 3 && false))] partial class N { }")]
    [InlineData("constants of its own", "[Affine(In, N.Out)] partial class N { public const int Out = 2; } partial class Outer { const int In = 3; [Affine(In, 2)] partial class N { } } ", "CS0103")]
    [InlineData("constants of its container", "partial class Outer { private const int In = 3; [Affine(In, Inner.Out)] partial class N { } private static class Inner { public const int Out = 2; } }")]
    [InlineData("enumerations", "[Affine(3, 2, Layout = (WeightLayout)1, Initializer = default), Relu, Affine(2, 1, Layout = 0)] partial class N { }")]
    [InlineData("digits of every kind", "[Affine(0x0_3, 0b10, Bias = true), LeakyRelu(1e-2f), Affine(+2, unchecked((int)1u)), MseLoss, Adam(.5e-3f, Beta1 = 0.9F)] partial class N { }")]
    [InlineData("nulls", "[Affine(3, 2, Name = null), Relu(Name = default), Tanh(Name = (string?)null)] partial class N { }")]
    [InlineData("arguments by name in any order", "[Affine(Bias = false, outputs: 2, inputs: 3)] partial class N { }", "CS1016")]
    // How its attributes are written.
    [InlineData("several lists", "[Affine(3, 2), Relu] [Tanh]\n[type: Affine(2, 1), Sigmoid,] /* and */ [MseLoss] partial class N { }")]
    [InlineData("directives around", "#define LARGE\nusing BackpropGen;\n[Affine(3,\n#if LARGE\n2\n#else\n1\n#endif\n)]\n#if !LARGE\n[Missing]\n#elif LARGE\n[Relu]\n#endif\n#region R\n[Tanh]\n#endregion\n#pragma warning disable\n#nullable disable\n#line 200 \"x\"\n[MseLoss] partial class N { }")]
    [InlineData("other attributes between", "[System.Serializable, Affine(3, 2)] [System.Obsolete(\"\")] [Relu] [System.Diagnostics.DebuggerDisplay(\"{ToString()}\")] partial class N { }")]
    [InlineData("aliases", "using Dense = BackpropGen.AffineAttribute; using B = BackpropGen; using RectifierAttribute = BackpropGen.ReluAttribute; [Dense(3, 2), Rectifier, B.Tanh, B::Sigmoid, global::BackpropGen.Sin, BackpropGen.CosAttribute] partial class N { }", "CS0234")]
    [InlineData("an alias in a namespace", "namespace A { using X = BackpropGen.AffineAttribute; namespace B { using Y = X; [X(3, 2), Relu, Tanh] partial class N { } } }")]
    [InlineData("comments in every gap", "[/*a*/Affine/*b*/(/*c*/3/*d*/,/*e*/2/*f*/)/*g*/]/*h*/[//i\nRelu//j\n]/*k*/partial/*l*/class/*m*/N/*n*/{/*o*/}//p")]
    public async Task It_is_completed_and_nothing_is_said(string what, string source, string? rejected = null)
    {
        CSharpCompilation compilation = Compilations.Create(source.StartsWith('#') ? source : "using BackpropGen;\n" + source)
            .WithOptions(Compilations.Options.WithOutputKind(what.StartsWith("a top-level", StringComparison.Ordinal) ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary));
        Assert.Empty(await Compilations.AnalyzeAsync(compilation));
        Diagnostic[] found = Complete(compilation);
        if (rejected is null)
        {
            Assert.Empty(found);
        }
        else
        {
            // C# itself rejects it, for one thing: nothing of ours is added to that.
            Assert.Equal([rejected], found.Select(diagnostic => diagnostic.Id).Distinct());
        }
    }

    [Theory]
    [InlineData("Affine(2147483647, 2147483647)")]
    [InlineData("Affine(46341, 46341)")]
    [InlineData("Affine(1, 536870912)")]
    [InlineData("Affine(-2147483648, 0)")]
    [InlineData("Input(2147483647, 2147483647, 2147483647), Relu")]
    [InlineData("Affine(30, 20), Relu, Affine(20, 10), Workspace(2147483647)")]
    [InlineData("Affine(3, 2), MseLoss, Adam(float.PositiveInfinity)")]
    [InlineData("Affine(3, 2), MseLoss, Adam(float.NaN, Beta1 = float.NegativeInfinity)")]
    [InlineData("Affine(3, 2), LeakyRelu(3.4028235E+38f), Elu(float.NaN)", true)]
    public async Task Huge_values_are_one_error_and_no_cascade(string attributes, bool mayBeFine = false)
    {
        CSharpCompilation compilation = Compilations.Create($"using BackpropGen; [{attributes}] partial class N {{ static int F(N n) => n.Parameters.Length + N.InputSize; }}");
        Diagnostic[] diagnostics = await Compilations.AnalyzeAsync(compilation);
        Assert.True(mayBeFine || diagnostics.Length > 0);
        Assert.All(diagnostics, diagnostic => Assert.Equal("BPG011", diagnostic.Id));
        Assert.Empty(Complete(compilation));
    }

    [Fact]
    public async Task Parts_stand_in_several_files()
    {
        CSharpCompilation compilation = Compilations.Create(
            "namespace A { partial class Outer { partial class N { public int F() => InputSize; } } }",
            "namespace A; partial class Outer { [BackpropGen.Affine(3, 2)] partial class N; }",
            "namespace A { sealed partial class Outer { public sealed partial class N : System.IDisposable { public void Dispose() { } } } }");
        Assert.Empty(await Compilations.AnalyzeAsync(compilation));
        Assert.Empty(Complete(compilation));
    }

    [Fact]
    public void Two_projects_have_the_same_network()
    {
        const string Network = "namespace Shared { [BackpropGen.Affine(3, 2)] public partial class N { } [BackpropGen.Affine(40, 30)] internal partial class Hidden { } }";
        Compilation One(string name, params MetadataReference[] references)
        {
            CSharpCompilation compilation = Compilations.Create(Network).WithAssemblyName(name).AddReferences(references);
            Compilations.Driver(compilation).RunGeneratorsAndUpdateCompilation(compilation, out Compilation generated, out _);
            return generated;
        }

        // CS0436: one's own class hides the other project's of that name, which is what a user means who has both.
        Compilation first = One("First");
        Compilation second = One("Second", first.ToMetadataReference());
        Assert.Empty(Problems(first));
        Assert.All(Problems(second), problem => Assert.Equal("CS0436", problem.Id));

        // With a name of its own for the other project, both are there.
        CSharpCompilation both = Compilations.Create("extern alias first; class User { int F(Shared.N n, first::Shared.N other) => n.Parameters.Length + other.Parameters.Length; }", Network)
            .AddReferences(first.ToMetadataReference(["first"]));
        Assert.Empty(Complete(both));
    }

    [Fact]
    public async Task The_library_goes_by_another_name()
    {
        MetadataReference library = Compilations.References[Compilations.References.Count - 1];
        CSharpCompilation compilation = Compilations.Create("extern alias nets; using nets::BackpropGen; [Affine(3, 2)] [nets::BackpropGen.Relu] partial class N { }")
            .WithReferences([.. Compilations.Framework, library.WithAliases(["nets"])]);
        Assert.Equal(["Affine", "Relu"], Assert.Single(Compilations.Networks(compilation)).Layers.Select(layer => layer.Kind));
        Assert.Empty(await Compilations.AnalyzeAsync(compilation));
    }

    [Theory]
    [InlineData("[Affine(3, 2)] partial class { }")]
    [InlineData("partial class { [Affine(3, 2)] partial class N { } }")]
    [InlineData("namespace { [Affine(3, 2)] partial class N { } }")]
    [InlineData("namespace A. { [Affine(3, 2)] partial class N { } }")]
    [InlineData("[Affine(3, 2)] partial class")]
    public async Task What_has_no_name_yet_is_left_alone(string source)
    {
        CSharpCompilation compilation = Compilations.Create("using BackpropGen; " + source);
        Assert.Empty(Compilations.Generate(compilation).GeneratedSources);
        await Compilations.AnalyzeAsync(compilation);
    }

    [Fact]
    public async Task A_script_has_no_networks()
    {
        SyntaxTree script = CSharpSyntaxTree.ParseText(
            "using BackpropGen; [Affine(3, 2)] partial class N { } var n = 1;", new CSharpParseOptions(LanguageVersion.Latest, kind: SourceCodeKind.Script));
        CSharpCompilation compilation = CSharpCompilation.CreateScriptCompilation("Script", script, Compilations.References);
        Assert.Empty(Compilations.Generate(compilation).GeneratedSources);
        Assert.All(await Compilations.AnalyzeAsync(compilation), diagnostic => Assert.Equal("BPG003", diagnostic.Id));
    }

    private static Diagnostic[] Complete(CSharpCompilation compilation)
    {
        Assert.NotEmpty(Compilations.Generate(compilation).GeneratedSources);
        Compilations.Driver(compilation).RunGeneratorsAndUpdateCompilation(compilation, out Compilation generated, out ImmutableArray<Diagnostic> thrown);
        Assert.Empty(thrown);
        return Problems(generated);
    }

    // CS8981: a name of small letters alone is the user's own business.
    private static Diagnostic[] Problems(Compilation compilation) =>
        [.. compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning && diagnostic.Id != "CS8981")];
}
