using System;
using System.IO;

namespace BackpropGen;

/// <summary>
/// Bytes in memory, more than one array holds: in pieces of one size but for the last. What is read from a stream takes no more memory than
/// has arrived, whatever a header claims.
/// </summary>
internal sealed class FileBytes
{
    // Pieces of a stream that does not say its length, and of one that does.
    private const int SmallShift = 14;
    private const int LargeShift = 30;

    private readonly ReadOnlyMemory<byte>[] pieces;
    private readonly int shift;

    private FileBytes(ReadOnlyMemory<byte>[] pieces, int shift, long length)
    {
        this.pieces = pieces;
        this.shift = shift;
        Length = length;
    }

    public FileBytes(ReadOnlyMemory<byte> bytes)
        : this([bytes], 31, bytes.Length)
    {
    }

    public long Length { get; }

    /// <summary>Reads exactly so many bytes; fewer where the stream ends.</summary>
    /// <param name="stream">Where they come from.</param>
    /// <param name="length">How many are wanted.</param>
    /// <param name="isThere">Whether the stream has said that it has them: then they are allocated at once.</param>
    public static FileBytes Read(Stream stream, long length, bool isThere)
    {
        int shift = isThere ? LargeShift : SmallShift;
        long size = 1L << shift;
        var pieces = new ReadOnlyMemory<byte>[isThere ? (int)Math.Max(1, (length + size - 1) >> shift) : 1];
        long read = 0;
        for (int i = 0; read < length; i++)
        {
            var piece = new byte[Math.Min(size, length - read)];
            int filled = Fill(stream, piece);
            if (i == pieces.Length)
            {
                Array.Resize(ref pieces, 2 * i);
            }

            pieces[i] = piece.AsMemory(0, filled);
            read += filled;
            if (filled < piece.Length)
            {
                break;
            }
        }

        return new FileBytes(pieces, shift, read);
    }

    /// <summary>Fills the array as far as the stream goes.</summary>
    /// <returns>How many bytes were read.</returns>
    public static int Fill(Stream stream, byte[] bytes)
    {
        int filled = 0;
        while (filled < bytes.Length)
        {
            int count = stream.Read(bytes, filled, bytes.Length - filled);
            if (count == 0)
            {
                break;
            }

            filled += count;
        }

        return filled;
    }

    /// <summary>All bytes, at most 2 GB: without a copy where they lie in one piece.</summary>
    public ReadOnlySpan<byte> Contiguous()
    {
        if (Length <= pieces[0].Length)
        {
            return pieces[0].Span;
        }

        var all = new byte[Length];
        CopyTo(0, all);
        return all;
    }

    /// <summary>Copies the bytes from an offset on.</summary>
    public void CopyTo(long offset, Span<byte> destination)
    {
        while (!destination.IsEmpty)
        {
            ReadOnlySpan<byte> piece = pieces[(int)(offset >> shift)].Span.Slice((int)(offset & ((1L << shift) - 1)));
            int count = Math.Min(piece.Length, destination.Length);
            piece.Slice(0, count).CopyTo(destination);
            destination = destination.Slice(count);
            offset += count;
        }
    }

    /// <summary>The check of all bytes.</summary>
    public uint Check()
    {
        var crc = default(Crc32);
        foreach (ReadOnlyMemory<byte> piece in pieces)
        {
            crc.Append(piece.Span);
        }

        return crc.Value;
    }
}
