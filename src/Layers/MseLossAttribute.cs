#if BACKPROPGEN_COMPILER
using BackpropGen.Compiler;
#endif

namespace BackpropGen;

/// <summary>The mean squared error, <c>(y − t)²</c> per element.</summary>
/// <remarks>Shapes: output [n, …], target the same.</remarks>
public sealed class MseLossAttribute : ElementwiseLossAttribute
{
#if BACKPROPGEN_COMPILER
    internal override Expr Value(Expr y, Expr t) => (y - t) * (y - t);

    internal override Expr Slope(Expr y, Expr t) => 2 * (y - t);
#endif
}
