#if BACKPROPGEN_COMPILER
using BackpropGen.Compiler;
using static BackpropGen.Compiler.Maths;
#endif

namespace BackpropGen;

/// <summary>The rectifier, <c>y = max(x, 0)</c>; its derivative at 0 is 0.</summary>
/// <remarks>Shapes: [n, …] → the same, whatever it is.</remarks>
public sealed class ReluAttribute : ElementwiseAttribute
{
#if BACKPROPGEN_COMPILER
    internal override Expr Value(Expr x) => Select(x < 0, 0, x);

    internal override Expr Slope(Expr x, Expr y) => Select(y <= 0, 0, 1);
#endif
}
