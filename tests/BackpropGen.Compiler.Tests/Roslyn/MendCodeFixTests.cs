using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using BackpropGen.CodeFixes;
using BackpropGen.Generator;
using Microsoft.CodeAnalysis.CodeFixes;
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

    [Theory]
    [InlineData(0, "[Affine(64, 32)] [Relu] [Affine(32, 30)] [Affine(30, 28)] [Tanh] [Affine(28, 26)] [Affine(26, 24)] [Affine(24, 10)]")]
    [InlineData(1, "[Affine(64, 31)] [Relu] [Affine(31, 29)] [Affine(29, 27)] [Tanh] [Affine(27, 25)] [Affine(25, 23)] [Affine(23, 10)]")]
    public async Task Five_mismatches_are_mended_at_once_into_a_network_that_builds(int fix, string mended)
    {
        string source = Class("[Affine(64, 32)] [Relu] [Affine(31, 30)] [Affine(29, 28)] [Tanh] [Affine(27, 26)] [Affine(25, 24)] [Affine(23, 10)]");
        Assert.Equal(5, (await Compilations.AnalyzeAsync(Compilations.Create(source))).Length);
        Assert.Equal(Class(mended), await Fixes.FixAllAsync(source, fix));
        Assert.Empty(await Compilations.AnalyzeAsync(Compilations.Create(Class(mended))));
        Assert.Empty(Compilations.Errors(Compilations.Create(Class(mended))));
    }

    [Theory]
    [InlineData(FixAllScope.Document, "aab")]
    [InlineData(FixAllScope.Project, "aaa")]
    [InlineData(FixAllScope.Solution, "aaa")]
    public async Task All_are_mended_in_a_document_a_project_or_a_solution(FixAllScope scope, string changed)
    {
        string[] broken = [Class("[Affine(8, 7)] [Affine(6, 5)]") + Class("[Affine(8, 7)] [Relu] [Affine(6, 5)]", "M"), Class("[Affine(3, 2)] [Affine(1, 1)]", "O")];
        string[] mended = [Class("[Affine(8, 7)] [Affine(7, 5)]") + Class("[Affine(8, 7)] [Relu] [Affine(7, 5)]", "M"), Class("[Affine(3, 2)] [Affine(2, 1)]", "O")];
        string[][] all = await Fixes.FixAllAsync(scope, [broken, broken]);
        Assert.Equal([mended[0], changed[2] == 'a' ? mended[1] : broken[1]], all[0]);
        Assert.Equal(scope == FixAllScope.Solution ? mended : broken, all[1]);
    }

    [Fact]
    public async Task Where_a_size_is_a_constant_the_other_side_can_be_mended_and_the_title_says_what_goes()
    {
        const string Sizes = "using BackpropGen; static class Sizes { public const int Hidden = 16; }\n";
        const string Source = Sizes + "[Affine(64, 32)] [Relu] [Affine(inputs: Sizes.Hidden /* kept */, outputs: 10, Bias = false)] partial class N { }";
        Assert.Equal(["Let Affine(16, 10) take 32 inputs, in place of the constant 'Sizes.Hidden'", "Let Affine(64, 32) give 16 outputs"], await Fixes.TitlesAsync(Source));
        Assert.Equal(Source.Replace("Sizes.Hidden /", "32 /", System.StringComparison.Ordinal), await Fixes.FixAsync(Source));
        Assert.Equal(Source.Replace("(64, 32)", "(64, 16)", System.StringComparison.Ordinal), await Fixes.FixAsync(Source, fix: 1));
    }

    [Theory]
    [InlineData("[Softmax]\n[CrossEntropyLoss]\n", "[CrossEntropyLoss]\n")]
    [InlineData("  [Softmax]\r\n  [CrossEntropyLoss(Reduction = Reduction.Sum)] // kept\r\n", "  [CrossEntropyLoss(Reduction = Reduction.Sum)] // kept\r\n")]
    [InlineData("[Softmax] // why\n[CrossEntropyLoss]\n", "// why\n[CrossEntropyLoss]\n")]
    [InlineData("[Softmax] [CrossEntropyLoss] ", "[CrossEntropyLoss] ")]
    [InlineData("[Relu, Softmax, CrossEntropyLoss]\n", "[Relu, CrossEntropyLoss]\n")]
    [InlineData("[Relu, BackpropGen.Softmax] [CrossEntropyLoss]\n", "[Relu] [CrossEntropyLoss]\n")]
    [InlineData("[Sigmoid]\n[BinaryCrossEntropyWithLogitsLoss]\n", "[BinaryCrossEntropyWithLogitsLoss]\n", "[Sigmoid]\n[BinaryCrossEntropyLoss]\n")]
    [InlineData("[Relu, BinaryCrossEntropyLoss(Reduction = Reduction.Sum)]", "[Relu, BinaryCrossEntropyWithLogitsLoss(Reduction = Reduction.Sum)]")]
    [InlineData("[BackpropGen.NllLoss()]", "[BackpropGen.CrossEntropyLoss()]")]
    [InlineData("[SoftmaxAttribute] [NllLoss]", "[LogSoftmax] [NllLoss]")]
    public async Task A_loss_and_its_layer_are_made_to_fit(string before, params string[] after)
    {
        string source = Layered(before);
        for (int i = 0; i < after.Length; i++)
        {
            string mended = await Fixes.FixAsync(source, i);
            Assert.Equal(Layered(after[i]), mended);
            Assert.Empty(await Compilations.AnalyzeAsync(Compilations.Create(mended)));
        }

        Assert.Equal(after.Length, (await Fixes.TitlesAsync(source)).Length);
    }

    [Fact]
    public async Task All_losses_are_made_to_fit_at_once_each_in_its_likeliest_way() => Assert.Equal(
        Class("[Affine(3, 2)] [CrossEntropyLoss]") + Class("[Affine(3, 2)] [BinaryCrossEntropyWithLogitsLoss]", "M"),
        await Fixes.FixAllAsync(Class("[Affine(3, 2)] [Softmax] [CrossEntropyLoss]") + Class("[Affine(3, 2)] [BinaryCrossEntropyLoss]", "M")));

    [Theory]
    [InlineData(null)]
    [InlineData("Likeliest")]
    public async Task Whatever_diagnostic_the_way_was_taken_from_all_of_an_id_are_mended(string? way)
    {
        // "dotnet format" asks with the key of the analyzer's first diagnostic, which may be another one's, or of one without a fix.
        string source = Class("[Affine(3, 2)] [Affine(1, 2)] [Softmax] [CrossEntropyLoss]") + Class("[Relu] [Affine(3, 2)] [Affine(1, 2)]", "M");
        Assert.Equal(
            Class("[Affine(3, 2)] [Affine(2, 2)] [Softmax] [CrossEntropyLoss]") + Class("[Relu] [Affine(3, 2)] [Affine(2, 2)]", "M"),
            await Fixes.FixAllAsync(source, "BPG010", way));
    }

    [Theory]
    [InlineData("[Relu]\n[Affine(64, 10)]\n", "[Input(64)]\n[Relu]\n[Affine(64, 10)]\n")]
    [InlineData("[Relu, Softmax, MseLoss]\n", "[Input(1)]\n[Relu, Softmax, MseLoss]\n")]
    [InlineData("[MseLoss]\n", "[Input(1)]\n[MseLoss]\n")]
    [InlineData("[Workspace(8)]\n[Sin]\n[Affine(2, -1)]\n", "[Workspace(8)]\n[Input(2)]\n[Sin]\n[Affine(2, -1)]\n")]
    public async Task An_input_is_declared_as_the_layers_want_it(string before, string after) =>
        Assert.Equal($"using BackpropGen;\n{after}partial class N;", await Fixes.FixAsync($"using BackpropGen;\n{before}partial class N;"));

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

    private static string Layered(string attributes) => $"using BackpropGen;\n/// <summary>A network.</summary>\n[Affine(3, 2)]\n{attributes}partial class N {{ }}\n";

    private static string Class(string attributes, string name = "N") => $"using BackpropGen; {attributes} partial class {name} {{ }}".Replace(
        name is "M" ? "using BackpropGen;" : "\0", "", System.StringComparison.Ordinal);

    private static IEnumerable<ShapeError> Mismatches(NetworkDeclaration network) =>
        from layer in Enumerable.Range(1, network.Layers.Count - 1)
        let mends = new[] { new Mend(MendKind.SetArgument, "Take 32 here", layer, "inputs", "32"), new Mend(MendKind.SetArgument, "Give 16 there", layer - 1, "outputs", "16"), new Mend(MendKind.SetArgument, "Not written", layer, "Bias", "true") }
        select new ShapeError("BPG010", layer, "inputs", "mismatch", mends.ToEquatableArray());
}
