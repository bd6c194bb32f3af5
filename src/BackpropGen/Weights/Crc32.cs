using System;
using System.Buffers.Binary;

namespace BackpropGen;

/// <summary>
/// The cyclic redundancy check of ISO-HDLC, zlib and PNG: polynomial 0x04C11DB7, reflected. Finds every burst of up to 32 flipped bits, so
/// every flipped byte. Eight bytes at a time: M. Kounavis, F. Berry, "A Systematic Approach to Building High Performance, Software-based,
/// CRC Generators" (2005).
/// </summary>
internal struct Crc32
{
    private const uint Reflected = 0xEDB88320;
    private static readonly uint[] Tables = CreateTables();

    /// <summary>Of all that was appended.</summary>
    public uint Value { get; private set; }

    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        var crc = default(Crc32);
        crc.Append(bytes);
        return crc.Value;
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        uint[] t = Tables;
        uint crc = ~Value;
        for (; bytes.Length >= 8; bytes = bytes.Slice(8))
        {
            uint low = crc ^ BinaryPrimitives.ReadUInt32LittleEndian(bytes);
            uint high = BinaryPrimitives.ReadUInt32LittleEndian(bytes.Slice(4));
            crc = t[0x700 + (low & 255)] ^ t[0x600 + ((low >> 8) & 255)] ^ t[0x500 + ((low >> 16) & 255)] ^ t[0x400 + (low >> 24)]
                ^ t[0x300 + (high & 255)] ^ t[0x200 + ((high >> 8) & 255)] ^ t[0x100 + ((high >> 16) & 255)] ^ t[high >> 24];
        }

        foreach (byte b in bytes)
        {
            crc = (crc >> 8) ^ t[(crc ^ b) & 255];
        }

        Value = ~crc;
    }

    // Table k: the remainder of a byte with k zero bytes behind it.
    private static uint[] CreateTables()
    {
        var tables = new uint[8 * 256];
        for (uint i = 0; i < 256; i++)
        {
            uint remainder = i;
            for (int bit = 0; bit < 8; bit++)
            {
                remainder = (remainder & 1) == 0 ? remainder >> 1 : (remainder >> 1) ^ Reflected;
            }

            tables[i] = remainder;
        }

        for (int i = 256; i < tables.Length; i++)
        {
            uint before = tables[i - 256];
            tables[i] = (before >> 8) ^ tables[before & 255];
        }

        return tables;
    }
}
