#if BACKPROPGEN_COMPILER
using BackpropGen.Compiler;
using static BackpropGen.Compiler.Maths;
#endif

namespace BackpropGen;

/// <summary>A swish of straight lines, <c>y = x·hardsigmoid(x)</c> (Howard et al., "Searching for MobileNetV3", 2019); its derivative at −3 and 3 is 0.</summary>
/// <remarks>Shapes: [n, …] → the same, whatever it is.</remarks>
public sealed class HardSwishAttribute : ElementwiseAttribute
{
#if BACKPROPGEN_COMPILER
    internal override Expr Value(Expr x) => Select(x <= -3, 0, Select(x >= 3, x, x * ((x * (1.0 / 6)) + 0.5)));

    internal override Expr Slope(Expr x, Expr y) => Select(x <= -3, 0, Select(x > 3, 1, Select(Equal(x, 3), 0, (x * (1.0 / 3)) + 0.5)));
#endif
}
