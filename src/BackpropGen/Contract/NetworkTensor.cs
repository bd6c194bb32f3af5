using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Globalization;

namespace BackpropGen;

/// <summary>One parameter tensor of a network: what it is called, and where in <see cref="INetwork.Parameters"/> it lies. Immutable.</summary>
public sealed class NetworkTensor
{
    /// <summary>Describes a parameter tensor that says nothing of its layer.</summary>
    /// <param name="name">The name of the class's property for it, such as <c>Affine1Weights</c>.</param>
    /// <param name="offset">Index of its first element in <see cref="INetwork.Parameters"/>, not negative.</param>
    /// <param name="isTrainable">False for a frozen tensor: its gradient is 0 and no step changes it.</param>
    /// <param name="shape">The extents, outermost first, each at least 1; at least one.</param>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> or <paramref name="shape"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="name"/> or <paramref name="shape"/> is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="offset"/> is negative, an extent is below 1, or the tensor ends beyond <see cref="int.MaxValue"/>.
    /// </exception>
    public NetworkTensor(string name, int offset, bool isTrainable, params int[] shape)
    {
        if (name is null)
        {
            throw new ArgumentNullException(nameof(name));
        }

        if (name.Length == 0)
        {
            throw new ArgumentException("A tensor's name must not be empty.", nameof(name));
        }

        if (offset < 0)
        {
            throw new ArgumentOutOfRangeException(nameof(offset), offset, "A tensor's offset must not be negative.");
        }

        if (shape is null)
        {
            throw new ArgumentNullException(nameof(shape));
        }

        if (shape.Length == 0)
        {
            throw new ArgumentException("A tensor's shape must have at least one extent.", nameof(shape));
        }

        long length = 1;
        foreach (int extent in shape)
        {
            if (extent < 1)
            {
                throw new ArgumentOutOfRangeException(nameof(shape), extent, "Every extent of a tensor's shape must be at least 1.");
            }

            // At most int.MaxValue before the product, so that a long holds it.
            length *= extent;
            if (offset + length > int.MaxValue)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(shape),
                    string.Format(CultureInfo.InvariantCulture, "The tensor '{0}' ends beyond {1} values.", name, int.MaxValue));
            }
        }

        Name = name;
        Offset = offset;
        IsTrainable = isTrainable;
        Length = (int)length;
        Shape = new ReadOnlyCollection<int>((int[])shape.Clone());
    }

    /// <summary>Describes a parameter tensor of a layer.</summary>
    /// <param name="name">The name of the class's property for it, such as <c>Affine1Weights</c>.</param>
    /// <param name="layer">The name of the layer that it belongs to, such as <c>Affine1</c>: <paramref name="name"/> begins with it.</param>
    /// <param name="layout">Which of the two leading axes is the inputs'; null where the tensor has no such two axes.</param>
    /// <param name="offset">Index of its first element in <see cref="INetwork.Parameters"/>, not negative.</param>
    /// <param name="isTrainable">False for a frozen tensor: its gradient is 0 and no step changes it.</param>
    /// <param name="shape">The extents, outermost first, each at least 1; at least one, and two where <paramref name="layout"/> is given.</param>
    /// <exception cref="ArgumentNullException"><paramref name="name"/>, <paramref name="layer"/> or <paramref name="shape"/> is null.</exception>
    /// <exception cref="ArgumentException">
    /// <paramref name="name"/> or <paramref name="shape"/> is empty, <paramref name="name"/> does not begin with <paramref name="layer"/>,
    /// or a layout is given for fewer than two extents.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="offset"/> is negative, an extent is below 1, the tensor ends beyond <see cref="int.MaxValue"/>, or
    /// <paramref name="layout"/> is no layout.
    /// </exception>
    public NetworkTensor(string name, string layer, WeightLayout? layout, int offset, bool isTrainable, params int[] shape)
        : this(name, offset, isTrainable, shape)
    {
        if (layer is null)
        {
            throw new ArgumentNullException(nameof(layer));
        }

        if (!name.StartsWith(layer, StringComparison.Ordinal))
        {
            throw new ArgumentException("A tensor's name begins with its layer's: '" + name + "' does not begin with '" + layer + "'.", nameof(layer));
        }

        if (layout is not (null or WeightLayout.InOut or WeightLayout.OutIn))
        {
            throw new ArgumentOutOfRangeException(nameof(layout), layout, "A layout is InOut or OutIn, or null.");
        }

        if (layout is not null && shape.Length < 2)
        {
            throw new ArgumentException("A tensor of one axis has no layout of inputs and outputs: pass null.", nameof(layout));
        }

        Layer = layer;
        Layout = layout;
    }

    /// <summary>The name of the class's property for it, such as <c>Affine1Weights</c>.</summary>
    public string Name { get; }

    /// <summary>The name of the layer that it belongs to, such as <c>Affine1</c>, with which <see cref="Name"/> begins; empty where it is not said.</summary>
    public string Layer { get; } = string.Empty;

    /// <summary>
    /// In which order the two leading axes of a weight tensor lie: [inputs, outputs, …] or [outputs, inputs, …]. Null for a tensor without
    /// these two axes (a bias), or where it is not said.
    /// </summary>
    public WeightLayout? Layout { get; }

    /// <summary>Index of the first element in <see cref="INetwork.Parameters"/>.</summary>
    public int Offset { get; }

    /// <summary>How many elements there are: the product of <see cref="Shape"/>.</summary>
    public int Length { get; }

    /// <summary>The extents, outermost first: elements lie row-major.</summary>
    public IReadOnlyList<int> Shape { get; }

    /// <summary>False for a frozen tensor: its gradient is 0 and no step changes it.</summary>
    public bool IsTrainable { get; }

    /// <summary>The name and the shape, such as <c>Affine1Weights [64, 32]</c>.</summary>
    public override string ToString()
    {
        string[] extents = new string[Shape.Count];
        for (int i = 0; i < extents.Length; i++)
        {
            extents[i] = Shape[i].ToString(CultureInfo.InvariantCulture);
        }

        return Name + " [" + string.Join(", ", extents) + "]";
    }
}
