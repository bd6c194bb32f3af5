#if BACKPROPGEN_COMPILER
using BackpropGen.Compiler;
#endif

namespace BackpropGen;

/// <summary>The base of the attributes that add a layer.</summary>
public abstract class LayerAttribute : NetworkAttribute
{
    private protected LayerAttribute()
    {
    }

    /// <summary>
    /// The layer's name, an identifier: its parameters' properties are called after it (<c>Name = "Hidden"</c> gives <c>HiddenWeights</c>).
    /// Without one they are called after the layer's kind and its place among its kind (<c>Affine1Weights</c>).
    /// </summary>
    public string? Name { get; set; }

#if BACKPROPGEN_COMPILER
    /// <summary>The layer's own size of what it gives, which stands even where what arrives does not fit; null where it has none.</summary>
    internal virtual Shape? DeclaredInput => null;

    /// <summary>The constructor's parameter that says how many features the layer gives; null where none does.</summary>
    internal virtual string? OutputsArgument => null;

    /// <summary>What the values that the layer gives are; null where they are what they were before it.</summary>
    internal virtual ValueKind? Gives => ValueKind.Numbers;

    /// <summary>What of the layer decides which parameters fit: its kind, its sizes, their storage order.</summary>
    internal virtual string Architecture => GetType().Name;

    /// <summary>How many parameters the layer has.</summary>
    internal virtual long ParameterCount => 0;

    /// <summary>The shape rule: what the layer gives for <see cref="ShapeScope.Input"/>, null where it can't be known.</summary>
    internal virtual Shape? Infer(ShapeScope s) => s.Input;

    /// <summary>States the forward pass.</summary>
    internal abstract void Define(LayerScope s);

    /// <summary>States a better backward pass than the derived one, for the input's gradient; false where the derived one is the best.</summary>
    internal virtual bool DefineBackward(LayerScope s) => false;
#endif
}
