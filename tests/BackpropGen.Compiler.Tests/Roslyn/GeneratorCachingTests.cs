using System;
using System.Collections.Immutable;
using System.Linq;
using BackpropGen.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;
using static Microsoft.CodeAnalysis.IncrementalStepRunReason;

namespace BackpropGen.Compiler.Tests;

public class GeneratorCachingTests
{
    private const string First = "using BackpropGen; [Affine(3, 2)] [Relu] public partial class First { }";
    private const string Second = "using BackpropGen; [Input(5)] [Tanh] public partial class Second { }";
    private const string Unrelated = "public class Unrelated { public int F() => 1; }";

    [Fact]
    public void The_first_run_is_new()
    {
        GeneratorRunResult result = Run([First, Second, Unrelated]);
        Assert.Equal([New, New], Reasons(result, TrackingNames.Parse));
        Assert.Equal([New, New], Reasons(result, TrackingNames.Networks));
        Assert.Equal([New, New], OutputReasons(result));
    }

    [Fact]
    public void An_edit_in_another_file_emits_nothing()
    {
        // Roslyn asks for every candidate again, whatever was edited: the answer is remembered (NetworkMemoTests), so no step behind it runs.
        GeneratorRunResult result = Run([First, Second, Unrelated], [First, Second, Unrelated.Replace('1', '2')]);
        Assert.Equal([Unchanged, Unchanged], Reasons(result, TrackingNames.Parse));
        Assert.Equal([Cached, Cached], Reasons(result, TrackingNames.Networks));
        Assert.Equal([Cached, Cached], OutputReasons(result));
    }

    [Fact]
    public void A_new_file_without_networks_emits_nothing()
    {
        GeneratorRunResult result = Run([First, Second], [First, Second, Unrelated]);
        Assert.Equal([Unchanged, Unchanged], Reasons(result, TrackingNames.Parse));
        Assert.Equal([Cached, Cached], OutputReasons(result));
    }

    [Theory]
    [InlineData("// A comment, and lines that move everything.\n\n\n")]
    [InlineData("[System.Obsolete]")]
    [InlineData("#pragma warning disable\n")]
    public void An_edit_beside_the_networks_attributes_emits_nothing(string text)
    {
        GeneratorRunResult result = Run([First, Second], [First.Replace("[Affine", text + "[Affine", StringComparison.Ordinal), Second]);
        Assert.Equal([Unchanged, Unchanged], Reasons(result, TrackingNames.Parse));
        Assert.Equal([Cached, Cached], OutputReasons(result));
    }

    [Fact]
    public void An_edit_of_one_network_leaves_the_other_cached()
    {
        GeneratorRunResult result = Run([First, Second, Unrelated], [First.Replace('2', '4'), Second, Unrelated]);
        Assert.Equal([Modified, Unchanged], Reasons(result, TrackingNames.Parse));
        Assert.Equal([Modified, Cached], Reasons(result, TrackingNames.Networks));
        Assert.Equal([Modified, Cached], OutputReasons(result));
    }

    [Fact]
    public void A_constant_in_another_file_changes_the_network_that_reads_it()
    {
        const string Sizes = "static class Sizes { public const int Hidden = 7; }";
        string reader = First.Replace("2", "Sizes.Hidden", StringComparison.Ordinal);
        GeneratorRunResult result = Run([reader, Second, Sizes], [reader, Second, Sizes.Replace('7', '8')]);
        Assert.Equal([Modified, Unchanged], Reasons(result, TrackingNames.Parse));
        Assert.Equal([Modified, Cached], OutputReasons(result));
    }

    [Fact]
    public void A_network_that_is_no_longer_one_is_removed()
    {
        GeneratorRunResult result = Run([First, Second], [First.Replace("partial ", "", StringComparison.Ordinal), Second]);
        Assert.Equal([Removed, Cached], Reasons(result, TrackingNames.Networks));
        Assert.Single(result.GeneratedSources);
    }

    private static GeneratorRunResult Run(params string[][] runs)
    {
        CSharpCompilation compilation = Compilations.Create(runs[0]);
        GeneratorDriver driver = Compilations.Driver(compilation).RunGenerators(compilation);
        foreach (string[] run in runs.Skip(1))
        {
            // Only what was edited is another tree, as in an IDE.
            for (int i = 0; i < run.Length; i++)
            {
                SyntaxTree? old = compilation.SyntaxTrees.ElementAtOrDefault(i);
                if (old is null)
                {
                    compilation = compilation.AddSyntaxTrees(Compilations.Tree(run[i], i));
                }
                else if (old.ToString() != run[i])
                {
                    compilation = compilation.ReplaceSyntaxTree(old, Compilations.Tree(run[i], i));
                }
            }

            driver = driver.RunGenerators(compilation);
        }

        return Compilations.Result(driver);
    }

    private static IncrementalStepRunReason[] Reasons(GeneratorRunResult result, string step) => Reasons(result.TrackedSteps[step]);

    private static IncrementalStepRunReason[] OutputReasons(GeneratorRunResult result) =>
        Reasons([.. result.TrackedOutputSteps.SelectMany(step => step.Value)]);

    private static IncrementalStepRunReason[] Reasons(ImmutableArray<IncrementalGeneratorRunStep> steps) =>
        [.. steps.SelectMany(step => step.Outputs).Select(output => output.Reason)];
}
