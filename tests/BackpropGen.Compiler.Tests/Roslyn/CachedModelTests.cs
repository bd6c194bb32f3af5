using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using BackpropGen.Generator;
using Xunit;

namespace BackpropGen.Compiler.Tests;

public class CachedModelTests
{
    private const string Source = """
        using BackpropGen;
        namespace A { partial class Outer { [Affine(3, 2, Name = "Hidden", Layout = WeightLayout.OutIn)] [Afine] [Adam(0.1f)] partial class N { } } }
        """;

    private static readonly string[] Steps =
        [.. typeof(TrackingNames).GetFields(BindingFlags.Static | BindingFlags.Public).Select(field => (string)field.GetRawConstantValue()!)];

    [Fact]
    public void Every_step_of_ours_has_a_name()
    {
        // What Roslyn adds of its own are the compilation, the options and the output.
        string[] tracked = [.. Compilations.Generate(Compilations.Create(Source)).TrackedSteps.Keys];
        Assert.Empty(Steps.Except(tracked));
        Assert.All(tracked.Except(Steps), step => Assert.True(step is "Compilation" or "ParseOptions" or "SourceOutput", step));
    }

    [Fact]
    public void What_is_cached_holds_no_symbol_syntax_or_location()
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        foreach ((object value, _) in Compilations.Generate(Compilations.Create(Source)).TrackedSteps
            .Where(step => Steps.Contains(step.Key))
            .SelectMany(step => step.Value).SelectMany(step => step.Outputs))
        {
            Walk(value, value.GetType().Name, seen);
        }

        // It did walk: the declaration, its layers, their arguments and the values.
        Assert.Contains(seen, value => value is "Hidden");
        Assert.Contains(seen, value => value is LayerDeclaration { Kind: "Afine" });
    }

    [Fact]
    public void Equal_sources_give_equal_models()
    {
        NetworkDeclaration one = Assert.Single(Compilations.Networks(Compilations.Create(Source)));
        NetworkDeclaration other = Assert.Single(Compilations.Networks(Compilations.Create("// moved\n" + Source)));
        Assert.Equal(one, other);
        Assert.Equal(one.GetHashCode(), other.GetHashCode());
        Assert.NotEqual(one, Assert.Single(Compilations.Networks(Compilations.Create(Source.Replace("0.1f", "0.2f", StringComparison.Ordinal)))));
    }

    private static void Walk(object? value, string path, HashSet<object> seen)
    {
        if (value is null || value is Type || !seen.Add(value))
        {
            return;
        }

        Type type = value.GetType();

        // Not a symbol, not syntax, not a location, nor anything else of Roslyn's, which may hold one and with it a compilation.
        Assert.False(type.Assembly.GetName().Name!.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal), $"{path} is a {type}: it would keep a compilation alive.");
        if (type.IsPrimitive || type.IsEnum || value is string)
        {
            return;
        }

        if (value is IEnumerable items)
        {
            foreach (object? item in items)
            {
                Walk(item, path + "[]", seen);
            }
        }

        for (Type? declaring = type; declaring is not null; declaring = declaring.BaseType)
        {
            foreach (FieldInfo field in declaring.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                Walk(field.GetValue(value), path + "." + field.Name, seen);
            }
        }
    }
}
