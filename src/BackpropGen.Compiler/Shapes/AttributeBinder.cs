using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Reflection;

namespace BackpropGen.Compiler;

/// <summary>Makes the attribute of a declaration: the object whose constructor and properties say the defaults, once.</summary>
internal static class AttributeBinder
{
    /// <summary>The attribute, or null where the declaration is not understood.</summary>
    public static NetworkAttribute? Bind(LayerDeclaration declaration)
    {
        if (!declaration.IsUnderstood || !LayerRegistry.Kinds.TryGetValue(declaration.Kind, out Type? type))
        {
            return null;
        }

        Dictionary<string, object?> given = declaration.Arguments.GroupBy(a => a.Name, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.First().Value, StringComparer.Ordinal);
        foreach (ConstructorInfo constructor in type.GetConstructors())
        {
            if (TryArguments(constructor, given, out object?[] arguments))
            {
                var attribute = (NetworkAttribute)constructor.Invoke(arguments);
                var rest = given.Where(g => constructor.GetParameters().All(p => p.Name != g.Key));
                return rest.All(g => TrySet(attribute, g.Key, g.Value)) ? attribute : null;
            }
        }

        return null;
    }

    /// <summary>The attribute as its writer calls it: <c>Affine(16, 10)</c>.</summary>
    public static string Describe(LayerDeclaration declaration)
    {
        string arguments = string.Join(", ", declaration.Arguments
            .Where(a => a.Name.Length > 0 && char.IsLower(a.Name[0]) && a.Value is not null)
            .Select(a => a.Value is float value ? Literals.Float(value) : Convert.ToString(a.Value, CultureInfo.InvariantCulture)));
        return arguments.Length == 0 ? declaration.Kind : $"{declaration.Kind}({arguments})";
    }

    private static bool TryArguments(ConstructorInfo constructor, Dictionary<string, object?> given, out object?[] arguments)
    {
        ParameterInfo[] parameters = constructor.GetParameters();
        arguments = new object?[parameters.Length];
        int used = 0;
        for (int i = 0; i < parameters.Length; i++)
        {
            if (given.TryGetValue(parameters[i].Name!, out object? value))
            {
                used++;
                if (!TryConvert(value, parameters[i].ParameterType, out arguments[i]))
                {
                    return false;
                }
            }
            else if (parameters[i].HasDefaultValue)
            {
                arguments[i] = parameters[i].DefaultValue;
            }
            else
            {
                return false;
            }
        }

        return used == given.Keys.Count(k => k.Length > 0 && char.IsLower(k[0]));
    }

    private static bool TrySet(NetworkAttribute attribute, string name, object? value)
    {
        PropertyInfo? property = attribute.GetType().GetProperty(name);
        if (property is not { CanWrite: true } || !TryConvert(value, property.PropertyType, out object? converted))
        {
            return false;
        }

        property.SetValue(attribute, converted);
        return true;
    }

    private static bool TryConvert(object? value, Type type, out object? converted)
    {
        converted = value switch
        {
            null => type.IsValueType ? null : (object?)null,
            int i when type == typeof(float) => (float)i,
            int i when type == typeof(long) => (long)i,
            int i when type.IsEnum => Enum.ToObject(type, i),
            _ => type.IsInstanceOfType(value) ? value : null,
        };
        return converted is not null || (value is null && !type.IsValueType);
    }
}
