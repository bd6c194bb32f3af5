using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Globalization;

namespace BackpropGen;

/// <summary>One parameter tensor of a network: what it is called, and where in <see cref="INetwork.Parameters"/> it lies. Immutable.</summary>
public sealed class NetworkTensor
{
    /// <summary>Describes a parameter tensor.</summary>
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

    /// <summary>The name of the class's property for it, such as <c>Affine1Weights</c>.</summary>
    public string Name { get; }

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
