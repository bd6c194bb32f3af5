#if BACKPROPGEN_COMPILER
using System;
using BackpropGen.Compiler;
using static BackpropGen.Compiler.Maths;
#endif

namespace BackpropGen;

/// <summary>The exponential linear unit, <c>y = x</c> where x is positive, <c>alpha·(eˣ − 1)</c> elsewhere.</summary>
/// <param name="alpha">What large negative values tend to, with a minus; finite.</param>
/// <remarks>Shapes: [n, …] → the same, whatever it is.</remarks>
public sealed class EluAttribute(float alpha = 1) : ElementwiseAttribute
{
    /// <summary>What large negative values tend to, with a minus; finite.</summary>
    public float Alpha { get; } = alpha;

#if BACKPROPGEN_COMPILER
    internal override string Architecture => FormattableString.Invariant($"{base.Architecture}({Alpha})");

    internal override Shape? Infer(ShapeScope s)
    {
        s.RequireFinite(Alpha, "alpha");
        return s.Input;
    }

    internal override Expr Value(Expr x) => Select(x > 0, x, Written.Of(Alpha) * Expm1(x));

    internal override Expr? Slope(Expr x, Expr y) => Alpha >= 0 ? Select(y > 0, 1, y + Written.Of(Alpha)) : null;
#endif
}
