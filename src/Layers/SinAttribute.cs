#if BACKPROPGEN_COMPILER
using BackpropGen.Compiler;
using static BackpropGen.Compiler.Maths;
#endif

namespace BackpropGen;

/// <summary>The sine, <c>y = sin(x)</c>.</summary>
/// <remarks>Shapes: [n, …] → the same, whatever it is.</remarks>
public sealed class SinAttribute : ElementwiseAttribute
{
#if BACKPROPGEN_COMPILER
    internal override Expr Value(Expr x) => Sin(x);
#endif
}
