#if BACKPROPGEN_COMPILER
using BackpropGen.Compiler;
#endif

namespace BackpropGen;

/// <summary>The square, <c>y = x²</c>.</summary>
/// <remarks>Shapes: [n, …] → the same, whatever it is.</remarks>
public sealed class SquareAttribute : ElementwiseAttribute
{
#if BACKPROPGEN_COMPILER
    internal override Expr Value(Expr x) => x * x;

    internal override Expr Slope(Expr x, Expr y) => 2 * x;
#endif
}
