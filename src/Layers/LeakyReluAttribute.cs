#if BACKPROPGEN_COMPILER
using System;
using BackpropGen.Compiler;
using static BackpropGen.Compiler.Maths;
#endif

namespace BackpropGen;

/// <summary>The leaky rectifier, <c>y = x</c> where x is positive, <c>slope·x</c> elsewhere; its derivative at 0 is the slope.</summary>
/// <param name="slope">The factor of negative values, finite.</param>
/// <remarks>Shapes: [n, …] → the same, whatever it is.</remarks>
public sealed class LeakyReluAttribute(float slope = 0.01f) : ElementwiseAttribute
{
    /// <summary>The factor of negative values, finite.</summary>
    public float NegativeSlope { get; } = slope;

#if BACKPROPGEN_COMPILER
    internal override string Architecture => FormattableString.Invariant($"{base.Architecture}({NegativeSlope})");

    internal override Shape? Infer(ShapeScope s)
    {
        s.RequireFinite(NegativeSlope, "slope");
        return s.Input;
    }

    internal override Expr Value(Expr x) => Select(x > 0, x, Written.Of(NegativeSlope) * x);

    internal override Expr Slope(Expr x, Expr y) => Select((NegativeSlope >= 0 ? y : x) > 0, 1, Written.Of(NegativeSlope));
#endif
}
