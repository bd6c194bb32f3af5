#if BACKPROPGEN_COMPILER
using BackpropGen.Compiler;
using static BackpropGen.Compiler.Maths;
#endif

namespace BackpropGen;

/// <summary>The hyperbolic tangent, <c>y = tanh(x)</c>; values in (−1, 1).</summary>
/// <remarks>Shapes: [n, …] → the same, whatever it is.</remarks>
public sealed class TanhAttribute : ElementwiseAttribute
{
#if BACKPROPGEN_COMPILER
    internal override Expr Value(Expr x) => Tanh(x);

    internal override Expr Slope(Expr x, Expr y) => 1 - (y * y);
#endif
}
