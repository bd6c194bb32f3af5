namespace BackpropGen.Compiler;

/// <summary>A parameter tensor's place in <c>Parameters</c>.</summary>
/// <param name="Name">The property's name: <c>Affine1Weights</c>.</param>
/// <param name="Layer">The layer's name, with which the property's begins: <c>Affine1</c>.</param>
/// <param name="Layout">Which of the two leading axes is the inputs'; null where the tensor has no such two axes.</param>
/// <param name="Offset">Its first element.</param>
/// <param name="Length">Its number of elements.</param>
/// <param name="IsTrainable">False where the layer is frozen: its gradient is 0 and no optimizer touches it.</param>
/// <param name="Start">How it is initialized.</param>
internal sealed record ParameterSlot(string Name, string Layer, WeightLayout? Layout, int Offset, int Length, bool IsTrainable, Initialization Start);

/// <summary>How a tensor's values are drawn.</summary>
/// <param name="Kind">The distribution.</param>
/// <param name="Scale">The bound of a uniform distribution, the standard deviation of a normal one.</param>
internal sealed record Initialization(InitializationKind Kind, double Scale)
{
    public static Initialization Zeros { get; } = new(InitializationKind.Zeros, 0);

    public static Initialization Uniform(double bound) => new(InitializationKind.Uniform, bound);

    public static Initialization Normal(double standardDeviation) => new(InitializationKind.Normal, standardDeviation);
}

internal enum InitializationKind
{
    Zeros,
    Uniform,
    Normal,
}
