#if BACKPROPGEN_COMPILER
using BackpropGen.Compiler;
using static BackpropGen.Compiler.Maths;
#endif

namespace BackpropGen;

/// <summary>The identity cut off at −1 and 1, <c>y = min(max(x, −1), 1)</c>; its derivative there is 0.</summary>
/// <remarks>Shapes: [n, …] → the same, whatever it is.</remarks>
public sealed class HardTanhAttribute : ElementwiseAttribute
{
#if BACKPROPGEN_COMPILER
    internal override Expr Value(Expr x) => Select(x <= -1, -1, Select(x >= 1, 1, x));

    internal override Expr Slope(Expr x, Expr y) => Select(Abs(y) >= 1, 0, 1);
#endif
}
