#if BACKPROPGEN_COMPILER
using System;
using BackpropGen.Compiler;
using static BackpropGen.Compiler.Maths;
#endif

namespace BackpropGen;

/// <summary>
/// The affine map of the last axis, <c>Y[n,j] = b[j] + Σₖ X[n,k]·W[k,j]</c>, Y = X·W + b: every output is a weighted sum of all inputs, and a bias.
/// </summary>
/// <param name="inputs">Features that arrive, at least 1.</param>
/// <param name="outputs">Features that leave, at least 1.</param>
/// <remarks>Shapes: [n, inputs] → [n, outputs]; [n, time, inputs] → [n, time, outputs]; on images the last axis.</remarks>
public sealed class AffineAttribute(int inputs, int outputs) : LayerAttribute
{
    /// <summary>Features that arrive, at least 1.</summary>
    public int Inputs { get; } = inputs;

    /// <summary>Features that leave, at least 1.</summary>
    public int Outputs { get; } = outputs;

    /// <summary>Whether a bias is added; true by default.</summary>
    public bool Bias { get; set; } = true;

    /// <summary>How the weights lie in memory; [inputs, outputs] by default.</summary>
    public WeightLayout Layout { get; set; }

    /// <summary>How the weights and the bias start; uniform in ±1/√inputs by default.</summary>
    public Initializer Initializer { get; set; }

    /// <summary>False freezes the layer: its gradient is 0, no optimizer touches it. True by default.</summary>
    public bool Trainable { get; set; } = true;

#if BACKPROPGEN_COMPILER
    internal override Shape? DeclaredInput => new(Inputs);

    internal override string? OutputsArgument => "outputs";

    internal override string Architecture => FormattableString.Invariant($"{base.Architecture}({Inputs},{Outputs},{Bias},{Layout})");

    internal override long ParameterCount => ((long)Inputs * Outputs) + (Bias ? Outputs : 0);

    internal override Shape? Infer(ShapeScope s)
    {
        s.RequireSize(Inputs, "inputs");
        s.RequireSize(Outputs, "outputs");
        s.RequireDefined(Layout, nameof(Layout));
        s.RequireDefined(Initializer, nameof(Initializer));
        s.ExpectFeatures(Inputs, "inputs");
        return Outputs < 1 ? null : s.Input?.WithFeatures(Outputs);
    }

    internal override void Define(LayerScope s)
    {
        var k = new Axis("k", Inputs);
        var j = new Axis("j", Outputs);
        (Initialization weights, Initialization bias) = Start();
        Read w = s.Weights("Weights", "w", Layout, weights, Trainable, k, j);
        Fold product = Sum(k, s.X[[.. s.Outer, k]] * w);
        s.Let(s.Y[[.. s.Outer, j]], Bias ? s.Parameter("Bias", "b", bias, Trainable, Outputs)[j] + product : product);
    }

    private (Initialization Weights, Initialization Bias) Start()
    {
        double fanIn = Inputs;
        double fanSum = (double)Inputs + Outputs;
        Initialization zeros = Initialization.Zeros;
        return Initializer switch
        {
            Initializer.GlorotUniform => (Initialization.Uniform(Math.Sqrt(6 / fanSum)), zeros),
            Initializer.GlorotNormal => (Initialization.Normal(Math.Sqrt(2 / fanSum)), zeros),
            Initializer.HeUniform => (Initialization.Uniform(Math.Sqrt(6 / fanIn)), zeros),
            Initializer.HeNormal => (Initialization.Normal(Math.Sqrt(2 / fanIn)), zeros),
            Initializer.Zeros => (zeros, zeros),
            _ => (Initialization.Uniform(1 / Math.Sqrt(fanIn)), Initialization.Uniform(1 / Math.Sqrt(fanIn))),
        };
    }
#endif
}
