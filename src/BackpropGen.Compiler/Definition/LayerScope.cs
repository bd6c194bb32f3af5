using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>What a layer states its forward pass with, and, where it knows a better one than the derived, its backward pass.</summary>
internal sealed class LayerScope : StatementScope
{
    private readonly NewParameter newParameter;

    public LayerScope(Origin origin, Tensor x, Tensor y, Axis[] axes, int classDimension, NewParameter newParameter)
        : base(origin)
    {
        this.newParameter = newParameter;
        X = x;
        Y = y;
        Axes = axes;
        ClassDimension = classDimension;
    }

    /// <summary>The input.</summary>
    public Tensor X { get; }

    /// <summary>The output.</summary>
    public Tensor Y { get; }

    /// <summary>The input's letters, the batch first.</summary>
    public Axis[] Axes { get; }

    /// <summary>The input's letters without the last.</summary>
    public Axis[] Outer => Axes.Take(Axes.Length - 1).ToArray();

    /// <summary>The input's last letter.</summary>
    public Axis Features => Axes[Axes.Length - 1];

    /// <summary>The place in <see cref="Axes"/> of the letter along which classes lie.</summary>
    public int ClassDimension { get; }

    public Axis Classes => Axes[ClassDimension];

    /// <summary>All letters but the classes'.</summary>
    public Axis[] Positions => Axes.Where(a => !a.Equals(Classes)).ToArray();

    /// <summary>The gradient of the input, to be stated; set for the backward pass.</summary>
    public Tensor DX { get; init; } = null!;

    /// <summary>The gradient of the output; set for the backward pass.</summary>
    public Tensor DY { get; init; } = null!;

    /// <summary>A parameter tensor: the property's name after the layer's, its symbol, how it starts.</summary>
    public Tensor Parameter(string name, string symbol, Initialization start, bool isTrainable, params Extent[] extents) =>
        newParameter(name, symbol, null, start, isTrainable, extents);

    /// <summary>A parameter tensor of weights between two letters, read at them: the layout says which of the two comes first in memory.</summary>
    public Read Weights(string name, string symbol, WeightLayout layout, Initialization start, bool isTrainable, Axis input, Axis output)
    {
        (Axis first, Axis second) = layout == WeightLayout.InOut ? (input, output) : (output, input);
        return newParameter(name, symbol, layout, start, isTrainable, [first.Extent, second.Extent])[first, second];
    }
}

/// <summary>Makes a layer's parameter tensor.</summary>
internal delegate Tensor NewParameter(string name, string symbol, WeightLayout? layout, Initialization start, bool isTrainable, Extent[] extents);
