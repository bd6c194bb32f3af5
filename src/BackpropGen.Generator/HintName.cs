using System.Globalization;
using System.Text;
using BackpropGen.Compiler;

namespace BackpropGen.Generator;

/// <summary>The name of a network's generated file: readable, and different for different networks.</summary>
internal static class HintName
{
    // A generated file may be written to disk, where a name has an end.
    private const int LongestReadablePart = 150;

    public static string Of(NetworkDeclaration network)
    {
        // Hint names are compared without regard to case, and two containers of one name and different kinds
        // are an error in C#, yet both are there: the hash tells them apart.
        var identity = new StringBuilder(network.MetadataName);
        foreach (ContainerDeclaration container in network.Containers)
        {
            identity.Append('/').Append(container.Keyword);
        }

        string name = network.MetadataName;
        var hint = new StringBuilder();
        foreach (char c in name.Length > LongestReadablePart ? name.Substring(name.Length - LongestReadablePart) : name)
        {
            hint.Append(c == '+' ? '.' : char.IsLetterOrDigit(c) || c is '.' or '_' ? c : '_');
        }

        return hint.Append('.').Append(Hash(identity.ToString()).ToString("x8", CultureInfo.InvariantCulture)).Append(".g.cs").ToString();
    }

    // FNV-1a. string.GetHashCode is another number in every process.
    private static uint Hash(string text)
    {
        uint hash = 2166136261;
        foreach (char c in text)
        {
            hash = unchecked((hash ^ c) * 16777619);
        }

        return hash;
    }
}
