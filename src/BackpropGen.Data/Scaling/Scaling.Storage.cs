using System;

namespace BackpropGen.Data;

public sealed partial class Scaling
{
    private const string OffsetSuffix = ".offset";
    private const string ScaleSuffix = ".scale";

    /// <summary>
    /// Adds the scaling to a file, beside the weights that were trained with it: <c>Weights.AddTo(file, net); inputs.AddTo(file, "inputs"); file.Write(path);</c>. It
    /// becomes the tensors <c>name.offset</c> and <c>name.scale</c>, [<see cref="Size"/>] each; for their dot, <see cref="Weights"/> passes over them.
    /// </summary>
    /// <param name="file">The file.</param>
    /// <param name="name">What the scaling is called there: <c>inputs</c> or <c>targets</c>, say.</param>
    /// <exception cref="ArgumentException">The name is empty, or the file has it already.</exception>
    public void AddTo(SafetensorsWriter file, string name)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentException.ThrowIfNullOrEmpty(name);
        file.Add(name + OffsetSuffix, _offsets);
        file.Add(name + ScaleSuffix, _scales);
    }

    /// <summary>Loads a scaling from a file that <see cref="AddTo"/> put it into.</summary>
    /// <param name="file">The file, from which <see cref="Weights"/> loads the network.</param>
    /// <param name="name">What the scaling is called there.</param>
    /// <param name="size">How many values a sample has: the network's <c>InputSize</c> or <c>OutputSize</c>.</param>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The size is below 1.</exception>
    /// <exception cref="WeightsFormatException">The file has no such scaling, it is of another size or type, or has values that no scaling has.</exception>
    public static Scaling Load(SafetensorsFile file, string name, int size)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        float[] offsets = Read(file, name + OffsetSuffix, size);
        float[] scales = Read(file, name + ScaleSuffix, size);
        try
        {
            return new Scaling(offsets, scales);
        }
        catch (ArgumentException exception)
        {
            throw new WeightsFormatException($"The scaling '{name}' of the file is none: {exception.Message}", exception);
        }
    }

    private static float[] Read(SafetensorsFile file, string name, int size)
    {
        if (!file.TryFind(name, out SafetensorsTensor? tensor))
        {
            throw new WeightsFormatException($"The file has no tensor '{name}'; expected one of [{size}], which {nameof(Scaling)}.{nameof(AddTo)} puts there.");
        }

        if (tensor.Type != SafetensorsType.F32 || tensor.Shape.Count != 1 || tensor.Shape[0] != size)
        {
            throw new WeightsFormatException($"The file has the tensor {tensor}; expected '{name}' F32 [{size}].");
        }

        var values = new float[size];
        file.ReadFloats(name, values);
        return values;
    }
}
