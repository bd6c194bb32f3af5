#if BACKPROPGEN_COMPILER
using BackpropGen.Compiler;
using static BackpropGen.Compiler.Maths;
#endif

namespace BackpropGen;

/// <summary>Mish, <c>y = x·tanh(softplus(x))</c> (Misra, 2019).</summary>
/// <remarks>Shapes: [n, …] → the same, whatever it is.</remarks>
public sealed class MishAttribute : ElementwiseAttribute
{
#if BACKPROPGEN_COMPILER
    internal override Expr Value(Expr x) => x * Tanh(SoftplusAttribute.Of(x));

    internal override Expr Slope(Expr x, Expr y) => Tanh(SoftplusAttribute.Of(x)) + (x * Sigmoid(x) * (1 - (Tanh(SoftplusAttribute.Of(x)) * Tanh(SoftplusAttribute.Of(x)))));
#endif
}
