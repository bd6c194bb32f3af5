using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using BackpropGen.CodeFixes;
using BackpropGen.Generator;
using Xunit;

namespace BackpropGen.Compiler.Tests;

public class MendCodeFixTests
{
    private static readonly CodeFixes Fixes = new(new NetworkAnalyzer(), new MendCodeFix());

    // What follows tests the edits by themselves, whatever the compiler proposes.
    // Every affine layer but the first: its inputs become 32, or the outputs of the affine layer before become 16.
    private static readonly CodeFixes Replacing = new(new StubAnalyzer(Mismatches), new MendCodeFix());

    private static readonly CodeFixes Inserting = new(
        new StubAnalyzer(network => network.Layers[0].Kind == "Input"
            ? []
            : [new ShapeError("BPG012", 0, null, "no input", new[] { new Mend(MendKind.Insert, "Add an input", network.Layers[0].Kind == "Tanh" ? 1 : 0, null, "[Input(1)]") }.ToEquatableArray())]),
        new MendCodeFix());

    [Fact]
    public async Task A_mismatch_is_mended_on_either_side()
    {
        string source = Class("[Affine(64, 32)] [Relu] [Affine(16, 10)]");
        Assert.Equal(
            ["Let Affine(16, 10) take 32 inputs", "Let Affine(64, 32) give 16 outputs"],
            await Fixes.TitlesAsync(source));
        string[] mended = [await Fixes.FixAsync(source), await Fixes.FixAsync(source, fix: 1)];
        Assert.Equal([Class("[Affine(64, 32)] [Relu] [Affine(32, 10)]"), Class("[Affine(64, 16)] [Relu] [Affine(16, 10)]")], mended);
        foreach (string text in mended)
        {
            Assert.Empty(await Compilations.AnalyzeAsync(Compilations.Create(text)));
        }
    }

    [Fact]
    public async Task All_mismatches_of_a_network_are_mended_at_once()
    {
        string source = Class("[Affine(8, 7)] [Affine(6, 5)] [Affine(4, 3)] [Affine(2, 1)]");
        string[] mended = [await Fixes.FixAllAsync(source), await Fixes.FixAllAsync(source, fix: 1)];
        Assert.Equal([Class("[Affine(8, 7)] [Affine(7, 5)] [Affine(5, 3)] [Affine(3, 1)]"), Class("[Affine(8, 6)] [Affine(6, 4)] [Affine(4, 2)] [Affine(2, 1)]")], mended);
        foreach (string text in mended)
        {
            Assert.Empty(await Compilations.AnalyzeAsync(Compilations.Create(text)));
        }
    }

    [Fact]
    public async Task An_unknown_input_is_declared()
    {
        const string Source = "using BackpropGen;\n[Relu]\n[Sigmoid]\npartial class N;\n";
        Assert.Equal(["Declare the input's shape"], await Fixes.TitlesAsync(Source));
        string mended = await Fixes.FixAsync(Source);
        Assert.Equal("using BackpropGen;\n[Input(1)]\n[Relu]\n[Sigmoid]\npartial class N;\n", mended);
        Assert.Empty(await Compilations.AnalyzeAsync(Compilations.Create(mended)));
    }

    [Theory]
    [InlineData("[Affine(64, 32)] [Affine(16, 10)]", "[Affine(64, 32)] [Affine(32, 10)]", "[Affine(64, 16)] [Affine(16, 10)]")]
    [InlineData("[Affine(64, outputs: /* w */ 8 /* h */)]\r\n[Affine( // in\r\n  16, 10)]", "[Affine(64, outputs: /* w */ 8 /* h */)]\r\n[Affine( // in\r\n  32, 10)]", "[Affine(64, outputs: /* w */ 16 /* h */)]\r\n[Affine( // in\r\n  16, 10)]")]
    [InlineData("[Affine(outputs: 8, inputs: 64, Bias = false), Affine(outputs: 10, inputs: -16)]", "[Affine(outputs: 8, inputs: 64, Bias = false), Affine(outputs: 10, inputs: 32)]", "[Affine(outputs: 16, inputs: 64, Bias = false), Affine(outputs: 10, inputs: -16)]")]
    [InlineData("[Affine(64, (8))] [Affine((16), 10)]", "[Affine(64, (8))] [Affine(32, 10)]", "[Affine(64, 16)] [Affine((16), 10)]")]
    public async Task One_literal_is_edited(string before, string here, string earlier)
    {
        Assert.Equal(Class(here), await Replacing.FixAsync(Class(before)));
        Assert.Equal(Class(earlier), await Replacing.FixAsync(Class(before), fix: 1));
        Assert.Equal(["Take 32 here", "Give 16 there"], await Replacing.TitlesAsync(Class(before)));
    }

    [Fact]
    public async Task A_constant_is_replaced_where_it_is_used_and_the_title_says_so()
    {
        const string Before = "const int H = 8; [Affine(64, 2 * H)] [Affine(H, 10)]";
        string source = Class(Before).Replace("const int H = 8; ", "", System.StringComparison.Ordinal).Replace("{ }", "{ const int H = 8; }", System.StringComparison.Ordinal);
        Assert.Equal(["Take 32 here, in place of the constant 'H'", "Give 16 there, in place of the constant '2 * H'"], await Replacing.TitlesAsync(source));
        Assert.Equal(source.Replace("(H,", "(32,", System.StringComparison.Ordinal), await Replacing.FixAsync(source));
        Assert.Equal(source.Replace("2 * H", "16", System.StringComparison.Ordinal), await Replacing.FixAsync(source, fix: 1));
    }

    [Fact]
    public async Task All_are_fixed_one_way_or_the_other()
    {
        string before = Class("[Affine(1, 2)] [Affine(3, 4)] [Affine(5, 6)]") + Class("[Affine(1, 2)] [Affine(3, 4)]", "M");
        Assert.Equal(
            Class("[Affine(1, 2)] [Affine(32, 4)] [Affine(32, 6)]") + Class("[Affine(1, 2)] [Affine(32, 4)]", "M"),
            await Replacing.FixAllAsync(before));
        Assert.Equal(
            Class("[Affine(1, 16)] [Affine(3, 16)] [Affine(5, 6)]") + Class("[Affine(1, 16)] [Affine(3, 4)]", "M"),
            await Replacing.FixAllAsync(before, fix: 1));
    }

    [Theory]
    [InlineData("[Relu]\npartial class N { }", "[Input(1)]\n[Relu]\npartial class N { }")]
    [InlineData("// The net.\r\n    [Relu] // First.\r\n    partial class N { }", "// The net.\r\n    [Input(1)]\r\n    [Relu] // First.\r\n    partial class N { }")]
    [InlineData("[Relu, Affine(3, 2)]\npartial class N { }", "[Input(1)]\n[Relu, Affine(3, 2)]\npartial class N { }")]
    [InlineData("[System.Obsolete] [Relu] partial class N { }", "[System.Obsolete] [Input(1)] [Relu] partial class N { }")]
    [InlineData("[Tanh, Relu] partial class N { }", "[Tanh, Input(1), Relu] partial class N { }")]
    [InlineData("[BackpropGen.Relu]\npartial class N { }", "[BackpropGen.Input(1)]\n[BackpropGen.Relu]\npartial class N { }")]
    [InlineData("[global::BackpropGen.Relu]\npartial class N { }", "[global::BackpropGen.Input(1)]\n[global::BackpropGen.Relu]\npartial class N { }")]
    public async Task An_attribute_is_inserted_like_the_one_after_it(string before, string after) =>
        Assert.Equal("using BackpropGen;\n" + after, await Inserting.FixAsync("using BackpropGen;\n" + before));

    [Theory]
    [InlineData("using R = BackpropGen.ReluAttribute;\n[R]\npartial class N { }", "using R = BackpropGen.ReluAttribute;\n[global::BackpropGen.Input(1)]\n[R]\npartial class N { }")]
    [InlineData("using B = BackpropGen;\n[B::Relu]\npartial class N { }", "using B = BackpropGen;\n[B::Input(1)]\n[B::Relu]\npartial class N { }")]
    public async Task Where_its_name_does_not_bind_it_is_written_in_full(string before, string after) =>
        Assert.Equal(after, await Inserting.FixAsync(before));

    private static string Class(string attributes, string name = "N") => $"using BackpropGen; {attributes} partial class {name} {{ }}".Replace(
        name == "M" ? "using BackpropGen;" : "\0", "", System.StringComparison.Ordinal);

    private static IEnumerable<ShapeError> Mismatches(NetworkDeclaration network) =>
        from layer in Enumerable.Range(1, network.Layers.Count - 1)
        let mends = new[] { new Mend(MendKind.SetArgument, "Take 32 here", layer, "inputs", "32"), new Mend(MendKind.SetArgument, "Give 16 there", layer - 1, "outputs", "16"), new Mend(MendKind.SetArgument, "Not written", layer, "Bias", "true") }
        select new ShapeError("BPG010", layer, "inputs", "mismatch", mends.ToEquatableArray());
}
