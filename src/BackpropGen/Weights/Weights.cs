using System;
using System.Collections.Generic;
using System.IO;

namespace BackpropGen;

/// <summary>
/// Saves what a network has learnt, and loads it again: parameters and buffers, as safetensors, each tensor under the name of its property.
/// </summary>
/// <remarks>
/// <para>
/// A file holds float32, bit by bit, and in its metadata the network's fingerprint and layers, the version of this library, and a check of
/// header and values. Any program that reads safetensors reads it. The optimizer's state is not in it, nor is it changed by loading.
/// </para>
/// <para>
/// Loading checks everything before it writes the first value: names, shapes, types, places, fingerprint, and that all values are finite.
/// Where anything is wrong, the network is as before. A replica shares its parameters: saving or loading one is saving or loading all.
/// Neither may run while another thread trains the network or, loading, runs it.
/// </para>
/// <para>
/// In a file of this library, tensors whose names have a dot belong to somebody who keeps something beside the weights (a checkpoint):
/// they are passed over.
/// </para>
/// </remarks>
public static class Weights
{
    /// <summary>Saves a network to a file, whole or not at all, as <see cref="AtomicFile"/> does it.</summary>
    /// <param name="network">The network.</param>
    /// <param name="path">Where to; a file there is replaced.</param>
    /// <param name="metadata">Texts to keep with it; keys must not begin with <c>backpropgen.</c>.</param>
    /// <param name="allowNonFinite">Whether NaN and infinities are saved too. Otherwise they are an error, and the old file stays.</param>
    /// <exception cref="ArgumentNullException"><paramref name="network"/> or <paramref name="path"/> is null.</exception>
    /// <exception cref="ArgumentException">A value is not finite, or a key is reserved. Nothing was written.</exception>
    /// <exception cref="IOException">The file can't be written. The old one is there.</exception>
    public static void Save(INetwork network, string path, IReadOnlyDictionary<string, string>? metadata = null, bool allowNonFinite = false)
    {
        if (path is null)
        {
            throw new ArgumentNullException(nameof(path));
        }

        Writer(network, metadata, allowNonFinite).Write(path);
    }

    /// <summary>Saves a network to a stream, from where it stands.</summary>
    /// <param name="network">The network.</param>
    /// <param name="stream">The stream; stays open.</param>
    /// <param name="metadata">Texts to keep with it; keys must not begin with <c>backpropgen.</c>.</param>
    /// <param name="allowNonFinite">Whether NaN and infinities are saved too. Otherwise they are an error.</param>
    /// <exception cref="ArgumentNullException"><paramref name="network"/> or <paramref name="stream"/> is null.</exception>
    /// <exception cref="ArgumentException">A value is not finite, or a key is reserved. Nothing was written.</exception>
    /// <exception cref="IOException">The stream can't be written.</exception>
    public static void Save(INetwork network, Stream stream, IReadOnlyDictionary<string, string>? metadata = null, bool allowNonFinite = false)
    {
        if (stream is null)
        {
            throw new ArgumentNullException(nameof(stream));
        }

        Writer(network, metadata, allowNonFinite).Write(stream);
    }

    /// <summary>Adds a network's tensors, fingerprint and layers to a file that holds more than them.</summary>
    /// <param name="writer">The file. What else it gets needs names with a dot, so that <see cref="Load(INetwork, SafetensorsFile, WeightMap, bool)"/> passes over it.</param>
    /// <param name="network">The network: its values are read when the file is written.</param>
    /// <param name="allowNonFinite">Whether NaN and infinities may be there now.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">A value is not finite, or the file has a network already.</exception>
    public static void AddTo(SafetensorsWriter writer, INetwork network, bool allowNonFinite = false)
    {
        if (writer is null)
        {
            throw new ArgumentNullException(nameof(writer));
        }

        if (network is null)
        {
            throw new ArgumentNullException(nameof(network));
        }

        IReadOnlyList<NetworkTensor> tensors = StoredNetwork.TensorsOf(network);
        foreach (NetworkTensor tensor in tensors)
        {
            ReadOnlySpan<float> values = StoredNetwork.Values(network, tensor);
            int at = allowNonFinite ? -1 : FiniteCheck.FirstOther(values);
            if (at >= 0)
            {
                throw new ArgumentException(
                    $"The network's '{tensor}' has {FiniteCheck.Text(values[at])} at {FiniteCheck.Place(tensor.Shape, at)}: such weights are of no use, and are not saved. To save them all the same, pass allowNonFinite: true.",
                    nameof(network));
            }
        }

        writer.AddOwnMetadata(StoredNetwork.FingerprintKey, network.Fingerprint);
        if (network is INetworkArchitecture layers)
        {
            writer.AddOwnMetadata(StoredNetwork.ArchitectureKey, layers.Architecture);
        }

        foreach (NetworkTensor tensor in tensors)
        {
            int[] shape = new int[tensor.Shape.Count];
            for (int i = 0; i < shape.Length; i++)
            {
                shape[i] = tensor.Shape[i];
            }

            writer.Add<float>(tensor.Name, () => StoredNetwork.Values(network, tensor), shape);
        }
    }

    /// <summary>Loads a network from a file, wholly or not at all.</summary>
    /// <param name="network">The network.</param>
    /// <param name="path">Where the file is.</param>
    /// <param name="names">Where it calls tensors otherwise, or was not written by this library; null where neither is the case.</param>
    /// <param name="allowNonFinite">Whether NaN and infinities are loaded too. Otherwise they are an error.</param>
    /// <exception cref="ArgumentNullException"><paramref name="network"/> or <paramref name="path"/> is null.</exception>
    /// <exception cref="ArgumentException">The map does not fit the network.</exception>
    /// <exception cref="WeightsFormatException">The file is damaged, or does not fit the network. Nothing was written.</exception>
    /// <exception cref="IOException">The file can't be read. Nothing was written.</exception>
    public static void Load(INetwork network, string path, WeightMap? names = null, bool allowNonFinite = false)
    {
        if (network is null)
        {
            throw new ArgumentNullException(nameof(network));
        }

        var file = SafetensorsFile.Open(path);
        try
        {
            Load(network, file, names, allowNonFinite);
        }
        catch (WeightsFormatException e)
        {
            throw new WeightsFormatException($"{path}: {e.Message}", e);
        }
    }

    /// <summary>Loads a network from a stream, which is read to its end.</summary>
    /// <param name="network">The network.</param>
    /// <param name="stream">The stream; stays open.</param>
    /// <param name="names">Where the file calls tensors otherwise, or was not written by this library; null where neither is the case.</param>
    /// <param name="allowNonFinite">Whether NaN and infinities are loaded too. Otherwise they are an error.</param>
    /// <inheritdoc cref="Load(INetwork, string, WeightMap, bool)"/>
    public static void Load(INetwork network, Stream stream, WeightMap? names = null, bool allowNonFinite = false)
    {
        if (network is null)
        {
            throw new ArgumentNullException(nameof(network));
        }

        Load(network, SafetensorsFile.Read(stream), names, allowNonFinite);
    }

    /// <summary>Loads a network from a file that is in memory.</summary>
    /// <param name="network">The network.</param>
    /// <param name="file">All bytes of the file.</param>
    /// <param name="names">Where the file calls tensors otherwise, or was not written by this library; null where neither is the case.</param>
    /// <param name="allowNonFinite">Whether NaN and infinities are loaded too. Otherwise they are an error.</param>
    /// <inheritdoc cref="Load(INetwork, string, WeightMap, bool)"/>
    public static unsafe void Load(INetwork network, ReadOnlySpan<byte> file, WeightMap? names = null, bool allowNonFinite = false)
    {
        if (network is null)
        {
            throw new ArgumentNullException(nameof(network));
        }

        fixed (byte* pointer = file)
        {
            using var borrowed = new BorrowedBytes(pointer, file.Length);
            Load(network, SafetensorsFile.Read(borrowed.Memory), names, allowNonFinite);
        }
    }

    /// <summary>Loads a network from a file that was read already, and that may hold more than it.</summary>
    /// <param name="network">The network.</param>
    /// <param name="file">The file.</param>
    /// <param name="names">Where the file calls tensors otherwise, or was not written by this library; null where neither is the case.</param>
    /// <param name="allowNonFinite">Whether NaN and infinities are loaded too. Otherwise they are an error.</param>
    /// <inheritdoc cref="Load(INetwork, string, WeightMap, bool)"/>
    public static void Load(INetwork network, SafetensorsFile file, WeightMap? names = null, bool allowNonFinite = false) =>
        Stored(network, file, names, allowNonFinite).Load();

    /// <summary>Checks all that <see cref="Load(INetwork, SafetensorsFile, WeightMap, bool)"/> does, and writes nothing.</summary>
    /// <inheritdoc cref="Load(INetwork, SafetensorsFile, WeightMap, bool)"/>
    public static void Check(INetwork network, SafetensorsFile file, WeightMap? names = null, bool allowNonFinite = false) =>
        Stored(network, file, names, allowNonFinite);

    private static StoredNetwork Stored(INetwork network, SafetensorsFile file, WeightMap? names, bool allowNonFinite) =>
        StoredNetwork.Check(
            network ?? throw new ArgumentNullException(nameof(network)),
            file ?? throw new ArgumentNullException(nameof(file)),
            names,
            allowNonFinite,
            nameof(names));

    private static SafetensorsWriter Writer(INetwork network, IReadOnlyDictionary<string, string>? metadata, bool allowNonFinite)
    {
        var writer = new SafetensorsWriter();
        AddTo(writer, network, allowNonFinite);
        if (metadata is not null)
        {
            foreach (KeyValuePair<string, string> pair in metadata)
            {
                writer.AddMetadata(pair.Key, pair.Value);
            }
        }

        return writer;
    }
}
