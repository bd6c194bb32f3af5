using System;

namespace BackpropGen;

/// <summary>Files are little-endian.</summary>
internal static class LittleEndian
{
    /// <summary>From the file's order to the machine's, or back: on a little-endian machine, nothing.</summary>
    /// <param name="bytes">Values one behind the other.</param>
    /// <param name="size">Bytes per value.</param>
    public static void Swap(Span<byte> bytes, int size)
    {
        if (!BitConverter.IsLittleEndian)
        {
            for (; bytes.Length >= size; bytes = bytes.Slice(size))
            {
                bytes.Slice(0, size).Reverse();
            }
        }
    }
}
