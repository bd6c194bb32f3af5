using System;
using System.Buffers.Binary;
using System.IO;
using System.IO.Compression;

namespace BackpropGen.Data;

/// <summary>
/// Bytes of a file, plain or as gzip, whose number the file itself claims. The claim is held against the file's length before memory is taken for it: deflate
/// makes of a byte at most 1,032, and what is not there yet is not allocated either.
/// </summary>
internal sealed class ClaimedBytes : IDisposable
{
    /// <summary>P. Deutsch, "DEFLATE Compressed Data Format Specification", RFC 1951: a match of 258 bytes takes at least two bits.</summary>
    private const int MostPerByte = 1032;

    /// <summary>P. Deutsch, "GZIP file format specification", RFC 1952: header and trailer.</summary>
    private const int LeastGzip = 18;

    private const int FirstBlock = 1 << 16;

    private readonly Stream _file;
    private readonly string _name;
    private readonly long _length;
    private readonly uint _lengthInTrailer;
    private readonly GZipStream? _gzip;
    private long _position;

    public ClaimedBytes(Stream file, string name)
    {
        _file = file;
        _name = name;
        long start = file.Position;
        _length = file.Length - start;
        Span<byte> bytes = stackalloc byte[4];
        bool isGzip = file.ReadAtLeast(bytes[..2], 2, throwOnEndOfStream: false) == 2 && bytes is [0x1F, 0x8B, ..];
        if (isGzip)
        {
            if (_length < LeastGzip)
            {
                throw CutOff();
            }

            file.Position = start + _length - 4;
            file.ReadExactly(bytes);
            _lengthInTrailer = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
            _gzip = new GZipStream(file, CompressionMode.Decompress, leaveOpen: true);
        }

        file.Position = start;
    }

    /// <summary>Reads the next bytes.</summary>
    /// <returns>How many were there: fewer only at the end of the file, which is then whole.</returns>
    public int Read(Span<byte> bytes)
    {
        try
        {
            int found = (_gzip ?? _file).ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            _position += found;
            return found == bytes.Length || _gzip is null || (uint)_position == _lengthInTrailer ? found : throw CutOff();
        }
        catch (InvalidDataException exception)
        {
            throw new DataFileException(_name, FormattableString.Invariant($"gzip data that is damaged after {_position} unzipped bytes"), "a whole IDX file", exception);
        }
    }

    /// <summary>Reads what the rest claims to be.</summary>
    /// <param name="extents">Their product is the number of bytes; each below 2³².</param>
    public ReadOnlyMemory<byte> ReadToEnd(long[] extents)
    {
        Int128 claimed = 1;
        foreach (long extent in extents)
        {
            claimed *= extent;
        }

        string product = string.Join(" × ", extents);
        Int128 warranted = _gzip is null ? _length - _position : (Int128)_length * MostPerByte;
        if (claimed > warranted || claimed > Array.MaxLength)
        {
            string found = _gzip is null ? FormattableString.Invariant($"{_length - _position} bytes of data") : FormattableString.Invariant($"{_length} bytes of gzip, which hold at most {warranted} bytes");
            throw claimed > warranted
                ? new DataFileException(_name, found, FormattableString.Invariant($"{claimed}: {product}"))
                : new DataFileException(_name, FormattableString.Invariant($"{product} elements"), FormattableString.Invariant($"at most {Array.MaxLength}, which an array holds"));
        }

        byte[] bytes = new byte[_gzip is null ? (int)claimed : (int)Int128.Min(claimed, FirstBlock)];
        int read = 0;
        while (true)
        {
            int found = Read(bytes.AsSpan(read));
            read += found;
            if (read < bytes.Length || read == claimed)
            {
                break;
            }

            Array.Resize(ref bytes, (int)Int128.Min(claimed, 2L * bytes.Length));
        }

        long rest = read < claimed ? 0 : Count();

        return read + rest == claimed
            ? bytes
            : throw new DataFileException(_name, FormattableString.Invariant($"{read + rest} bytes of data"), FormattableString.Invariant($"{claimed}: {product}"));
    }

    public void Dispose() => _gzip?.Dispose();

    // GZipStream ends where the file does, whatever is missing; but a whole file ends with the length of what was zipped.
    private DataFileException CutOff() =>
        new(_name, FormattableString.Invariant($"gzip data that is cut off, or followed by something, after {_position} unzipped bytes"), "a whole IDX file");

    // What follows is read only to say how much it is, and for the checksum behind it.
    private long Count()
    {
        Span<byte> block = stackalloc byte[4096];
        long count = 0;
        int found;
        do
        {
            found = Read(block);
            count += found;
        }
        while (found == block.Length);

        return count;
    }
}
