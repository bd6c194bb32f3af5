using System;
using System.Collections.Generic;

namespace BackpropGen.Compiler;

/// <summary>Every attribute that a network is written with: the types in Layers/, found by reflection, so that no list repeats them.</summary>
internal static class LayerRegistry
{
    /// <summary>The kinds, <c>Affine</c> for <c>AffineAttribute</c>, and their types in this assembly.</summary>
    public static IReadOnlyDictionary<string, Type> Kinds { get; } = Find();

    private static Dictionary<string, Type> Find()
    {
        const string Suffix = "Attribute";
        var kinds = new Dictionary<string, Type>(StringComparer.Ordinal);
        foreach (Type type in typeof(NetworkAttribute).Assembly.GetTypes())
        {
            if (!type.IsAbstract && typeof(NetworkAttribute).IsAssignableFrom(type))
            {
                kinds.Add(type.Name.Substring(0, type.Name.Length - Suffix.Length), type);
            }
        }

        return kinds;
    }
}
