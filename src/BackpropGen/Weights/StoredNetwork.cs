using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace BackpropGen;

/// <summary>A network's tensors beside those of a file: whether they fit, said of all of them, and only then the values.</summary>
internal sealed class StoredNetwork
{
    /// <summary>What the file calls the values that the network keeps beside its parameters: the name is reserved, no layer's tensor has it.</summary>
    public const string BuffersName = "Buffers";

    public const string FingerprintKey = HeaderSeal.Prefix + "fingerprint";
    public const string ArchitectureKey = HeaderSeal.Prefix + "architecture";

    private const int ChunkLength = 256;

    private readonly INetwork network;
    private readonly SafetensorsFile file;
    private readonly WeightMap? map;

    // Beside the network's tensors, then the buffers' where it has any.
    private readonly IReadOnlyList<NetworkTensor> tensors;
    private readonly string[] names;
    private readonly SafetensorsTensor[] stored;

    private StoredNetwork(INetwork network, SafetensorsFile file, WeightMap? map, string parameter)
    {
        this.network = network;
        this.file = file;
        this.map = map;
        tensors = TensorsOf(network);
        names = (map ?? WeightMap.Same).NamesFor(tensors, parameter);
        stored = new SafetensorsTensor[tensors.Count];
    }

    /// <summary>All that a network stores: its parameters' tensors, and its buffers as one more where it has any.</summary>
    /// <exception cref="ArgumentException">They are not all of its parameters.</exception>
    public static IReadOnlyList<NetworkTensor> TensorsOf(INetwork network)
    {
        int end = 0;
        foreach (NetworkTensor tensor in network.Tensors)
        {
            end = tensor.Offset == end ? end + tensor.Length : -1;
        }

        if (end != network.Parameters.Length)
        {
            throw new ArgumentException(
                $"The network's tensors ({Quoted.ListOf(network.Tensors, "none")}) are not its {Number(network.Parameters.Length)} parameters, one behind the other.", nameof(network));
        }

        return network.Buffers.IsEmpty ? network.Tensors : [.. network.Tensors, new NetworkTensor(BuffersName, 0, isTrainable: false, network.Buffers.Length)];
    }

    /// <summary>The values of one of <see cref="TensorsOf"/>.</summary>
    public static Span<float> Values(INetwork network, NetworkTensor tensor) =>
        tensor.Name == BuffersName ? network.Buffers : network.Parameters.Slice(tensor.Offset, tensor.Length);

    /// <summary>Checks everything; writes nothing.</summary>
    /// <exception cref="WeightsFormatException">The file does not fit.</exception>
    /// <exception cref="ArgumentException">The map does not fit the network.</exception>
    public static StoredNetwork Check(INetwork network, SafetensorsFile file, WeightMap? map, bool allowNonFinite, string parameter)
    {
        var checkedNetwork = new StoredNetwork(network, file, map, parameter);
        checkedNetwork.CheckOrder();
        checkedNetwork.CheckTensors();
        checkedNetwork.CheckFingerprint();
        if (!allowNonFinite)
        {
            checkedNetwork.CheckFinite();
        }

        return checkedNetwork;
    }

    /// <summary>Writes the values to the network.</summary>
    public void Load()
    {
        for (int i = 0; i < stored.Length; i++)
        {
            Span<float> values = Values(network, tensors[i]);
            if (IsSwapped(tensors[i]))
            {
                LoadSwapped(stored[i], values);
            }
            else
            {
                file.ReadFloats(stored[i], 0, values);
            }
        }
    }

    // The file has the two leading axes the other way round.
    private bool IsSwapped(NetworkTensor tensor) => map?.Layout is { } layout && tensor.Layout is { } own && own != layout;

    // [a, b, …] of the file is [b, a, …] here.
    private void LoadSwapped(SafetensorsTensor source, Span<float> values)
    {
        int rows = (int)source.Shape[0];
        int columns = (int)source.Shape[1];
        int block = values.Length / (rows * columns);
        Span<float> chunk = stackalloc float[ChunkLength];
        for (int index = 0; index < values.Length; index += ChunkLength)
        {
            Span<float> read = chunk.Slice(0, Math.Min(ChunkLength, values.Length - index));
            file.ReadFloats(source, index, read);
            for (int i = 0; i < read.Length; i++)
            {
                int place = (index + i) / block;
                values[((((place % columns) * rows) + (place / columns)) * block) + ((index + i) % block)] = read[i];
            }
        }
    }

    private void CheckOrder()
    {
        if (file.IsFromBackpropGen)
        {
            if (map?.Layout is { } layout)
            {
                throw new WeightsFormatException(
                    $"The file was written by BackpropGen and says itself how its weights are stored; the map says {layout}. Load it without a map, or with WeightMap.Renamed.");
            }

            return;
        }

        foreach (NetworkTensor tensor in tensors)
        {
            if (map?.Layout is null && tensor.Shape.Count > 1)
            {
                throw new WeightsFormatException(
                    $"The file was not written by BackpropGen, so it does not say whether '{tensor}' is stored as [inputs, outputs] or as [outputs, inputs]. Say it: WeightMap.FromPyTorch(…) or WeightMap.Stored(…). It has {file.ListOfTensors()}.");
            }

            if (tensor.Layout is null && tensor.Shape.Count > 1)
            {
                throw new WeightsFormatException(
                    $"The network does not say whether '{tensor}' is stored as [inputs, outputs] or as [outputs, inputs], so it can't be loaded from a file that BackpropGen did not write: give its {nameof(NetworkTensor)} a layout.");
            }
        }
    }

    private void CheckTensors()
    {
        var faults = new List<string>();
        for (int i = 0; i < tensors.Count; i++)
        {
            if (!file.TryFind(names[i], out SafetensorsTensor? found))
            {
                faults.Add($"'{tensors[i]}'{Called(i)} is not in the file");
                continue;
            }

            stored[i] = found;
            int[] expected = tensors[i].Shape.ToArray();
            if (IsSwapped(tensors[i]))
            {
                (expected[0], expected[1]) = (expected[1], expected[0]);
            }

            if (!found.Shape.SequenceEqual(expected.Select(e => (long)e)))
            {
                faults.Add($"'{tensors[i]}'{Called(i)}: found {Quoted.Shape(found.Shape)}, expected {Quoted.Shape(expected)}{(IsSwapped(tensors[i]) ? ", the other way round than here" : string.Empty)}");
            }
            else if (!found.Type.IsFloat())
            {
                faults.Add($"'{tensors[i]}'{Called(i)}: found values of type {found.Type.Name()}, expected F32 (or F64, F16, BF16)");
            }
        }

        AddOthers(faults);
        if (faults.Count > 0)
        {
            string layers = Architectures(out string? difference) && difference is not null ? " " + difference : string.Empty;
            throw new WeightsFormatException($"The file does not fit this network: {string.Join("; ", faults.Take(Quoted.Most))}{(faults.Count > Quoted.Most ? $"; and {Number(faults.Count - Quoted.Most)} more" : string.Empty)}.{layers} The file has {file.ListOfTensors()}. Nothing was loaded.");
        }
    }

    private string Called(int i) => names[i] == tensors[i].Name ? string.Empty : $" ('{Quoted.Name(names[i])}' there)";

    // In a file of this library a name with a dot is somebody else's, who keeps something beside the network.
    private void AddOthers(List<string> faults)
    {
        if (map is not null && map.IgnoresOthers)
        {
            return;
        }

        var own = new HashSet<string>(names, StringComparer.Ordinal);
        foreach (SafetensorsTensor tensor in file.Tensors)
        {
            if (!own.Contains(tensor.Name) && !(file.IsFromBackpropGen && tensor.Name.Contains('.')))
            {
                faults.Add($"the file's '{tensor}' is not in the network");
            }
        }
    }

    private void CheckFingerprint()
    {
        if (!file.IsFromBackpropGen)
        {
            return;
        }

        if (!file.Metadata.TryGetValue(FingerprintKey, out string? found))
        {
            throw new WeightsFormatException($"The file has no '{FingerprintKey}': it was written by BackpropGen, but not as the weights of a network.");
        }

        if (found != network.Fingerprint)
        {
            string difference = Architectures(out string? layers) && layers is not null
                ? layers
                : "Names and shapes of all tensors are the same, so that a layer without parameters or the storage order differs.";
            throw new WeightsFormatException(
                $"The file is of a network with the fingerprint {Quoted.Name(found)}, this one has {network.Fingerprint}. {difference} Load it into a network with the same layers. Nothing was loaded.");
        }
    }

    /// <summary>Where the layers of file and network part.</summary>
    /// <param name="difference">The first place; null where there is none.</param>
    /// <returns>Whether both say their layers.</returns>
    private bool Architectures(out string? difference)
    {
        difference = null;
        if (!file.Metadata.TryGetValue(ArchitectureKey, out string? there) || (network as INetworkArchitecture)?.Architecture is not { } here)
        {
            return false;
        }

        string[] found = there.Split(';');
        string[] expected = here.Split(';');
        for (int i = 0; i < Math.Max(found.Length, expected.Length); i++)
        {
            string f = i < found.Length ? Quoted.Name(found[i]) : "no more layer";
            string e = i < expected.Length ? expected[i] : "no more layer";
            if (f != e)
            {
                difference = i == 0 ? $"The file's input is {f}, this network's {e}." : $"Layer {Number(i)}: found {f}, expected {e}.";
                break;
            }
        }

        return true;
    }

    private void CheckFinite()
    {
        Span<float> chunk = stackalloc float[ChunkLength];
        for (int i = 0; i < stored.Length; i++)
        {
            for (long index = 0; index < stored[i].Length; index += ChunkLength)
            {
                Span<float> read = chunk.Slice(0, (int)Math.Min(ChunkLength, stored[i].Length - index));
                file.ReadFloats(stored[i], index, read);
                int at = FiniteCheck.FirstOther(read);
                if (at >= 0)
                {
                    throw new WeightsFormatException(
                        $"The file's '{stored[i]}' has {FiniteCheck.Text(read[at])} at {FiniteCheck.Place(stored[i].Shape, index + at)}: such weights are of no use. To load them all the same, pass allowNonFinite: true. Nothing was loaded.");
                }
            }
        }
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
