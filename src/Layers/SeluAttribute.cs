#if BACKPROPGEN_COMPILER
using BackpropGen.Compiler;
using static BackpropGen.Compiler.Maths;
#endif

namespace BackpropGen;

/// <summary>The scaled exponential linear unit, <c>y = λ·x</c> where x is positive, <c>λ·α·(eˣ − 1)</c> elsewhere, with λ = 1.0507… and α = 1.6733…, for which activations keep mean 0 and variance 1 (Klambauer et al., "Self-Normalizing Neural Networks", 2017).</summary>
/// <remarks>Shapes: [n, …] → the same, whatever it is.</remarks>
public sealed class SeluAttribute : ElementwiseAttribute
{
#if BACKPROPGEN_COMPILER
    private const double Alpha = 1.6732632423543772848170429916717;
    private const double Scale = 1.0507009873554804934193349852946;

    internal override Expr Value(Expr x) => Scale * Select(x > 0, x, Alpha * Expm1(x));

    internal override Expr Slope(Expr x, Expr y) => Select(y > 0, Scale, y + (Scale * Alpha));
#endif
}
