#if BACKPROPGEN_COMPILER
using BackpropGen.Compiler;
using static BackpropGen.Compiler.Maths;
#endif

namespace BackpropGen;

/// <summary>Softsign, <c>y = x / (1 + |x|)</c>; values in (−1, 1).</summary>
/// <remarks>Shapes: [n, …] → the same, whatever it is.</remarks>
public sealed class SoftsignAttribute : ElementwiseAttribute
{
#if BACKPROPGEN_COMPILER
    internal override Expr Value(Expr x) => x / (1 + Abs(x));

    internal override Expr Slope(Expr x, Expr y) => 1 / ((1 + Abs(x)) * (1 + Abs(x)));
#endif
}
