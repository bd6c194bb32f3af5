using System;
using System.Buffers.Binary;
using System.IO;
using System.IO.Compression;
using System.Linq;

namespace Digits;

/// <summary>
/// The IDX format of MNIST: 0, 0, the element type (8: unsigned bytes), the number of dimensions; the dimensions as
/// big-endian 32-bit integers; the elements. Gzip is recognised by its first bytes, whatever the name.
/// </summary>
/// <param name="Dimensions">The extents, the count first.</param>
/// <param name="Elements">Row-major, as many as the extents multiply to.</param>
internal sealed record IdxFile(int[] Dimensions, ArraySegment<byte> Elements)
{
    private const int UnsignedBytes = 8;

    public static IdxFile Read(string path, int dimensions)
    {
        byte[] bytes = Decompressed(path);
        int header = 4 + 4 * dimensions;
        if (bytes.Length < header)
        {
            throw new UserErrorException($"{path}: {bytes.Length} bytes; expected a header of {header} bytes and data");
        }

        uint magic = BinaryPrimitives.ReadUInt32BigEndian(bytes);
        uint expectedMagic = (uint)(UnsignedBytes << 8 | dimensions);
        if (magic != expectedMagic)
        {
            throw new UserErrorException($"{path}: magic number 0x{magic:X8}; expected 0x{expectedMagic:X8} (unsigned bytes, {dimensions}-dimensional)");
        }

        var extents = new int[dimensions];
        Int128 expected = 1;
        for (int i = 0; i < dimensions; i++)
        {
            uint extent = BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(4 + 4 * i));
            expected *= extent;
            extents[i] = (int)Math.Min(extent, int.MaxValue);
        }

        int found = bytes.Length - header;
        return found == expected
            ? new IdxFile(extents, new ArraySegment<byte>(bytes, header, found))
            : throw new UserErrorException($"{path}: {found} bytes of data; expected {expected}: {string.Join(" × ", extents.Select(n => n.ToString()))}");
    }

    private static byte[] Decompressed(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        if (bytes is not [0x1F, 0x8B, ..])
        {
            return bytes;
        }

        using var plain = new MemoryStream();
        try
        {
            using var gzip = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
            gzip.CopyTo(plain);
        }
        catch (InvalidDataException)
        {
            throw new UserErrorException($"{path}: the gzip data is damaged after {plain.Length} unzipped bytes; expected a whole IDX file");
        }

        // A gzip file has at least 18 bytes. Where the input just ends, so does GZipStream; but a whole file ends with the length of what was zipped.
        return bytes.Length >= 18 && BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(bytes.Length - 4)) == (uint)plain.Length
            ? plain.ToArray()
            : throw new UserErrorException($"{path}: the gzip data is cut off after {plain.Length} unzipped bytes; expected a whole IDX file");
    }
}
