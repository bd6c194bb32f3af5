using System.Collections.Generic;
using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>A named array of numbers, row-major. Two tensors are the same only where they are the same object.</summary>
internal sealed class Tensor(string symbol, TensorRole role, ElementKind element, params Extent[] extents)
{
    /// <summary>Its name in formulas and in the code: <c>w1</c>, <c>dy2</c>.</summary>
    public string Symbol { get; set; } = symbol;

    public TensorRole Role { get; } = role;

    public ElementKind Element { get; } = element;

    public IReadOnlyList<Extent> Extents { get; } = extents;

    /// <summary>Where the parameter (or its gradient) lies among all, and what users call it; null for what is no parameter.</summary>
    public ParameterSlot? Slot { get; init; }

    /// <summary>It stays from call to call.</summary>
    public bool IsStored => Role is TensorRole.Parameter or TensorRole.Gradient or TensorRole.OptimizerState;

    /// <summary>The first extent is the batch.</summary>
    public bool HasBatch => Extents.Count > 0 && Extents[0].Kind == ExtentKind.Rows;

    /// <summary>Values per sample, or all values of a tensor without a batch.</summary>
    public int SizePerSample => Extents.Where(e => e.IsConstant).Aggregate(1, (size, e) => checked(size * e.Value));

    public Read this[params Index[] at] => new(this, at.ToEquatableArray());

    public override string ToString() => Symbol;
}

internal enum TensorRole
{
    Input,
    Target,
    Labels,
    Parameter,
    Gradient,
    OptimizerState,
    Output,
    OutputGradient,
    InputGradient,
    Prediction,
    Local,

    /// <summary>A number of the call: a rate, a step count, a scale.</summary>
    Scalar,
}

internal enum ElementKind
{
    F32,
    F64,
    I32,
}
