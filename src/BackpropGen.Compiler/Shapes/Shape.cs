using System.Globalization;
using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>The shape of one sample: [features], [time, features] or [channels, height, width].</summary>
internal sealed record Shape(EquatableArray<int> Sizes)
{
    public Shape(params int[] sizes)
        : this(sizes.ToEquatableArray())
    {
    }

    /// <summary>The last axis: what an affine layer acts on.</summary>
    public int Features => Sizes[Sizes.Count - 1];

    /// <summary>The axis along which classes lie: the last, on images the channels.</summary>
    public int ClassDimension => Sizes.Count == 3 ? 0 : Sizes.Count - 1;

    public int Classes => Sizes[ClassDimension];

    /// <summary>Values per sample; more than an array can hold where they overflow.</summary>
    public long Size => Sizes.Aggregate(1L, (size, s) => size > int.MaxValue ? size : size * s);

    public Shape WithFeatures(int features) => new(Sizes.Take(Sizes.Count - 1).Append(features).ToEquatableArray());

    /// <summary>What a shape of so many dimensions is.</summary>
    public static string InWords(int dimensions) => dimensions switch
    {
        1 => "a flat vector",
        2 => "a sequence [time, features]",
        _ => "an image [channels, height, width]",
    };

    public override string ToString() => string.Join("×", Sizes.Select(s => s.ToString(CultureInfo.InvariantCulture)));
}
