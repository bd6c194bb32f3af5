#if BACKPROPGEN_COMPILER
using BackpropGen.Compiler;
#endif

namespace BackpropGen;

/// <summary>
/// Stochastic gradient descent, <c>p ← p − rate·g</c>; with momentum <c>v ← momentum·v + g, p ← p − rate·v</c>; with Nesterov's
/// <c>p ← p − rate·(g + momentum·v)</c>.
/// </summary>
/// <param name="rate">The learning rate, finite and not negative.</param>
public sealed class SgdAttribute(float rate) : OptimizerAttribute(rate)
{
    /// <summary>How much of the last step goes into this one, in [0, 1); 0 by default.</summary>
    public float Momentum { get; set; }

    /// <summary>Looks one step ahead; wants a momentum. False by default.</summary>
    public bool Nesterov { get; set; }

    /// <summary>Adds <c>WeightDecay·p</c> to the gradient; not negative, 0 by default.</summary>
    public float WeightDecay { get; set; }

#if BACKPROPGEN_COMPILER
    internal override void Check(ShapeScope s)
    {
        base.Check(s);
        s.RequireFraction(Momentum, nameof(Momentum));
        s.RequireNotNegative(WeightDecay, nameof(WeightDecay));
        s.Require(!Nesterov || Momentum > 0, nameof(Nesterov), "false where there is no Momentum", "true");
    }

    internal override void Define(OptimizerScope s)
    {
        double momentum = Written.Of(Momentum);
        Expr g = WeightDecay == 0 ? s.G : s.Value("d", s.G + (Written.Of(WeightDecay) * s.P));
        Expr step = g;
        if (Momentum != 0)
        {
            Read v = s.State("v");
            s.Let(v, (momentum * v) + g);
            step = Nesterov ? g + (momentum * v) : v;
        }

        s.Let(s.P, s.P - (s.Rate * step));
    }
#endif
}
