#if BACKPROPGEN_COMPILER
using BackpropGen.Compiler;
using static BackpropGen.Compiler.Maths;
#endif

namespace BackpropGen;

/// <summary>
/// RMSprop, <c>v ← α·v + (1 − α)·g², p ← p − rate·g/(√v + ε)</c> (Tieleman and Hinton, 2012).
/// </summary>
/// <param name="rate">The learning rate, finite and not negative.</param>
public sealed class RmsPropAttribute(float rate = 1e-2f) : OptimizerAttribute(rate)
{
    /// <summary>The weight of the past in the squared gradient's mean, in [0, 1); 0.99 by default.</summary>
    public float Alpha { get; set; } = 0.99f;

    /// <summary>What keeps the division from exploding, not negative; 1e-8 by default.</summary>
    public float Epsilon { get; set; } = 1e-8f;

#if BACKPROPGEN_COMPILER
    internal override void Check(ShapeScope s)
    {
        base.Check(s);
        s.RequireFraction(Alpha, nameof(Alpha));
        s.RequireNotNegative(Epsilon, nameof(Epsilon));
    }

    internal override void Define(OptimizerScope s)
    {
        double alpha = Written.Of(Alpha);
        Read v = s.State("v");
        s.Let(v, (alpha * v) + ((1 - alpha) * s.G * s.G));
        s.Let(s.P, s.P - (s.Rate * s.G / (Sqrt(v) + Written.Of(Epsilon))));
    }
#endif
}
