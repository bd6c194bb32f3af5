using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace BackpropGen.Compiler.Tests;

/// <summary>The parts of the README that are written from the compiler itself.</summary>
internal static class ReadmeSections
{
    private static readonly Dictionary<string, string> Summaries = ReadSummaries();

    /// <summary>Every attribute, with its signature and what its documentation says.</summary>
    public static string Layers()
    {
        var text = new StringBuilder();
        Table(text, "shape and memory", t => !typeof(LayerAttribute).IsAssignableFrom(t) && !typeof(LossAttribute).IsAssignableFrom(t) && !typeof(OptimizerAttribute).IsAssignableFrom(t));
        Table(text, "layer", typeof(LayerAttribute).IsAssignableFrom);
        Table(text, "loss", typeof(LossAttribute).IsAssignableFrom);
        Table(text, "optimizer", typeof(OptimizerAttribute).IsAssignableFrom);
        return text.ToString().TrimEnd('\n');
    }

    /// <summary>One method of an emitted class, outdented.</summary>
    public static string Method(string emitted, string signature)
    {
        string[] lines = emitted.Split('\n');
        int start = Array.FindIndex(lines, l => l.Contains(signature, StringComparison.Ordinal));
        string indent = new(' ', lines[start].Length - lines[start].TrimStart().Length);
        int end = Array.FindIndex(lines, start, l => l == indent + "}");
        return string.Join("\n", lines[start..(end + 1)].Select(l => l.StartsWith(indent, StringComparison.Ordinal) ? l[indent.Length..] : l));
    }

    private static void Table(StringBuilder text, string head, Func<Type, bool> belongs)
    {
        text.Append("| ").Append(head).Append(" | what it is |\n| --- | --- |\n");
        foreach ((string kind, Type type) in LayerRegistry.Kinds.Where(k => belongs(k.Value)).OrderBy(k => k.Key, StringComparer.Ordinal))
        {
            string signatures = string.Join(" ", type.GetConstructors().Select(c => $"`{kind}{Signature(c)}`"));
            text.Append("| ").Append(signatures).Append(Properties(type)).Append(" | ").Append(Summaries["T:" + type.FullName].Replace("|", "\\|", StringComparison.Ordinal)).Append(" |\n");
        }

        text.Append('\n');
    }

    private static string Signature(ConstructorInfo constructor) => constructor.GetParameters().Length == 0
        ? string.Empty
        : "(" + string.Join(", ", constructor.GetParameters().Select(p => p.HasDefaultValue ? $"{p.Name} = {Literal(p.DefaultValue)}" : p.Name)) + ")";

    private static string Properties(Type type)
    {
        object instance = Activator.CreateInstance(type, type.GetConstructors()[0].GetParameters().Select(p => p.HasDefaultValue ? p.DefaultValue : p.ParameterType == typeof(float) ? 0f : (object)1).ToArray())!;
        string[] properties = type.GetProperties()
            .Where(p => p.CanWrite && p.Name != nameof(LayerAttribute.Name))
            .Select(p => $"`{p.Name} = {Literal(p.GetValue(instance))}`")
            .ToArray();
        return properties.Length == 0 ? string.Empty : "; " + string.Join(", ", properties);
    }

    private static string Literal(object? value) => value switch
    {
        bool b => b ? "true" : "false",
        float f => f.ToString("R", CultureInfo.InvariantCulture).Replace("E-0", "e-", StringComparison.Ordinal).Replace("E-", "e-", StringComparison.Ordinal) + (f == MathF.Floor(f) ? string.Empty : "f"),
        Enum e => e.ToString(),
        long.MaxValue => "∞",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static Dictionary<string, string> ReadSummaries()
    {
        string path = Path.ChangeExtension(typeof(LayerRegistry).Assembly.Location, ".xml");
        return XDocument.Load(path).Descendants("member")
            .Where(m => m.Element("summary") is not null)
            .ToDictionary(m => m.Attribute("name")!.Value, m => Markdown(m.Element("summary")!), StringComparer.Ordinal);
    }

    private static string Markdown(XElement summary)
    {
        string text = string.Concat(summary.Nodes().Select(n => n switch
        {
            XText t => t.Value,
            XElement { Name.LocalName: "c" } c => "`" + c.Value + "`",
            XElement { Name.LocalName: "see" } s => "`" + s.Attribute("cref")!.Value.Split('.').Last().Replace("Attribute", string.Empty, StringComparison.Ordinal) + "`",
            XElement { Name.LocalName: "paramref" } p => "`" + p.Attribute("name")!.Value + "`",
            var other => other.ToString(),
        }));
        return Regex.Replace(text, @"\s+", " ").Trim();
    }
}
