using System.Globalization;
using System.Linq;
using System.Security.Cryptography;
using System.Text;

namespace BackpropGen.Compiler;

/// <summary>A network's architecture in 16 hexadecimal digits: layers, sizes and storage order; not names, loss, optimizer or what is frozen.</summary>
internal static class Fingerprint
{
    public static string Of(NetworkShape shape)
    {
        string text = shape.Input + ";" + string.Join(";", shape.Layers.Select(l => l.Attribute.Architecture));
        using var sha = SHA256.Create();
        return string.Concat(sha.ComputeHash(Encoding.UTF8.GetBytes(text)).Take(8).Select(b => b.ToString("x2", CultureInfo.InvariantCulture)));
    }
}
