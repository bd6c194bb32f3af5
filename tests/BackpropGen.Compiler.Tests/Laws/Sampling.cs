using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using Xunit;

namespace BackpropGen.Compiler.Tests;

/// <summary>What the laws are tried on: every kind of the registry with every argument that its own signature admits, and numbers away from kinks.</summary>
internal static class Sampling
{
    private static readonly int[] FewSizes = [1, 2, 3];

    /// <summary>Shapes of a sample: flat, sequence, image; with sizes of 1 and primes.</summary>
    public static Shape[] Shapes { get; } =
    [
        new(1), new(5),
        new(1, 1), new(3, 2), new(1, 3), new(2, 1),
        new(1, 1, 1), new(2, 3, 2), new(3, 1, 2), new(1, 2, 1),
    ];

    public static TheoryData<string> KindsOf<TBase>()
    {
        var kinds = new TheoryData<string>();
        foreach (string kind in NamesOf<TBase>())
        {
            kinds.Add(kind);
        }

        return kinds;
    }

    public static IEnumerable<string> NamesOf<TBase>() =>
        LayerRegistry.Kinds.Where(k => typeof(TBase).IsAssignableFrom(k.Value)).Select(k => k.Key).Order(StringComparer.Ordinal);

    /// <summary>A declaration whose arguments are given in pairs of name and value.</summary>
    public static LayerDeclaration Declare(string kind, params (string Name, object? Value)[] arguments) =>
        new(kind, true, arguments.Select(a => new ArgumentDeclaration(a.Name, a.Value)).ToEquatableArray());

    public static LayerDeclaration Input(Shape shape)
    {
        string[] names = shape.Sizes.Count switch
        {
            1 => ["features"],
            2 => ["time", "features"],
            _ => ["channels", "height", "width"],
        };
        return Declare("Input", shape.Sizes.Select((s, i) => (names[i], (object?)s)).ToArray());
    }

    /// <summary>Every way to write the attribute: the product of what its constructors' parameters and its properties may be.</summary>
    public static IEnumerable<LayerDeclaration> Variations(string kind, Shape? arriving = null)
    {
        Type type = LayerRegistry.Kinds[kind];
        PropertyInfo[] properties = type.GetProperties().Where(p => p.SetMethod is { IsPublic: true } && p.PropertyType != typeof(string)).ToArray();
        object instance = Create(type);
        foreach (ConstructorInfo constructor in type.GetConstructors())
        {
            IEnumerable<(string, object?[])> choices = constructor.GetParameters()
                .Select(p => (p.Name!, Values(p.ParameterType, p.HasDefaultValue ? p.DefaultValue : null, arriving)))
                .Concat(properties.Select(p => (p.Name, Values(p.PropertyType, p.GetValue(instance), arriving))));
            IEnumerable<(string, object?)[]> products = [[]];
            foreach ((string name, object?[] values) in choices)
            {
                products = products.SelectMany(head => values.Select(v => head.Append((name, v)).ToArray())).ToArray();
            }

            foreach ((string, object?)[] product in products)
            {
                yield return Declare(kind, product);
            }
        }
    }

    /// <summary>The networks of one layer that take the shape; none where the layer can't.</summary>
    public static IEnumerable<Network> NetworksOf(string kind, Shape shape) =>
        Variations(kind, shape).Select(v => TryDefine(Input(shape), v)).OfType<Network>();

    public static Network Define(params LayerDeclaration[] declarations)
    {
        (IReadOnlyList<ShapeError> errors, NetworkShape network) = ShapeWalk.Walk(declarations);
        Assert.Empty(errors);
        return Network.Define(network);
    }

    public static Network? TryDefine(params LayerDeclaration[] declarations)
    {
        (IReadOnlyList<ShapeError> errors, NetworkShape network) = ShapeWalk.Walk(declarations);
        return errors.Count == 0 ? Network.Define(network) : null;
    }

    /// <summary>Numbers in (low, high), each at least 0.03 away from every multiple of 0.1: from the integers, where kinks lie, above all.</summary>
    public static double[] AwayFromKinks(int count, Random random, double low = -4, double high = 4)
    {
        int steps = (int)Math.Round((high - low) * 10);
        return Enumerable.Range(0, count).Select(_ => low + (random.Next(steps) * 0.1) + 0.05 + ((random.NextDouble() - 0.5) * 0.04)).ToArray();
    }

    /// <summary>The same for what such numbers are compared with: differences stay away from multiples of 0.1, too.</summary>
    public static double[] Targets(int count, Random random, double low, double high)
    {
        int steps = (int)Math.Round((high - low) * 10) - 1;
        return Enumerable.Range(0, count).Select(_ => low + ((1 + random.Next(Math.Max(1, steps))) * 0.1) + ((random.NextDouble() - 0.5) * 0.02)).ToArray();
    }

    public static double[] Fill(Interpreter interpreter, Tensor tensor, Random random)
    {
        double[] values = interpreter[tensor];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (2 * random.NextDouble()) - 1;
        }

        return values;
    }

    public static string Describe(LayerDeclaration declaration) =>
        $"{declaration.Kind}({string.Join(", ", declaration.Arguments.Select(a => $"{a.Name}: {a.Value}"))})";

    private static object Create(Type type)
    {
        ConstructorInfo constructor = type.GetConstructors()[0];
        return constructor.Invoke(constructor.GetParameters().Select(p => p.HasDefaultValue ? p.DefaultValue : Values(p.ParameterType, null, null)[0]).ToArray());
    }

    private static object?[] Values(Type type, object? ordinary, Shape? arriving)
    {
        if (type == typeof(int))
        {
            return FewSizes.Concat(arriving?.Sizes ?? Enumerable.Empty<int>()).Distinct().Cast<object?>().ToArray();
        }

        if (type == typeof(bool))
        {
            return [false, true];
        }

        if (type.IsEnum)
        {
            return Enum.GetValues(type).Cast<object>().Select(v => (object?)Convert.ToInt32(v, null)).ToArray();
        }

        if (type == typeof(long))
        {
            return [ordinary, 1L << 40];
        }

        Assert.True(type == typeof(float), $"No samples for an argument of type {type}: add them to {nameof(Sampling)}.");
        return new object?[] { ordinary ?? 0.1f, 0.3f }.Distinct().ToArray();
    }
}
