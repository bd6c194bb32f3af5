using System.Collections.Generic;

namespace BackpropGen;

/// <summary>What a safetensors file says of one of its tensors. Immutable.</summary>
public sealed class SafetensorsTensor
{
    internal SafetensorsTensor(string name, SafetensorsType type, long[] shape, long begin, long end)
    {
        Name = name;
        Type = type;
        Shape = System.Array.AsReadOnly(shape);
        Begin = begin;
        End = end;
    }

    /// <summary>What it is called, unique in its file.</summary>
    public string Name { get; }

    /// <summary>What its values are.</summary>
    public SafetensorsType Type { get; }

    /// <summary>The extents, outermost first: values lie row-major. None for a single value; an extent may be 0.</summary>
    public IReadOnlyList<long> Shape { get; }

    /// <summary>Where its bytes begin in the file's data, which follow the header.</summary>
    public long Begin { get; }

    /// <summary>Where its bytes end in the file's data: the byte after the last.</summary>
    public long End { get; }

    /// <summary>How many values there are: the product of <see cref="Shape"/>.</summary>
    public long Length => (End - Begin) / Type.Size();

    /// <summary>The name, type and shape, such as <c>0.weight F32 [32, 64]</c>.</summary>
    public override string ToString() => $"{Quoted.Name(Name)} {Type.Name()} {Quoted.Shape(Shape)}";
}
