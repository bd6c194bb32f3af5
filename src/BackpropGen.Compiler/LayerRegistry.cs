using System;
using System.Collections.Generic;

namespace BackpropGen.Compiler;

/// <summary>Every attribute that a network is written with: the types in Layers/, found by reflection, so that no list repeats them.</summary>
internal static class LayerRegistry
{
    /// <summary>The kinds, <c>Affine</c> for <c>AffineAttribute</c>, and their types in this assembly.</summary>
    public static IReadOnlyDictionary<string, Type> Kinds { get; } = Find();

    /// <summary>An attribute's name without the suffix that C# lets one leave out.</summary>
    public static string KindOf(Type attribute) => attribute.Name.Substring(0, attribute.Name.Length - "Attribute".Length);

    private static Dictionary<string, Type> Find()
    {
        var kinds = new Dictionary<string, Type>(StringComparer.Ordinal);
        foreach (Type type in typeof(NetworkAttribute).Assembly.GetTypes())
        {
            if (!type.IsAbstract && typeof(NetworkAttribute).IsAssignableFrom(type))
            {
                kinds.Add(KindOf(type), type);
            }
        }

        return kinds;
    }
}
