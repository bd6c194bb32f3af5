using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using Xunit;

namespace BackpropGen.Compiler.Tests;

/// <summary>BPG020 to BPG022: the figures against what objects really take, and what is said of them.</summary>
public class BudgetTests
{
    private static readonly string[] Networks =
    [
        "Affine(64, 32)] [Relu] [Affine(32, 10)] [CrossEntropyLoss] [Adam(0.001f)",
        "Affine(2, 3)] [Sigmoid] [MseLoss",
        "Affine(700, 300, Trainable = false)] [Tanh] [Affine(300, 5)] [MseLoss] [Sgd(0.1f, Momentum = 0.9f)] [Workspace(3)",
        "Input(20, 70)] [Affine(70, 700)] [Gelu] [Affine(700, 60)] [LogSoftmax",
    ];

    [Fact]
    public void An_object_takes_what_the_budget_counts_and_no_more()
    {
        EmittedAssembly assembly = EmittedAssembly.Of(Networks.Select(network => network.Split("] [")));
        for (int i = 0; i < Networks.Length; i++)
        {
            long counted = Needed("BPG020", "Bytes", Networks[i]).Amount;
            Type type = assembly.Create(i).Instance.GetType();
            long taken = Enumerable.Range(0, 5).Min(_ => Allocated(type));
            Assert.True(taken <= counted && counted - taken < 700, $"[{Networks[i]}]: {counted} bytes are counted, {taken} are taken.");
        }
    }

    [Theory]
    [InlineData("Bytes", "BPG020", "Affine(64, 32)")]
    [InlineData("MultiplyAdds", "BPG021", "Affine(64, 32)")]
    [InlineData("CodeBytes", "BPG022", "Affine(64, 32)")]
    public void The_budget_is_exceeded_by_one_and_kept_by_none(string argument, string id, string most)
    {
        (long needed, ShapeError error) = Needed(id, argument, Networks[0]);
        Assert.Empty(Check(argument, needed, Networks[0]));
        ShapeError one = Assert.Single(Check(argument, needed - 1, Networks[0]));
        Assert.Equal((id, argument, 5), (one.Id, one.Argument, one.Layer));
        Assert.Contains($"but its budget is {(needed - 1).ToString("#,0", CultureInfo.InvariantCulture)}; {most} takes most, ", one.Message, StringComparison.Ordinal);
        Assert.StartsWith("Net needs ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Multiply_adds_are_those_of_the_class_documentation()
    {
        (long needed, ShapeError error) = Needed("BPG021", "MultiplyAdds", Networks[0]);
        Assert.Equal((64 * 32) + (32 * 10), needed);
        Assert.EndsWith("Affine(64, 32) takes most, 2,048", error.Message, StringComparison.Ordinal);
        Assert.Contains("A sample takes 2,368 multiply-adds forward", NetworkCompiler.Emit(Declaration("Bytes", long.MaxValue, Networks[0])), StringComparison.Ordinal);
    }

    [Fact]
    public void The_code_is_what_is_emitted_without_what_only_people_read()
    {
        string emitted = NetworkCompiler.Emit(Declaration("Bytes", long.MaxValue, Networks[1]));
        string bare = string.Concat(Regex.Replace(emitted, "//.*", "").Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0).Select(line => line + "\n"));
        Assert.Equal(System.Text.Encoding.UTF8.GetByteCount(bare), Needed("BPG022", "CodeBytes", Networks[1]).Amount);
    }

    [Theory]
    [InlineData("Bytes", 0)]
    [InlineData("MultiplyAdds", -1)]
    [InlineData("CodeBytes", long.MinValue)]
    public void A_budget_of_nothing_is_out_of_range(string argument, long value)
    {
        ShapeError error = Assert.Single(Check(argument, value, Networks[0]));
        Assert.Equal(("BPG011", argument), (error.Id, error.Argument));
    }

    [Fact]
    public void Several_budgets_are_several_errors_and_the_members_throw_the_first()
    {
        NetworkDeclaration declaration = Declaration("Bytes", 1, Networks[0]);
        LayerDeclaration budget = Sampling.Declare("Budget", ("Bytes", 1L), ("MultiplyAdds", 1L), ("CodeBytes", 1L));
        declaration = declaration with { Layers = declaration.Layers.SkipLast(1).Append(budget).ToEquatableArray() };
        Assert.Equal(["BPG020", "BPG021", "BPG022"], NetworkCompiler.Check(declaration).Select(error => error.Id));
        Assert.Contains("InvalidOperationException(\"BPG020: Net needs", NetworkCompiler.Emit(declaration), StringComparison.Ordinal);
    }

    [Fact]
    public void A_network_that_does_not_hold_together_has_no_figures_yet() =>
        Assert.Equal("BPG010", Assert.Single(Check("Bytes", 1, "Affine(3, 2)] [Affine(4, 1)")).Id);

    private static long Allocated(Type type)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        GC.KeepAlive(Activator.CreateInstance(type));
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static (long Amount, ShapeError Error) Needed(string id, string argument, string network)
    {
        ShapeError error = Assert.Single(Check(argument, 1, network));
        Assert.Equal(id, error.Id);
        return (long.Parse(Regex.Match(error.Message, "needs ([0-9,]+) ").Groups[1].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture), error);
    }

    private static IReadOnlyList<ShapeError> Check(string argument, long allowed, string network) => NetworkCompiler.Check(Declaration(argument, allowed, network));

    private static NetworkDeclaration Declaration(string argument, long allowed, string network) => Compilations.Parse(
        Compilations.Create(FormattableString.Invariant($"using BackpropGen; [{network}] [Budget({argument} = {allowed})] partial class Net {{ }}")), "Net")!.Declaration;
}
