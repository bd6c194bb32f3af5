#if BACKPROPGEN_COMPILER
using BackpropGen.Compiler;
using static BackpropGen.Compiler.Maths;
#endif

namespace BackpropGen;

/// <summary>The logistic function, <c>y = 1 / (1 + e⁻ˣ)</c>; values in (0, 1).</summary>
/// <remarks>Shapes: [n, …] → the same, whatever it is.</remarks>
public sealed class SigmoidAttribute : ElementwiseAttribute
{
#if BACKPROPGEN_COMPILER
    internal override ValueKind? Gives => ValueKind.Probabilities;

    internal override Expr Value(Expr x) => Sigmoid(x);

    internal override Expr Slope(Expr x, Expr y) => y * (1 - y);
#endif
}
