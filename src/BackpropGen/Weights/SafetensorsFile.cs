using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Globalization;
using System.IO;
using System.Runtime.InteropServices;

namespace BackpropGen;

/// <summary>
/// A safetensors file in memory, wholly checked: whoever has one has a file without a fault. The format is that of Hugging Face's library of
/// the name: eight bytes of length, a header in JSON, the values. Immutable, for any number of threads.
/// </summary>
/// <remarks>
/// <para>
/// Checked are the grammar of the header, every name, type, shape and place, that the tensors cover the data without holes and overlaps, and
/// that the file ends where they do; of files that <see cref="SafetensorsWriter"/> wrote, the checks of header and data too, so that no
/// flipped byte goes unseen.
/// </para>
/// <para>
/// Reading takes as much memory as the file has bytes, and what describes its tensors; never more for what a damaged file claims.
/// </para>
/// </remarks>
public sealed class SafetensorsFile
{
    private readonly SafetensorsHeader header;
    private readonly FileBytes data;

    private SafetensorsFile(SafetensorsHeader header, FileBytes data)
    {
        this.header = header;
        this.data = data;
        Tensors = Array.AsReadOnly(header.Order);
        Metadata = new ReadOnlyDictionary<string, string>(header.Metadata);
    }

    /// <summary>The tensors, in the order of their values in the file.</summary>
    public IReadOnlyList<SafetensorsTensor> Tensors { get; }

    /// <summary>The texts that the file holds beside the tensors. The keys that begin with <c>backpropgen.</c> are this library's own.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Whether <see cref="SafetensorsWriter"/> wrote the file: then its header and values are known to be what was written.</summary>
    public bool IsFromBackpropGen => header.IsOwn;

    /// <summary>Reads a file from disk.</summary>
    /// <param name="path">Where it is.</param>
    /// <returns>The file; it is closed again.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="path"/> is null.</exception>
    /// <exception cref="WeightsFormatException">It is damaged, or no safetensors file. The message begins with the path.</exception>
    /// <exception cref="IOException">It can't be read.</exception>
    public static SafetensorsFile Open(string path)
    {
        // Without a buffer: two large pieces are read.
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1);
        try
        {
            return Read(stream);
        }
        catch (WeightsFormatException e)
        {
            throw new WeightsFormatException($"{path}: {e.Message}", e);
        }
    }

    /// <summary>Reads a stream from where it stands to its end.</summary>
    /// <param name="stream">The stream; stays open.</param>
    /// <returns>The file.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="stream"/> is null.</exception>
    /// <exception cref="WeightsFormatException">It is damaged, or no safetensors file.</exception>
    /// <exception cref="IOException">It can't be read.</exception>
    public static SafetensorsFile Read(Stream stream)
    {
        if (stream is null)
        {
            throw new ArgumentNullException(nameof(stream));
        }

        bool isThere = stream.CanSeek;
        long room = isThere ? Math.Max(0, stream.Length - stream.Position) - sizeof(ulong) : long.MaxValue;
        var lengthBytes = new byte[sizeof(ulong)];
        int filled = FileBytes.Fill(stream, lengthBytes);
        int headerLength = SafetensorsHeader.CheckLength(Length(lengthBytes.AsSpan(0, filled)), room);

        FileBytes text = FileBytes.Read(stream, headerLength, isThere);
        SafetensorsHeader.CheckLength((ulong)headerLength, text.Length);
        SafetensorsHeader header = SafetensorsHeader.Parse(text.Contiguous());
        CheckRoom(header, isThere ? room - headerLength : header.DataLength);
        FileBytes data = FileBytes.Read(stream, header.DataLength, isThere);
        CheckRoom(header, data.Length);
        if (FileBytes.Fill(stream, new byte[1]) != 0)
        {
            throw Trailing(header, "more");
        }

        return Whole(header, data);
    }

    /// <summary>Reads a file that is in memory already.</summary>
    /// <param name="file">All its bytes; not copied, so they must stay as they are.</param>
    /// <returns>The file.</returns>
    /// <exception cref="WeightsFormatException">It is damaged, or no safetensors file.</exception>
    public static SafetensorsFile Read(ReadOnlyMemory<byte> file)
    {
        ReadOnlySpan<byte> bytes = file.Span;
        int headerLength = SafetensorsHeader.CheckLength(Length(bytes), bytes.Length - sizeof(ulong));
        SafetensorsHeader header = SafetensorsHeader.Parse(bytes.Slice(sizeof(ulong), headerLength));
        var data = new FileBytes(file.Slice(sizeof(ulong) + headerLength));
        CheckRoom(header, data.Length);
        return Whole(header, data);
    }

    /// <summary>Finds a tensor.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="tensor">What the file says of it; null where it has none of this name.</param>
    /// <returns>Whether it is there.</returns>
    public bool TryFind(string name, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out SafetensorsTensor? tensor) => header.Tensors.TryGetValue(name, out tensor);

    /// <summary>Reads a tensor of numbers as floats: as they are from F32, exactly from F16 and BF16, rounded to the nearest from F64.</summary>
    /// <param name="name">The tensor.</param>
    /// <param name="values">Filled, row-major: exactly as many as the tensor has.</param>
    /// <exception cref="WeightsFormatException">There is no such tensor, it is of another type, or of another length. Nothing was written.</exception>
    public void ReadFloats(string name, Span<float> values)
    {
        SafetensorsTensor tensor = Expect(name, values.Length);
        if (!tensor.Type.IsFloat())
        {
            throw new WeightsFormatException($"The tensor '{tensor}' is not of floats: expected F32, F64, F16 or BF16.");
        }

        ReadFloats(tensor, 0, values);
    }

    /// <summary>Reads a tensor as it is.</summary>
    /// <typeparam name="T">float, double, bool, or an integer of 8, 16, 32 or 64 bits: what the tensor is of.</typeparam>
    /// <param name="name">The tensor.</param>
    /// <param name="values">Filled, row-major: exactly as many as the tensor has.</param>
    /// <exception cref="WeightsFormatException">There is no such tensor, it is of another type, or of another length. Nothing was written.</exception>
    /// <exception cref="NotSupportedException">No tensor is of <typeparamref name="T"/>.</exception>
    public void Read<T>(string name, Span<T> values)
        where T : unmanaged
    {
        SafetensorsType type = SafetensorsTypes.Of<T>();
        SafetensorsTensor tensor = Expect(name, values.Length);
        if (tensor.Type != type)
        {
            throw new WeightsFormatException($"The tensor '{tensor}' is not of {type.Name()}.");
        }

        Span<byte> bytes = MemoryMarshal.AsBytes(values);
        data.CopyTo(tensor.Begin, bytes);
        LittleEndian.Swap(bytes, type.Size());
    }

    /// <inheritdoc cref="Read{T}(string, Span{T})"/>
    public void ReadDoubles(string name, Span<double> values) => Read(name, values);

    /// <inheritdoc cref="Read{T}(string, Span{T})"/>
    public void ReadInt32(string name, Span<int> values) => Read(name, values);

    /// <inheritdoc cref="Read{T}(string, Span{T})"/>
    public void ReadInt64(string name, Span<long> values) => Read(name, values);

    /// <summary>Reads some of a tensor's values, from an index on.</summary>
    internal void ReadFloats(SafetensorsTensor tensor, long index, Span<float> values)
    {
        int size = tensor.Type.Size();
        long offset = tensor.Begin + (index * size);
        if (tensor.Type == SafetensorsType.F32)
        {
            Span<byte> bytes = MemoryMarshal.AsBytes(values);
            data.CopyTo(offset, bytes);
            LittleEndian.Swap(bytes, size);
            return;
        }

        const int Most = 128;
        Span<byte> narrow = stackalloc byte[Most * sizeof(double)];
        for (; !values.IsEmpty; values = values.Slice(Math.Min(Most, values.Length)))
        {
            int count = Math.Min(Most, values.Length);
            data.CopyTo(offset, narrow.Slice(0, count * size));
            FloatFormats.ToSingles(tensor.Type, narrow, values.Slice(0, count));
            offset += count * size;
        }
    }

    private SafetensorsTensor Expect(string name, int length)
    {
        if (name is null)
        {
            throw new ArgumentNullException(nameof(name));
        }

        if (!TryFind(name, out SafetensorsTensor? tensor))
        {
            throw new WeightsFormatException($"The file has no tensor '{Quoted.Name(name)}'; it has {ListOfTensors()}.");
        }

        return tensor.Length == length
            ? tensor
            : throw new WeightsFormatException(
                $"The tensor '{tensor}' has {tensor.Length.ToString(CultureInfo.InvariantCulture)} values, and {length.ToString(CultureInfo.InvariantCulture)} are to be read.");
    }

    /// <summary>The tensors' names, types and shapes, for messages.</summary>
    internal string ListOfTensors() => Quoted.ListOf(Tensors, "no tensors");

    private static ulong Length(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= sizeof(ulong)
            ? BinaryPrimitives.ReadUInt64LittleEndian(bytes)
            : throw new WeightsFormatException(
                bytes.IsEmpty
                    ? "The file is empty: expected a safetensors file."
                    : $"The file has {bytes.Length.ToString(CultureInfo.InvariantCulture)} bytes, and a safetensors file begins with 8: it is cut off, or no safetensors file.");

    private static void CheckRoom(SafetensorsHeader header, long room)
    {
        if (room < header.DataLength)
        {
            throw new WeightsFormatException(
                $"The file is cut off: its tensors have {header.DataLength.ToString(CultureInfo.InvariantCulture)} bytes, and {room.ToString(CultureInfo.InvariantCulture)} follow the header.");
        }

        if (room > header.DataLength)
        {
            throw Trailing(header, (room - header.DataLength).ToString(CultureInfo.InvariantCulture));
        }
    }

    private static WeightsFormatException Trailing(SafetensorsHeader header, string count) =>
        new($"The file is damaged: its tensors have {header.DataLength.ToString(CultureInfo.InvariantCulture)} bytes, and {count} follow that belong to no tensor.");

    private static SafetensorsFile Whole(SafetensorsHeader header, FileBytes data)
    {
        if (header.IsOwn)
        {
            HeaderSeal.Verify(data, header.Metadata);
        }

        return new SafetensorsFile(header, data);
    }
}
