using System;
using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;

namespace BackpropGen;

/// <summary>
/// Writes a safetensors file: collects named tensors and texts, then writes the header and the values. The same content gives the same
/// bytes. The file carries a check of its header and one of its data, by which <see cref="SafetensorsFile"/> finds every flipped byte;
/// other programs read past them.
/// </summary>
/// <remarks>
/// Values are not copied when they are added, but read when the file is written, twice: once for the check. Nobody may write to them
/// meanwhile; if somebody does, writing throws.
/// </remarks>
public sealed class SafetensorsWriter
{
    private readonly List<Entry> entries = [];
    private readonly HashSet<string> names = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, string> metadata = new(StringComparer.Ordinal);

    /// <summary>Adds a tensor.</summary>
    /// <typeparam name="T">float, double, bool, or an integer of 8, 16, 32 or 64 bits.</typeparam>
    /// <param name="name">What it is called: not empty, not <c>__metadata__</c>, and no other tensor's name.</param>
    /// <param name="values">Its values, row-major; not copied.</param>
    /// <param name="shape">The extents, outermost first; without any, as many as there are values.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The name is taken or reserved, or the shape is another number of values.</exception>
    /// <exception cref="NotSupportedException">The format has no type for <typeparamref name="T"/>.</exception>
    public void Add<T>(string name, T[] values, params int[] shape)
        where T : unmanaged =>
        Add(name, (ReadOnlyMemory<T>)(values ?? throw new ArgumentNullException(nameof(values))), shape);

    /// <inheritdoc cref="Add{T}(string, T[], int[])"/>
    public void Add<T>(string name, ReadOnlyMemory<T> values, params int[] shape)
        where T : unmanaged
    {
        if (shape is null || shape.Length == 0)
        {
            shape = [values.Length];
        }

        Add(name, () => values.Span, shape);
    }

    /// <summary>Adds a tensor whose values are asked for when the file is written.</summary>
    /// <typeparam name="T">float, double, bool, or an integer of 8, 16, 32 or 64 bits.</typeparam>
    /// <param name="name">What it is called: not empty, not <c>__metadata__</c>, and no other tensor's name.</param>
    /// <param name="source">Gives the values: asked now, and several times when the file is written.</param>
    /// <param name="shape">The extents, outermost first; none for a single value.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The name is taken or reserved, or the shape is another number of values.</exception>
    /// <exception cref="NotSupportedException">The format has no type for <typeparamref name="T"/>.</exception>
    public void Add<T>(string name, TensorSource<T> source, params int[] shape)
        where T : unmanaged
    {
        if (source is null)
        {
            throw new ArgumentNullException(nameof(source));
        }

        if (shape is null)
        {
            throw new ArgumentNullException(nameof(shape));
        }

        long length = 1;
        foreach (int extent in shape)
        {
            // Beyond what a span holds it can't be right: no product of two more overflows.
            length = extent < 0 || length > int.MaxValue ? -1 : length * extent;
        }

        int given = source().Length;
        if (length != given)
        {
            throw new ArgumentException($"The tensor '{name}' has {given} values, and the shape {Quoted.Shape(shape)} is another number.", nameof(shape));
        }

        SafetensorsType type = SafetensorsTypes.Of<T>();
        Take(name);
        entries.Add(new Entry<T>(name, type, source, (int[])shape.Clone(), length * type.Size()));
    }

    /// <summary>Adds a text.</summary>
    /// <param name="key">Its key: no other's, and not one that begins with <c>backpropgen.</c>, which is the library's own.</param>
    /// <param name="value">The text.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The key is taken or reserved, or a text is no Unicode.</exception>
    public void AddMetadata(string key, string value)
    {
        if (key is not null && key.StartsWith(HeaderSeal.Prefix, StringComparison.Ordinal))
        {
            throw new ArgumentException($"The metadata's key '{key}' begins with '{HeaderSeal.Prefix}', which is for the library's own.", nameof(key));
        }

        AddOwnMetadata(key!, value);
    }

    /// <summary>Writes the file to a stream, from where it stands.</summary>
    /// <param name="stream">The stream; stays open.</param>
    /// <exception cref="ArgumentNullException"><paramref name="stream"/> is null.</exception>
    /// <exception cref="InvalidOperationException">Values changed while they were written, or the header is longer than the format allows.</exception>
    /// <exception cref="IOException">It can't be written.</exception>
    public void Write(Stream stream)
    {
        if (stream is null)
        {
            throw new ArgumentNullException(nameof(stream));
        }

        // The widest first, so that each lies on a boundary of its size.
        var order = new List<Entry>(entries.Count);
        for (int size = sizeof(double); size > 0; size /= 2)
        {
            order.AddRange(entries.FindAll(e => e.Type.Size() == size));
        }

        byte[] buffer = ArrayPool<byte>.Shared.Rent(1 << 16);
        try
        {
            uint check = Pass(order, buffer, null);
            byte[] header = HeaderText.Write(order, metadata, check);
            BinaryPrimitives.WriteInt64LittleEndian(buffer, header.Length);
            stream.Write(buffer, 0, sizeof(long));
            stream.Write(header, 0, header.Length);
            if (Pass(order, buffer, stream) != check)
            {
                throw new InvalidOperationException("Values changed while they were written: what was written so far is damaged. Nobody may train or write to them meanwhile.");
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Writes the file to disk: whole, or not at all.</summary>
    /// <param name="path">Where to; a file there is replaced, as <see cref="AtomicFile"/> does it.</param>
    /// <exception cref="ArgumentNullException"><paramref name="path"/> is null.</exception>
    /// <exception cref="InvalidOperationException">Values changed while they were written, or the header is longer than the format allows.</exception>
    /// <exception cref="IOException">It can't be written.</exception>
    public void Write(string path) => AtomicFile.Write(path, Write);

    /// <summary>As <see cref="AddMetadata"/>, for the library's own keys too.</summary>
    internal void AddOwnMetadata(string key, string value)
    {
        HeaderText.CheckUnicode(key ?? throw new ArgumentNullException(nameof(key)), nameof(key));
        HeaderText.CheckUnicode(value ?? throw new ArgumentNullException(nameof(value)), nameof(value));
        if (metadata.ContainsKey(key))
        {
            throw new ArgumentException($"The metadata have the key '{key}' already.", nameof(key));
        }

        metadata.Add(key, value);
    }

    // A tensor's name, not yet taken.
    private void Take(string name)
    {
        HeaderText.CheckUnicode(name ?? throw new ArgumentNullException(nameof(name)), nameof(name));
        if (name.Length == 0 || name == SafetensorsHeader.MetadataKey)
        {
            throw new ArgumentException($"A tensor can't be called '{name}'.", nameof(name));
        }

        if (!names.Add(name))
        {
            throw new ArgumentException($"There is a tensor '{name}' already.", nameof(name));
        }
    }

    // Over all values: their check, and to the stream where one is given.
    private static uint Pass(List<Entry> order, byte[] buffer, Stream? stream)
    {
        var crc = default(Crc32);
        foreach (Entry entry in order)
        {
            int length = buffer.Length & -sizeof(double);
            for (long offset = 0; offset < entry.ByteLength; offset += length)
            {
                int count = (int)Math.Min(length, entry.ByteLength - offset);
                entry.Copy(offset, buffer.AsSpan(0, count));
                crc.Append(buffer.AsSpan(0, count));
                stream?.Write(buffer, 0, count);
            }
        }

        return crc.Value;
    }

    /// <summary>A tensor that was added.</summary>
    internal abstract class Entry(string name, SafetensorsType type, int[] shape, long byteLength)
    {
        public string Name { get; } = name;

        public SafetensorsType Type { get; } = type;

        public int[] Shape { get; } = shape;

        public long ByteLength { get; } = byteLength;

        /// <summary>Fills the span with the bytes from an offset on, whole values, in the file's order.</summary>
        public abstract void Copy(long offset, Span<byte> bytes);
    }

    private sealed class Entry<T>(string name, SafetensorsType type, TensorSource<T> source, int[] shape, long byteLength)
        : Entry(name, type, shape, byteLength)
        where T : unmanaged
    {
        public override void Copy(long offset, Span<byte> bytes)
        {
            int size = Type.Size();
            ReadOnlySpan<T> values = source();
            if ((long)values.Length * size != ByteLength)
            {
                throw new InvalidOperationException($"The tensor '{Name}' has {values.Length} values now, and had {ByteLength / size} when it was added.");
            }

            System.Runtime.InteropServices.MemoryMarshal.AsBytes(values.Slice((int)(offset / size), bytes.Length / size)).CopyTo(bytes);
            LittleEndian.Swap(bytes, size);
        }
    }
}
