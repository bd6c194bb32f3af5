using System.Globalization;
using System.Linq;
using System.Security.Cryptography;
using System.Text;

namespace BackpropGen.Compiler;

/// <summary>A network's architecture in 16 hexadecimal digits: layers, sizes and storage order; not names, loss, optimizer or what is frozen.</summary>
internal static class Fingerprint
{
    /// <summary>What the fingerprint is the hash of, for people: without the word that every attribute's name ends with.</summary>
    public static string Architecture(NetworkShape shape) => Text(shape).Replace("Attribute", string.Empty);

    public static string Of(NetworkShape shape)
    {
        string text = Text(shape);
        using var sha = SHA256.Create();
        return string.Concat(sha.ComputeHash(Encoding.UTF8.GetBytes(text)).Take(8).Select(b => b.ToString("x2", CultureInfo.InvariantCulture)));
    }

    private static string Text(NetworkShape shape) => shape.Input + ";" + string.Join(";", shape.Layers.Select(l => l.Attribute.Architecture));
}
