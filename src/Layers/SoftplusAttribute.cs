#if BACKPROPGEN_COMPILER
using BackpropGen.Compiler;
using static BackpropGen.Compiler.Maths;
#endif

namespace BackpropGen;

/// <summary>The smooth rectifier, <c>y = log(1 + eˣ)</c>, computed as <c>max(x, 0) + log(1 + e^−|x|)</c>, which overflows nowhere.</summary>
/// <remarks>Shapes: [n, …] → the same, whatever it is.</remarks>
public sealed class SoftplusAttribute : ElementwiseAttribute
{
#if BACKPROPGEN_COMPILER
    internal static Expr Of(Expr x) => Select(x > 0, x, 0) + Log1p(Exp(-Abs(x)));

    internal override Expr Value(Expr x) => Of(x);

    internal override Expr Slope(Expr x, Expr y) => Sigmoid(x);
#endif
}
