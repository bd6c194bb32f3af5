#if BACKPROPGEN_COMPILER
using BackpropGen.Compiler;
using static BackpropGen.Compiler.Maths;
#endif

namespace BackpropGen;

/// <summary>A sigmoid of straight lines, <c>y = min(max(x/6 + 1/2, 0), 1)</c>; its derivative at −3 and 3 is 0.</summary>
/// <remarks>Shapes: [n, …] → the same, whatever it is.</remarks>
public sealed class HardSigmoidAttribute : ElementwiseAttribute
{
#if BACKPROPGEN_COMPILER
    internal override ValueKind? Gives => ValueKind.Probabilities;

    internal override Expr Value(Expr x) => Select(x <= -3, 0, Select(x >= 3, 1, (x * (1.0 / 6)) + 0.5));

    internal override Expr Slope(Expr x, Expr y) => Select(Abs(x) >= 3, 0, 1.0 / 6);
#endif
}
