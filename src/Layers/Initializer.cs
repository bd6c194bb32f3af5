namespace BackpropGen;

/// <summary>How the weights of an affine layer are drawn. All but <see cref="Uniform"/> start the bias at zero.</summary>
public enum Initializer
{
    /// <summary>Weights and bias uniform in ±1/√inputs: PyTorch's default.</summary>
    Uniform,

    /// <summary>Uniform in ±√(6/(inputs + outputs)) (Glorot and Bengio, 2010): for sigmoid and tanh.</summary>
    GlorotUniform,

    /// <summary>Normal with standard deviation √(2/(inputs + outputs)) (Glorot and Bengio, 2010).</summary>
    GlorotNormal,

    /// <summary>Uniform in ±√(6/inputs) (He et al., 2015): for rectifiers.</summary>
    HeUniform,

    /// <summary>Normal with standard deviation √(2/inputs) (He et al., 2015).</summary>
    HeNormal,

    /// <summary>All zero.</summary>
    Zeros,
}
