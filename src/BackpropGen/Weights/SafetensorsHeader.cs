using System;
using System.Collections.Generic;
using System.Globalization;

namespace BackpropGen;

/// <summary>
/// What the header of a safetensors file says, checked: its grammar, every type and size, and that the tensors' bytes cover the data without
/// a hole and without an overlap.
/// </summary>
internal sealed class SafetensorsHeader
{
    /// <summary>The longest header that the format allows, in bytes.</summary>
    public const int Longest = 100_000_000;

    public const string MetadataKey = "__metadata__";

    private SafetensorsHeader(Dictionary<string, SafetensorsTensor> tensors, SafetensorsTensor[] order, Dictionary<string, string> metadata, bool isOwn)
    {
        Tensors = tensors;
        Order = order;
        Metadata = metadata;
        IsOwn = isOwn;
    }

    /// <summary>By their names.</summary>
    public Dictionary<string, SafetensorsTensor> Tensors { get; }

    /// <summary>In the order of their bytes.</summary>
    public SafetensorsTensor[] Order { get; }

    public Dictionary<string, string> Metadata { get; }

    /// <summary>Whether this library wrote it.</summary>
    public bool IsOwn { get; }

    /// <summary>Bytes of data behind the header.</summary>
    public long DataLength => Order.Length == 0 ? 0 : Order[Order.Length - 1].End;

    /// <summary>The header's length, as the first eight bytes say.</summary>
    /// <param name="length">They, as a number without sign.</param>
    /// <param name="room">How many bytes follow at most.</param>
    /// <exception cref="WeightsFormatException">No header is so long, or the file is not.</exception>
    public static int CheckLength(ulong length, long room)
    {
        if (length > Longest)
        {
            throw new WeightsFormatException(
                $"The file begins with {Number(length)} as the length of its header, and at most {Number(Longest)} is legal: it is damaged, or no safetensors file.");
        }

        if ((long)length > room)
        {
            throw new WeightsFormatException(
                $"The file is cut off: its header has {Number(length)} bytes, and {Number(room)} follow.");
        }

        return (int)length;
    }

    /// <summary>Reads a header.</summary>
    /// <param name="text">All its bytes.</param>
    /// <exception cref="WeightsFormatException">It is damaged.</exception>
    public static SafetensorsHeader Parse(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty || text[0] != '{')
        {
            throw new WeightsFormatException("The header does not begin with '{': the file is damaged, or no safetensors file.");
        }

        bool opens = HeaderSeal.Opens(text);
        var tensors = new Dictionary<string, SafetensorsTensor>(StringComparer.Ordinal);
        Dictionary<string, string>? metadata = null;
        var json = new JsonText(text);
        json.Expect((byte)'{', "at its beginning");
        bool isEmpty = json.Take((byte)'}');
        for (bool more = !isEmpty; more; more = json.Take((byte)','))
        {
            string name = json.ReadString("a tensor's name");
            json.Expect((byte)':', "after a name");
            if (name == MetadataKey)
            {
                metadata = metadata is null ? ReadMetadata(ref json) : throw json.Damaged($"'{MetadataKey}' is there twice");
            }
            else
            {
                SafetensorsTensor tensor = ReadTensor(ref json, name);
                if (tensors.ContainsKey(name))
                {
                    throw json.Damaged($"the tensor '{Quoted.Name(name)}' is there twice");
                }

                tensors.Add(name, tensor);
            }

        }

        if (!isEmpty)
        {
            json.Expect((byte)'}', "or ',' after a tensor");
        }

        json.ExpectEnd();
        metadata ??= new Dictionary<string, string>(StringComparer.Ordinal);
        HeaderSeal.Agree(opens, metadata);
        return new SafetensorsHeader(tensors, InOrder(tensors.Values), metadata, opens);
    }

    private static Dictionary<string, string> ReadMetadata(ref JsonText json)
    {
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        json.Expect((byte)'{', $"after '{MetadataKey}'");
        if (json.Take((byte)'}'))
        {
            return metadata;
        }

        do
        {
            string key = json.ReadString("a key of the metadata");
            json.Expect((byte)':', "after a key of the metadata");
            string value = json.ReadString("a value of the metadata");
            if (metadata.ContainsKey(key))
            {
                throw json.Damaged($"the metadata's key '{Quoted.Name(key)}' is there twice");
            }

            metadata.Add(key, value);
        }
        while (json.Take((byte)','));
        json.Expect((byte)'}', "or ',' in the metadata");
        return metadata;
    }

    // {"dtype":"F32","shape":[2,3],"data_offsets":[0,24]}, in any order.
    private static SafetensorsTensor ReadTensor(ref JsonText json, string name)
    {
        string? type = null;
        long[]? shape = null;
        long[]? offsets = null;
        json.Tensor = name;
        json.Expect((byte)'{', "after a name");
        do
        {
            string field = json.ReadString("a field");
            json.Expect((byte)':', "after a field");
            switch (field)
            {
                case "dtype" when type is null:
                    type = json.ReadString("the dtype");
                    break;
                case "shape" when shape is null:
                    shape = json.ReadSizes("an extent");
                    break;
                case "data_offsets" when offsets is null:
                    offsets = json.ReadSizes("an offset");
                    break;
                case "dtype" or "shape" or "data_offsets":
                    throw json.Damaged($"'{field}' is there twice");
                default:
                    throw json.Damaged($"found the field '{Quoted.Name(field)}', expected 'dtype', 'shape' or 'data_offsets'");
            }
        }
        while (json.Take((byte)','));
        json.Expect((byte)'}', "or ',' after a field");
        if (type is null || shape is null || offsets is null)
        {
            throw json.Damaged($"there is no '{(type is null ? "dtype" : shape is null ? "shape" : "data_offsets")}'");
        }

        return Tensor(name, type, shape, offsets);
    }

    private static SafetensorsTensor Tensor(string name, string type, long[] shape, long[] offsets)
    {
        if (!SafetensorsTypes.TryParse(type, out SafetensorsType known))
        {
            throw new WeightsFormatException($"The header says that the tensor '{Quoted.Name(name)}' is of type '{Quoted.Name(type)}'; expected {SafetensorsTypes.All}.");
        }

        if (offsets.Length != 2 || offsets[0] > offsets[1])
        {
            throw new WeightsFormatException(
                $"The header says that the tensor '{Quoted.Name(name)}' has the data_offsets {Quoted.Shape(offsets)}; expected two numbers, the first not above the second.");
        }

        // Through a zero, sizes may be anything: nothing overflows.
        long bytes = Array.IndexOf(shape, 0) >= 0 ? 0 : known.Size();
        foreach (long extent in shape)
        {
            if (bytes != 0 && extent > long.MaxValue / bytes)
            {
                throw new WeightsFormatException($"The header says that the tensor '{Quoted.Name(name)}' has the shape {Quoted.Shape(shape)}: more than 2^63 bytes.");
            }

            bytes *= extent;
        }

        if (bytes != offsets[1] - offsets[0])
        {
            throw new WeightsFormatException(
                $"The header says that the tensor '{Quoted.Name(name)}' has {Number(offsets[1] - offsets[0])} bytes, from {Number(offsets[0])} to {Number(offsets[1])}, but {type} {Quoted.Shape(shape)} takes {Number(bytes)}.");
        }

        return new SafetensorsTensor(name, known, shape, offsets[0], offsets[1]);
    }

    private static SafetensorsTensor[] InOrder(Dictionary<string, SafetensorsTensor>.ValueCollection tensors)
    {
        var order = new SafetensorsTensor[tensors.Count];
        tensors.CopyTo(order, 0);
        Array.Sort(order, static (a, b) => a.Begin != b.Begin ? a.Begin.CompareTo(b.Begin) : a.End.CompareTo(b.End));
        long end = 0;
        for (int i = 0; i < order.Length; i++)
        {
            if (order[i].Begin != end)
            {
                string before = i == 0 ? "the data begin at 0" : $"'{Quoted.Name(order[i - 1].Name)}' ends at {Number(end)}";
                string wrong = order[i].Begin > end ? "there is a hole in the data" : "two tensors overlap";
                throw new WeightsFormatException(
                    $"The header says that {wrong}: {before}, and '{Quoted.Name(order[i].Name)}' begins at {Number(order[i].Begin)}.");
            }

            end = order[i].End;
        }

        return order;
    }

    private static string Number(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);
}
