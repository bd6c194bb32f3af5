namespace BackpropGen;

/// <summary>How the weights of an affine layer lie in memory.</summary>
public enum WeightLayout
{
    /// <summary>W is [inputs, outputs], Y = X·W: all outputs of one input lie together.</summary>
    InOut,

    /// <summary>W is [outputs, inputs], y = W·x: all inputs of one output lie together. PyTorch's storage; the faster one for a narrow head.</summary>
    OutIn,
}
