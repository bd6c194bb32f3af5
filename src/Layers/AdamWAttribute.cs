#if BACKPROPGEN_COMPILER
using BackpropGen.Compiler;
#endif

namespace BackpropGen;

/// <summary>
/// Adam with decoupled weight decay, <c>p ← p·(1 − rate·WeightDecay)</c> before Adam's step (Loshchilov and Hutter, 2019).
/// </summary>
/// <param name="rate">The learning rate, finite and not negative.</param>
public sealed class AdamWAttribute(float rate = 1e-3f) : OptimizerAttribute(rate)
{
    /// <summary>The weight of the past in the gradient's mean, in [0, 1); 0.9 by default.</summary>
    public float Beta1 { get; set; } = 0.9f;

    /// <summary>The weight of the past in the squared gradient's mean, in [0, 1); 0.999 by default.</summary>
    public float Beta2 { get; set; } = 0.999f;

    /// <summary>What keeps the division from exploding, not negative; 1e-8 by default.</summary>
    public float Epsilon { get; set; } = 1e-8f;

    /// <summary>How much of a parameter every step takes away, times the rate; not negative, 0.01 by default.</summary>
    public float WeightDecay { get; set; } = 1e-2f;

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
        Expr p = WeightDecay == 0 ? s.P : s.P * s.Scalar("keep", 1 - (s.Rate * Written.Of(WeightDecay)));
        AdamAttribute.Update(s, p, s.G, Written.Of(Beta1), Written.Of(Beta2), Written.Of(Epsilon));
    }
#endif
}
