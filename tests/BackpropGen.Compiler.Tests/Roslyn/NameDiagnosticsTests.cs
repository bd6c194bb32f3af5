using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace BackpropGen.Compiler.Tests;

/// <summary>BPG004: the user's own names beside the network's.</summary>
public class NameDiagnosticsTests
{
    private const string Network = "using BackpropGen; [Affine(3, 2, Name = \"Hidden\")] [Relu] [Affine(2, 4)] [CrossEntropyLoss] [Adam] partial class ";

    [Theory]
    [InlineData("N { int {|BPG004:Parameters|} => 3; }", "'Parameters' is the name of a member that every network of this kind gets: give your own another name")]
    [InlineData("N { const int {|BPG004:InputSize|} = 3; }", null)]
    [InlineData("N { void {|BPG004:Forward|}(int unlike) { } }", null)]
    [InlineData("N { void {|BPG004:Forward|}(System.ReadOnlySpan<float> input, System.Span<float> output) { } }", null)]
    [InlineData("N { event System.Action? {|BPG004:Step|}; }", null)]
    [InlineData("N { class {|BPG004:Gradients|} { } }", null)]
    [InlineData("N { float {|BPG004:HiddenWeights|}, other, {|BPG004:Affine2BiasGradient|}; }", null)]
    [InlineData("N { int {|BPG004:networkMemory|}; }", null)]
    [InlineData("N { int {|BPG004:@TrainStep|}; int {|BPG004:\\u004coss|}; }", null)]
    [InlineData("N { int {|BPG004:get_LearningRate|}() => 1; }", "'get_LearningRate' is the accessor of 'LearningRate', which every network of this kind gets: give your own another name")]
    [InlineData("N { int INetwork.{|BPG004:InputSize|} => 3; }", null)]
    [InlineData("N { int {|BPG004:Buffers|}; void {|BPG004:Advance|}() { } int {|BPG004:BufferCount|} => 1; int {|BPG004:Threads|}; int {|BPG004:StateSize|}; }", null)]
    [InlineData("N { } partial class N { int {|BPG004:StepCount|}; int {|BPG004:Threads|}; }", null)]
    [InlineData("N(int {|BPG004:Loss|}, int {|BPG004:networkMemory|}) { int Own => Loss + networkMemory; }", null)]
    [InlineData("{|BPG004:Forward|} { }", "'Forward' is the name of a member that every network of this kind gets: give the class another name")]
    [InlineData("{|BPG004:HiddenWeights|} { }", null)]
    [InlineData("{|BPG004:Advance|} { }", "'Advance' is reserved for a member of every network that is still to come: give the class another name")]
    [InlineData("{|BPG004:N|} : Base { } class Base { protected int Loss; public void Step() { } }",
        "'Loss' is the name of a member that every network of this kind gets: give that of the base class 'Base' another name")]
    [InlineData("{|BPG004:N|} : Base { } abstract class Base { public abstract void Step(); }", null, "CS0534")]
    public async Task A_name_that_the_network_needs_is_one_error(string source, string? message, params string[] beside)
    {
        Diagnostic[] found = await Markup.VerifyAsync(Network + source);
        if (message is not null)
        {
            Assert.Equal(message, found[0].GetMessage(null));
        }

        Assert.Equal(beside, Compilations.Errors(Compilations.Create(Markup.Parse(Network + source).Source)).Select(error => error.Id));
    }

    [Theory]
    [InlineData("N { int forward; int ParametersOfMine; class Memory { int Parameters; } public static int operator +(N a, N b) => 1; N(int Gradients) { } ~N() { } int this[int i] => i; }")]
    [InlineData("N : Base { } class Base { private int Loss; }")]
    [InlineData("N(int loss, int memory) { int Own => loss + memory; }")]
    [InlineData("N : IStep { } interface IStep { void Step(); long StepCount { get; set; } }")]
    [InlineData("N { int HiddenGradient, Affine1Weights; void Backwards() { } }")]
    public async Task Other_names_are_the_users(string source)
    {
        await Markup.VerifyAsync(Network + source);
        Assert.Empty(Compilations.Errors(Compilations.Create(Network + source)));
    }

    [Theory]
    [InlineData("[Relu, Input(3)] partial class N { int OptimizerState, LearningRate, Predict, TrainStep, Loss, Affine1Weights; }")]
    [InlineData("[Affine(3, 2)] partial class N { int OptimizerState, LearningRate, Predict, TrainStep, Loss, Step, HiddenWeights; }")]
    public async Task What_this_network_does_not_get_is_free(string source) => Assert.DoesNotContain(
        await Compilations.AnalyzeAsync(Compilations.Create("using BackpropGen; " + source)), diagnostic => diagnostic.Id == "BPG004");

    [Fact]
    public async Task Every_member_that_is_generated_may_be_taken_without_an_error_of_the_compilers()
    {
        string[] names = [.. Members(Compilations.Create(Network + "N { }")), .. TakenNames.Reserved];
        Assert.True(names.Length > 30, string.Join(" ", names));
        foreach (string name in names)
        {
            CSharpCompilation compilation = Compilations.Create(Network + $"N {{ int {name} {{ get; set; }} }}");
            Assert.Equal("BPG004", Assert.Single(await Compilations.AnalyzeAsync(compilation)).Id);
            Assert.Empty(Compilations.Errors(compilation));
        }
    }

    [Fact]
    public async Task What_is_generated_is_nobodys_own()
    {
        Compilation complete = Compilations.Complete(Compilations.Create(Network + "N { }"));
        Assert.Empty(await Compilations.AnalyzeAsync(complete));
    }

    private static IEnumerable<string> Members(Compilation compilation) =>
        Compilations.Complete(compilation).Assembly.GetTypeByMetadataName("N")!.GetMembers()
            .Where(member => member.CanBeReferencedByName && !Regex.IsMatch(member.Name, "^[gs]et_"))
            .Select(member => member.Name).Distinct().Order(StringComparer.Ordinal);
}
