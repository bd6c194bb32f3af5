#if BACKPROPGEN_COMPILER
using BackpropGen.Compiler;
using static BackpropGen.Compiler.Maths;
#endif

namespace BackpropGen;

/// <summary>The sigmoid linear unit or swish, <c>y = x·σ(x)</c>.</summary>
/// <remarks>Shapes: [n, …] → the same, whatever it is.</remarks>
public sealed class SiluAttribute : ElementwiseAttribute
{
#if BACKPROPGEN_COMPILER
    internal override Expr Value(Expr x) => x * Sigmoid(x);

    internal override Expr Slope(Expr x, Expr y) => Sigmoid(x) * (1 + (x * (1 - Sigmoid(x))));
#endif
}
