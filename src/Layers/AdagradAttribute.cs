#if BACKPROPGEN_COMPILER
using BackpropGen.Compiler;
using static BackpropGen.Compiler.Maths;
#endif

namespace BackpropGen;

/// <summary>
/// Adagrad, <c>v ← v + g², p ← p − rate·g/(√v + ε)</c> (Duchi, Hazan and Singer, 2011).
/// </summary>
/// <param name="rate">The learning rate, finite and not negative.</param>
public sealed class AdagradAttribute(float rate = 1e-2f) : OptimizerAttribute(rate)
{
    /// <summary>What keeps the division from exploding, not negative; 1e-10 by default.</summary>
    public float Epsilon { get; set; } = 1e-10f;

#if BACKPROPGEN_COMPILER
    internal override void Check(ShapeScope s)
    {
        base.Check(s);
        s.RequireNotNegative(Epsilon, nameof(Epsilon));
    }

    internal override void Define(OptimizerScope s)
    {
        Read v = s.State("v");
        s.Let(v, v + (s.G * s.G));
        s.Let(s.P, s.P - (s.Rate * s.G / (Sqrt(v) + Written.Of(Epsilon))));
    }
#endif
}
