using System;
using System.Buffers.Binary;
using System.IO;
using System.IO.Compression;
using System.Text;

namespace BackpropGen.Reporting;

/// <summary>Pictures as PNG (W3C, "Portable Network Graphics (PNG) Specification", second edition): 8 bits a channel, one compressed block, no filter.</summary>
internal static class PngImage
{
    /// <summary>Larger pictures are shown smaller: each pixel the mean of those it stands for.</summary>
    private const int LargestSide = 96;

    /// <summary>An example's input as a PNG file's bytes. What is not a number is black.</summary>
    /// <param name="values">[channels, height, width].</param>
    /// <param name="layout">How to read them.</param>
    public static byte[] Encode(ReadOnlySpan<float> values, ImageLayout layout)
    {
        int shrink = (Math.Max(layout.Width, layout.Height) + LargestSide - 1) / LargestSide;
        int width = Math.Max(layout.Width / shrink, 1), height = Math.Max(layout.Height / shrink, 1);
        var rows = new byte[height * (1 + width * layout.Channels)];
        int at = 0;
        for (int y = 0; y < height; y++)
        {
            rows[at++] = 0; // no filter
            for (int x = 0; x < width; x++)
            {
                for (int channel = 0; channel < layout.Channels; channel++)
                {
                    double mean = Mean(values.Slice(channel * layout.Height * layout.Width), layout, x * shrink, y * shrink, shrink);
                    double share = (mean - layout.Minimum) / (layout.Maximum - layout.Minimum);
                    rows[at++] = double.IsNaN(share) ? (byte)0 : (byte)Math.Clamp(Math.Round(255 * share), 0, 255);
                }
            }
        }

        using var file = new MemoryStream();
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = 8;
        header[9] = layout.Channels == 1 ? (byte)0 : (byte)2; // grey, or red, green, blue
        WriteChunk(file, "IHDR", header);
        WriteChunk(file, "IDAT", Compress(rows));
        WriteChunk(file, "IEND", []);
        return file.ToArray();
    }

    private static double Mean(ReadOnlySpan<float> plane, ImageLayout layout, int left, int top, int side)
    {
        double sum = 0;
        int count = 0;
        for (int y = top; y < Math.Min(top + side, layout.Height); y++)
        {
            for (int x = left; x < Math.Min(left + side, layout.Width); x++)
            {
                sum += plane[y * layout.Width + x];
                count++;
            }
        }

        return sum / count;
    }

    private static byte[] Compress(byte[] bytes)
    {
        using var compressed = new MemoryStream();
        using (var stream = new ZLibStream(compressed, CompressionLevel.SmallestSize))
        {
            stream.Write(bytes);
        }

        return compressed.ToArray();
    }

    private static void WriteChunk(MemoryStream file, string type, byte[] data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        byte[] named = [.. Encoding.ASCII.GetBytes(type), .. data];
        file.Write(named);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32.Of(named));
        file.Write(number);
    }
}
