using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace BackpropGen.Compiler.Tests;

/// <summary>Sources with valid networks of whatever is registered, written in all the ways in which C# lets one write them.</summary>
internal static class ValidSources
{
    private static readonly int[] Sizes = [1, 2, 3, 5, 8];

    private static readonly ConcurrentDictionary<(Type, int, int), IReadOnlyList<string>> Texts = new();

    /// <summary>The constants that some networks read stand in a file of their own.</summary>
    public const string Constants = """
        namespace Elsewhere
        {
            public static class Widths { public const int One = 1, Two = One + One, Three = 3, Five = 0x5; public const byte Eight = 8; }
            public partial class Net { public void Method() { } }
        }
        """;

    /// <summary>A file with one to three networks.</summary>
    public static string Create(Random random)
    {
        string name = Pick(random, "Net", "Net", "NET", "@class", "Größe", "Сеть", "N\\u0065t", "网络");
        string networks = string.Concat(Enumerable.Range(0, 1 + random.Next(2)).Select(i => Class(random, name + (i == 0 ? "" : "2"))));
        string space = Pick(random, "", "", "namespace A.B {", "namespace @namespace {", "namespace Elsewhere {", "namespace BackpropGen {");
        string usings = "using BackpropGen;\n" + Pick(random, "", "using System;\n", "using Dense = BackpropGen.AffineAttribute;\n", "using Elsewhere;\n");
        return usings + space + networks + (space.Length > 0 ? "}\n" : "\n") + Pick(random, "", "", "class Own { const int Width = 4; }\n");
    }

    private static string Class(Random random, string name)
    {
        string container = Pick(random, "", "", "", "partial class Outer { ", "public static partial class Outer { ", "partial struct S { partial record R { ");
        string close = string.Concat(Enumerable.Repeat("} ", container.Count(c => c == '{')));
        string body = Pick(random, "{ }\n", "{ }\n", "{ public int Own => 1; }\n", $"{{ public {name}() {{ }} }}\n");
        return $"\n{container}{Attributes(random)}{Pick(random, "", "public ", "internal sealed ", "abstract ")}partial class {name} {body}{close}";
    }

    private static string Attributes(Random random)
    {
        List<string> attributes = [.. Network(random).Select(attribute => Qualify(random, attribute))];
        if (random.Next(6) == 0)
        {
            attributes.Insert(random.Next(attributes.Count), "System.Obsolete(\"old\")");
        }

        return Pick(random, 0, 1, 2) switch
        {
            0 => string.Concat(attributes.Select(attribute => $"[{attribute}]\n")),
            1 => $"[{string.Join(", ", attributes)}]\n",
            _ => $"\n#if true\n[{attributes[0]}]\n#else\n[Missing]\n#endif\n" + string.Concat(attributes.Skip(1).Select(attribute => $"[type: {attribute}] // {attribute}\n")),
        };
    }

    private static IEnumerable<string> Network(Random random)
    {
        int features = Pick(random, Sizes);
        bool isFirst = true;
        for (int layers = 1 + random.Next(4); layers > 0; layers--)
        {
            int outputs = Pick(random, Sizes);
            Type type = random.Next(2) == 0 ? Pick(random, [.. RegisteredAttributes.Layers.Where(HasSizes)]) : Pick(random, [.. RegisteredAttributes.Layers]);
            if (isFirst && !HasSizes(type))
            {
                yield return $"Input({features.ToString(CultureInfo.InvariantCulture)})";
            }

            yield return Text(random, type, features, outputs);
            features = HasSizes(type) ? outputs : features;
            isFirst = false;
        }

        if (random.Next(4) != 0)
        {
            yield return Text(random, Pick(random, [.. RegisteredAttributes.Losses]), 0, 0);
            if (random.Next(3) != 0)
            {
                yield return Text(random, Pick(random, [.. RegisteredAttributes.Optimizers]), 0, 0);
            }
        }

        if (random.Next(8) == 0)
        {
            yield return "Workspace(2)";
        }
    }

    private static bool HasSizes(Type layer) =>
        layer.GetConstructors().First().GetParameters().Any(parameter => !parameter.HasDefaultValue && parameter.ParameterType == typeof(int));

    private static string Text(Random random, Type type, int inputs, int outputs)
    {
        string text = Pick(random, [.. Texts.GetOrAdd((type, inputs, outputs), key => RegisteredAttributes.Texts(key.Item1, key.Item2, key.Item3))]);
        return random.Next(6) switch
        {
            0 => text.Replace(": 1,", ": Elsewhere.Widths.One,", StringComparison.Ordinal).Replace(": 2", ": Elsewhere.Widths.Two", StringComparison.Ordinal),
            1 => text.Replace(": 8", ": Elsewhere.Widths.Eight", StringComparison.Ordinal).Replace(": 3", ": (1 + 2)", StringComparison.Ordinal),
            _ => text,
        };
    }

    private static string Qualify(Random random, string attribute) => random.Next(12) switch
    {
        0 => "BackpropGen." + attribute,
        1 => "global::BackpropGen." + attribute,
        _ => attribute,
    };

    private static T Pick<T>(Random random, params T[] choices) => choices[random.Next(choices.Length)];
}
