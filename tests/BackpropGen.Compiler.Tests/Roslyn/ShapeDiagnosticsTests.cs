using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace BackpropGen.Compiler.Tests;

/// <summary>The compiler's errors from source to squiggle: the place and the words.</summary>
public class ShapeDiagnosticsTests
{
    [Theory]
    [InlineData("[Affine(64, 32), Relu, Affine({|BPG010:16|}, 10)] partial class N;",
        "Affine(16, 10) expects 16 features, but Relu before it gives 32")]
    [InlineData("[Affine(64, outputs: 32)]\n[Affine(outputs: 10, inputs: {|BPG010:N.Wrong|}, Bias = false)] partial class N { const int Wrong = 16; }",
        "Affine(16, 10) expects 16 features, but Affine(64, 32) before it gives 32")]
    [InlineData("[Input(5)] [Affine({|BPG010:3|}, 2)] [Affine({|BPG010:4|}, 1)] partial class N;",
        "Affine(3, 2) expects 3 features, but Input(5) before it gives 5",
        "Affine(4, 1) expects 4 features, but Affine(3, 2) before it gives 2")]
    [InlineData("[Affine({|BPG011:0|}, {|BPG011:-2|})] partial class N;",
        "Affine(0, -2): inputs must be at least 1, but is 0",
        "Affine(0, -2): outputs must be at least 1, but is -2")]
    [InlineData("[{|BPG011:Affine(46341, 46341)|}] partial class N;",
        "Affine(46341, 46341) makes over 2147483647 parameters, with the layers before it: more than the 536870897 that fit into one span")]
    [InlineData("[Affine(3, 2), MseLoss, Sgd({|BPG011:-1f|}, Momentum = {|BPG011:2|})] partial class N;",
        "Sgd(-1f): rate must be a finite number that is not negative, but is -1",
        "Sgd(-1f): Momentum must be in [0, 1), but is 2")]
    [InlineData("[{|BPG012:Relu|}, Affine(3, 2)] partial class N;",
        "Relu takes any shape, so the network's input is not known: declare it with [Input(...)] first of all")]
    [InlineData("[Affine(3, 2), {|BPG013:Input(3)|}] partial class N;", "Input(3) stands after Affine(3, 2): the input is declared first of all")]
    [InlineData("[Affine(3, 2), MseLoss, {|BPG013:BackpropGen.Relu()|}] partial class N;", "Relu stands after MseLoss: the loss comes after all layers")]
    [InlineData("[Affine(3, 2), Adam] [{|BPG013:MseLoss|}] partial class N;", "MseLoss stands after Adam: the optimizer comes last")]
    [InlineData("[Affine(3, 2), MseLoss, {|BPG014:MaeLoss|}, Adam, {|BPG014:Sgd(0.1f)|}] partial class N;",
        "MaeLoss is a second loss: MseLoss is declared already",
        "Sgd(0.1f) is a second optimizer: Adam is declared already")]
    [InlineData("[Affine(3, 2, Name = \"A\"), Affine(2, 1, Name = {|BPG005:nameof(A)|})] partial class N { const int A = 1; }",
        "Affine(2, 1) and Affine(3, 2) are both called A: give one another Name")]
    [InlineData("[Affine(3, 2, Name = {|BPG005:\"no identifier\"|})] partial class N;",
        "Affine(3, 2): the name \"no identifier\" is no identifier")]
    public async Task The_error_stands_on_what_is_at_fault(string source, params string[] messages)
    {
        Assert.Equal(messages, (await Markup.VerifyAsync("using BackpropGen;\n" + source)).Select(diagnostic => diagnostic.GetMessage(null)));
    }

    [Theory]
    [InlineData("[Affine(3, 2), Afine(7, 5), Affine(4, 1)] partial class N;")]
    [InlineData("[Affine(3, 2), Affine(7, ), Affine(4, 1)] partial class N;")]
    [InlineData("[Affine(3), Affine(4, 1)] partial class N;")]
    [InlineData("[Affine(\"\", 2), Relu, Affine(4, 1)] partial class N;")]
    [InlineData("[Input(missing), Affine(4, 1)] partial class N;")]
    public Task No_mismatch_is_reported_across_what_csharp_rejects(string source) => Markup.VerifyAsync("using BackpropGen;\n" + source);

    [Fact]
    public async Task A_class_that_is_not_partial_has_its_shape_checked_too() =>
        await Markup.VerifyAsync("using BackpropGen; [Affine(3, 2), Affine({|BPG010:4|}, 1)] class {|BPG001:N|} { }");
}
