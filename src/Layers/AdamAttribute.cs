#if BACKPROPGEN_COMPILER
using BackpropGen.Compiler;
using static BackpropGen.Compiler.Maths;
#endif

namespace BackpropGen;

/// <summary>
/// Adam, <c>m ← β₁·m + (1 − β₁)·g, v ← β₂·v + (1 − β₂)·g², p ← p − rate·m̂/(√v̂ + ε)</c> with <c>m̂ = m/(1 − β₁ᵗ), v̂ = v/(1 − β₂ᵗ)</c>
/// (Kingma and Ba, 2015).
/// </summary>
/// <param name="rate">The learning rate, finite and not negative.</param>
public sealed class AdamAttribute(float rate = 1e-3f) : OptimizerAttribute(rate)
{
    /// <summary>The weight of the past in the gradient's mean, in [0, 1); 0.9 by default.</summary>
    public float Beta1 { get; set; } = 0.9f;

    /// <summary>The weight of the past in the squared gradient's mean, in [0, 1); 0.999 by default.</summary>
    public float Beta2 { get; set; } = 0.999f;

    /// <summary>What keeps the division from exploding, not negative; 1e-8 by default.</summary>
    public float Epsilon { get; set; } = 1e-8f;

    /// <summary>Adds <c>WeightDecay·p</c> to the gradient; not negative, 0 by default. <see cref="AdamWAttribute"/> decays the parameter itself.</summary>
    public float WeightDecay { get; set; }

#if BACKPROPGEN_COMPILER
    internal override void Check(ShapeScope s)
    {
        base.Check(s);
        s.RequireFraction(Beta1, nameof(Beta1));
        s.RequireFraction(Beta2, nameof(Beta2));
        s.RequireNotNegative(Epsilon, nameof(Epsilon));
        s.RequireNotNegative(WeightDecay, nameof(WeightDecay));
    }

    internal override void Define(OptimizerScope s)
    {
        Expr g = WeightDecay == 0 ? s.G : s.Value("d", s.G + (Written.Of(WeightDecay) * s.P));
        Update(s, s.P, g, Written.Of(Beta1), Written.Of(Beta2), Written.Of(Epsilon));
    }

    internal static void Update(OptimizerScope s, Expr p, Expr g, double beta1, double beta2, double epsilon)
    {
        Read m = s.State("m");
        Read v = s.State("v");
        Expr stepSize = s.Scalar("stepSize", s.Rate / (1 - Power(beta1, s.StepNumber)));
        Expr unbias = s.Scalar("unbias", 1 / Sqrt(1 - Power(beta2, s.StepNumber)));
        s.Let(m, (beta1 * m) + ((1 - beta1) * g));
        s.Let(v, (beta2 * v) + ((1 - beta2) * g * g));
        s.Let(s.P, p - (stepSize * m / ((Sqrt(v) * unbias) + epsilon)));
    }
#endif
}
