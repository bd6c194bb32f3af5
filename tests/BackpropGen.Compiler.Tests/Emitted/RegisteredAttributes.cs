using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Reflection;

namespace BackpropGen.Compiler.Tests;

/// <summary>
/// Every registered attribute with every argument that it may be given, found by reflection: a new layer is under all laws by being in Layers/.
/// </summary>
internal static class RegisteredAttributes
{
    public static IReadOnlyList<Type> Layers { get; } = Of<LayerAttribute>();

    public static IReadOnlyList<Type> Losses { get; } = Of<LossAttribute>();

    public static IReadOnlyList<Type> Optimizers { get; } = Of<OptimizerAttribute>();

    /// <summary>The attribute as it stands in C#: as plain as can be, then with one argument after another changed, then with all changed that go together.</summary>
    /// <param name="type">The attribute.</param>
    /// <param name="sizes">For its required sizes, in order.</param>
    public static IReadOnlyList<string> Texts(Type type, params int[] sizes)
    {
        Argument[] required = Required(type, sizes).ToArray();
        Argument[][] changes = Changes(type).Select(c => new[] { c }).ToArray();
        IEnumerable<Argument[]> all = changes.Length > 1 ? [changes.SelectMany(c => c).GroupBy(c => c.Name).Select(g => g.First()).ToArray()] : [];
        return changes.Prepend([]).Concat(all)
            .Select(change => required.Where(r => change.All(c => c.Name != r.Name)).Concat(change).ToArray())
            .Where(arguments => IsAllowed(type, arguments))
            .Select(arguments => Text(type, arguments))
            .Distinct()
            .ToArray();
    }

    /// <summary>The attribute with nothing but what is required.</summary>
    public static string Plain(Type type, params int[] sizes) => Text(type, Required(type, sizes).ToArray());

    private static Type[] Of<T>() =>
        LayerRegistry.Kinds.OrderBy(k => k.Key, StringComparer.Ordinal).Select(k => k.Value).Where(typeof(T).IsAssignableFrom).ToArray();

    private static IEnumerable<Argument> Required(Type type, int[] sizes)
    {
        int size = 0;
        return type.GetConstructors().First().GetParameters().Where(p => !p.HasDefaultValue)
            .Select(p => new Argument(p.Name!, p.ParameterType == typeof(int) ? (object)sizes[size++] : 0.05f));
    }

    private static IEnumerable<Argument> Changes(Type type)
    {
        IEnumerable<Argument> parameters = type.GetConstructors().First().GetParameters().Where(p => p.HasDefaultValue)
            .Select(p => new Argument(p.Name!, Another((float)p.DefaultValue!)));
        return parameters.Concat(type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite).SelectMany(Changes));
    }

    private static IEnumerable<Argument> Changes(PropertyInfo property)
    {
        Type type = property.PropertyType;
        if (type.IsEnum)
        {
            return Enum.GetValues(type).Cast<object>().Skip(1).Select(value => new Argument(property.Name, value));
        }

        object? standard = type == typeof(string) ? null : property.GetValue(Standard(property.ReflectedType!));
        return standard switch
        {
            bool value => [new Argument(property.Name, !value)],
            float value => [new Argument(property.Name, Another(value))],
            _ => [],
        };
    }

    private static object Standard(Type type)
    {
        ConstructorInfo constructor = type.GetConstructors().First();
        return constructor.Invoke(constructor.GetParameters().Select(p => p.HasDefaultValue ? p.DefaultValue : p.ParameterType == typeof(int) ? 1 : (object)0f).ToArray());
    }

    // Another number of the same kind: a rate stays a rate, a fraction a fraction.
    private static float Another(float value) => value == 0 ? 0.25f : value < 1e-6f ? value * 100 : value * 0.75f;

    private static bool IsAllowed(Type type, Argument[] arguments)
    {
        var declaration = new LayerDeclaration(Kind(type), true, arguments
            .Select(a => new ArgumentDeclaration(a.Name, a.Value.GetType().IsEnum ? Convert.ToInt32(a.Value, CultureInfo.InvariantCulture) : a.Value)).ToEquatableArray());
        return NetworkCompiler.Check([declaration]).All(e => e.Id != "BPG011");
    }

    private static string Kind(Type type) => type.Name[..^"Attribute".Length];

    private static string Text(Type type, Argument[] arguments)
    {
        IEnumerable<string> texts = arguments.OrderBy(a => char.IsUpper(a.Name[0])).Select(a =>
            $"{a.Name}{(char.IsUpper(a.Name[0]) ? " =" : ":")} {Text(a.Value)}");
        return arguments.Length == 0 ? Kind(type) : $"{Kind(type)}({string.Join(", ", texts)})";
    }

    private static string Text(object value) => value switch
    {
        bool b => b ? "true" : "false",
        float f => f.ToString("R", CultureInfo.InvariantCulture) + "f",
        Enum e => $"{e.GetType().Name}.{e}",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private sealed record Argument(string Name, object Value);
}
