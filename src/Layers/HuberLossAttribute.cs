#if BACKPROPGEN_COMPILER
using BackpropGen.Compiler;
using static BackpropGen.Compiler.Maths;
#endif

namespace BackpropGen;

/// <summary>The Huber loss, <c>(y − t)²/2</c> per element where |y − t| ≤ delta, <c>delta·(|y − t| − delta/2)</c> elsewhere (Huber, 1964).</summary>
/// <param name="delta">Where the parabola becomes a straight line, above 0.</param>
/// <remarks>Shapes: output [n, …], target the same.</remarks>
public sealed class HuberLossAttribute(float delta = 1) : ElementwiseLossAttribute
{
    /// <summary>Where the parabola becomes a straight line, above 0.</summary>
    public float Delta { get; } = delta;

#if BACKPROPGEN_COMPILER
    internal override void Check(ShapeScope s)
    {
        base.Check(s);
        s.Require(Delta > 0 && !float.IsInfinity(Delta), "delta", "a finite number above 0", Delta);
    }

    internal override Expr Value(Expr y, Expr t) => Select(Abs(y - t) <= Written.Of(Delta), 0.5 * (y - t) * (y - t), Written.Of(Delta) * (Abs(y - t) - (0.5 * Written.Of(Delta))));

    internal override Expr Slope(Expr y, Expr t) => Select(Abs(y - t) <= Written.Of(Delta), y - t, Written.Of(Delta) * Sign(y - t));
#endif
}
