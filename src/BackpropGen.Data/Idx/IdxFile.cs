using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace BackpropGen.Data;

/// <summary>
/// An array of bytes in the IDX format of MNIST (Y. LeCun, C. Cortes, C. Burges): 0, 0, the element type (8: unsigned bytes), the number of dimensions; the
/// dimensions as big-endian 32-bit integers; the elements. Gzip is recognised by its first bytes, whatever the name. Immutable.
/// </summary>
public sealed class IdxFile
{
    private const int UnsignedBytes = 8;
    private const int MostDimensions = 4;

    private IdxFile(string path, int[] dimensions, ReadOnlyMemory<byte> elements)
    {
        Path = path;
        Dimensions = dimensions;
        Elements = elements;
    }

    /// <summary>Where it was read from, for messages.</summary>
    public string Path { get; }

    /// <summary>The extents, the outermost first.</summary>
    public IReadOnlyList<int> Dimensions { get; }

    /// <summary>Row-major, as many as the extents multiply to.</summary>
    public ReadOnlyMemory<byte> Elements { get; }

    /// <summary>Reads a file of unsigned bytes.</summary>
    /// <param name="path">The file, plain or as gzip.</param>
    /// <param name="dimensions">How many dimensions it must have, 1 to 4; 0 for any of these.</param>
    /// <exception cref="ArgumentOutOfRangeException">No array has so many dimensions.</exception>
    /// <exception cref="DataFileException">The file is no IDX file of unsigned bytes, has other dimensions, is cut off or damaged, or something follows its elements.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IdxFile Read(string path, int dimensions = 0)
    {
        using FileStream file = File.OpenRead(path);
        return Read(file, path, dimensions);
    }

    /// <summary>Reads an array of unsigned bytes from a stream.</summary>
    /// <param name="stream">Seekable; read from where it is to its end. Stays open.</param>
    /// <param name="name">What it is called in errors.</param>
    /// <param name="dimensions">How many dimensions it must have, 1 to 4; 0 for any of these.</param>
    /// <exception cref="ArgumentException">The stream cannot seek.</exception>
    /// <exception cref="ArgumentOutOfRangeException">No array has so many dimensions.</exception>
    /// <exception cref="DataFileException">As of <see cref="Read(string, int)"/>.</exception>
    public static IdxFile Read(Stream stream, string name, int dimensions = 0)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentOutOfRangeException.ThrowIfNegative(dimensions);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(dimensions, MostDimensions);
        if (!stream.CanSeek)
        {
            throw new ArgumentException("The stream cannot seek; expected one that can: how much it holds says how much it may claim to hold.", nameof(stream));
        }

        using var bytes = new ClaimedBytes(stream, name);
        Span<byte> header = stackalloc byte[4 * (1 + MostDimensions)];
        int found = bytes.Read(header[..4]);
        uint magic = BinaryPrimitives.ReadUInt32BigEndian(header);
        int rank = (int)(magic & 0xFF);
        if (found < 4 || magic >> 8 != UnsignedBytes || rank is < 1 or > MostDimensions || (dimensions > 0 && rank != dimensions))
        {
            string expected = dimensions > 0
                ? $"0x{UnsignedBytes << 8 | dimensions:X8} (unsigned bytes, {dimensions}-dimensional)"
                : $"0x{UnsignedBytes << 8 | 1:X8} to 0x{UnsignedBytes << 8 | MostDimensions:X8} (unsigned bytes, 1- to {MostDimensions}-dimensional)";
            throw found < 4
                ? new DataFileException(name, FormattableString.Invariant($"{found} bytes"), $"an IDX file, which begins with {expected}")
                : new DataFileException(name, $"magic number 0x{magic:X8}", expected);
        }

        header = header[..(4 * rank)];
        found = bytes.Read(header);
        if (found < header.Length)
        {
            throw new DataFileException(name, FormattableString.Invariant($"{4 + found} bytes"), FormattableString.Invariant($"a header of {4 + header.Length} bytes and data"));
        }

        var extents = new long[rank];
        for (int i = 0; i < rank; i++)
        {
            extents[i] = BinaryPrimitives.ReadUInt32BigEndian(header[(4 * i)..]);
        }

        return new IdxFile(name, Array.ConvertAll(extents, extent => (int)Math.Min(extent, int.MaxValue)), bytes.ReadToEnd(extents));
    }

    /// <summary>Reads inputs and their classes, a file each.</summary>
    /// <param name="inputPath">The inputs, [n, …]: pictures, say.</param>
    /// <param name="labelPath">Their classes, [n].</param>
    /// <param name="scale">What a byte is multiplied with: 1/255 makes pixels of 0 to 1.</param>
    /// <param name="classNames">What the classes are called, by index; null where they have no names: then any byte is a class.</param>
    /// <param name="inputShape">The extents that an input must have, [28, 28] for MNIST's; null for any.</param>
    /// <exception cref="DataFileException">A file is not what it should be, they do not go together, there is nothing in them, or a label is no class.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static LabelExamples ReadLabelled(
        string inputPath, string labelPath, float scale = 1, IReadOnlyList<string>? classNames = null, IReadOnlyList<int>? inputShape = null)
    {
        IdxFile inputs = Read(inputPath, inputShape is null ? 0 : 1 + inputShape.Count);
        IdxFile labels = Read(labelPath, dimensions: 1);
        int count = inputs.Dimensions[0];
        if (inputShape is not null && !inputs.Dimensions.Skip(1).SequenceEqual(inputShape))
        {
            throw new DataFileException(
                inputPath,
                FormattableString.Invariant($"inputs of {string.Join(" × ", inputs.Dimensions.Skip(1))}"),
                FormattableString.Invariant($"inputs of {string.Join(" × ", inputShape)}"));
        }

        if (labels.Dimensions[0] != count)
        {
            throw new DataFileException(
                labelPath, FormattableString.Invariant($"{labels.Dimensions[0]} labels"), FormattableString.Invariant($"{count}, one for each input of {System.IO.Path.GetFileName(inputPath)}"));
        }

        if (inputs.Elements.Length == 0)
        {
            throw new DataFileException(inputPath, FormattableString.Invariant($"no values: {string.Join(" × ", inputs.Dimensions)}"), "at least one example");
        }

        ReadOnlySpan<byte> classes = labels.Elements.Span;
        int wrong = classNames is null || classNames.Count > byte.MaxValue ? -1 : classes.IndexOfAnyExceptInRange((byte)0, (byte)(classNames.Count - 1));
        if (wrong >= 0)
        {
            throw new DataFileException(labelPath, FormattableString.Invariant($"label {wrong + 1} is {classes[wrong]}"), FormattableString.Invariant($"a class, 0 to {classNames!.Count - 1}"));
        }

        return new LabelExamples(inputs.Scaled(scale), inputs.Elements.Length / count, labels.ToLabels(), classNames);
    }

    /// <summary>The elements as numbers, each multiplied.</summary>
    /// <param name="scale">What with: 1/255 makes pixels of 0 to 1.</param>
    public float[] Scaled(float scale)
    {
        // There are 256 of them, and the division's rounding is the caller's.
        Span<float> values = stackalloc float[256];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = i * scale;
        }

        ReadOnlySpan<byte> elements = Elements.Span;
        var scaled = new float[elements.Length];
        for (int i = 0; i < scaled.Length; i++)
        {
            scaled[i] = values[elements[i]];
        }

        return scaled;
    }

    private int[] ToLabels() => [.. Elements.ToArray().Select(label => (int)label)];
}
