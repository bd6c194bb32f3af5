using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using Xunit;

namespace BackpropGen.Compiler.Tests;

/// <summary>No network, however broken, makes the compiler throw: whoever types one has written half of it.</summary>
public class BrokenNetworkTests
{
    private static readonly object?[] Values =
        [null, 0, -1, 1, 2, 3, 16, 100000, int.MaxValue, int.MinValue, 0.1f, float.NaN, float.PositiveInfinity, true, false, "Hidden", "Affine1", "1", string.Empty];

    [Fact]
    public void Anything_in_any_order_is_checked_and_emitted_without_an_exception()
    {
        var random = new Random(3);
        string[] kinds = LayerRegistry.Kinds.Keys.Order(StringComparer.Ordinal).ToArray();
        int sound = 0;
        for (int i = 0; i < 1500; i++)
        {
            LayerDeclaration[] layers = Enumerable.Range(0, 1 + random.Next(5)).Select(_ => Any(random, kinds)).ToArray();
            try
            {
                sound += NetworkCompiler.Check(layers).Count == 0 ? 1 : 0;
                Assert.Contains("class Net", Emit(layers), StringComparison.Ordinal);
            }
            catch (Exception e) when (e is not Xunit.Sdk.XunitException)
            {
                Assert.Fail($"{string.Join(" ", layers.Select(Sampling.Describe))}: {e}");
            }
        }

        Assert.True(sound > 50, $"Only {sound} of the networks are sound: nothing but errors is tried.");
    }

    [Theory]
    [InlineData(100000, 100000, 100000)]
    [InlineData(int.MaxValue, 1, int.MaxValue)]
    [InlineData(46341, 46341, 46341)]
    [InlineData(20000, 20000, 20000)]
    [InlineData(int.MaxValue, int.MaxValue, int.MaxValue)]
    public void Sizes_that_overflow_are_emitted_as_members_that_throw(int first, int second, int third)
    {
        LayerDeclaration[] layers =
        [
            Sampling.Declare("Affine", ("inputs", first), ("outputs", second)),
            Sampling.Declare("Relu"),
            Sampling.Declare("Affine", ("inputs", second), ("outputs", third)),
            Sampling.Declare("CrossEntropyLoss"),
            Sampling.Declare("Adam"),
        ];
        Assert.NotEmpty(NetworkCompiler.Check(layers));
        Assert.Contains("BPG011", Emit(layers), StringComparison.Ordinal);
    }

    [Fact]
    public void A_workspace_that_no_array_can_hold_is_out_of_range()
    {
        LayerDeclaration[] layers =
        [
            Sampling.Declare("Affine", ("inputs", 64), ("outputs", 64)),
            Sampling.Declare("Relu"),
            Sampling.Declare("Affine", ("inputs", 64), ("outputs", 64)),
            Sampling.Declare("Workspace", ("samples", int.MaxValue)),
        ];
        ShapeError error = Assert.Single(NetworkCompiler.Check(layers));
        Assert.Equal(("BPG011", 3, "samples"), (error.Id, error.Layer, error.Argument));
        Assert.Contains("BPG011", Emit(layers), StringComparison.Ordinal);
    }

    private static string Emit(LayerDeclaration[] layers) =>
        NetworkCompiler.Emit(new NetworkDeclaration("Space", default, "Net", "Space.Net", layers.ToEquatableArray(), new TargetCapabilities(true, true)));

    private static LayerDeclaration Any(Random random, string[] kinds)
    {
        string kind = random.Next(3) switch
        {
            0 => "Affine",
            _ => kinds[random.Next(kinds.Length)],
        };
        Type type = LayerRegistry.Kinds[kind];
        ConstructorInfo[] constructors = type.GetConstructors();
        var names = new List<string>(constructors[random.Next(constructors.Length)].GetParameters().Select(p => p.Name!));
        names.AddRange(type.GetProperties().Where(p => p.SetMethod is { IsPublic: true } && random.Next(4) == 0).Select(p => p.Name));
        bool isWild = random.Next(4) == 0;
        IEnumerable<ArgumentDeclaration> arguments = names.Select(n => new ArgumentDeclaration(n, isWild ? Values[random.Next(Values.Length)] : Tame(random, type, n)));
        return new LayerDeclaration(kind, random.Next(20) != 0, arguments.ToEquatableArray());
    }

    private static object? Tame(Random random, Type type, string name)
    {
        Type of = type.GetProperty(name)?.PropertyType ?? type.GetConstructors().SelectMany(c => c.GetParameters()).First(p => p.Name == name).ParameterType;
        if (of == typeof(string))
        {
            return null;
        }

        object value = of == typeof(bool) ? (object)(random.Next(2) == 0) : 0.25f;
        return of == typeof(int) || of.IsEnum ? (object)(1 + random.Next(2)) : value;
    }
}
