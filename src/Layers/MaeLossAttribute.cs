#if BACKPROPGEN_COMPILER
using BackpropGen.Compiler;
using static BackpropGen.Compiler.Maths;
#endif

namespace BackpropGen;

/// <summary>The mean absolute error, <c>|y − t|</c> per element; its derivative where y = t is 0.</summary>
/// <remarks>Shapes: output [n, …], target the same.</remarks>
public sealed class MaeLossAttribute : ElementwiseLossAttribute
{
#if BACKPROPGEN_COMPILER
    internal override Expr Value(Expr y, Expr t) => Abs(y - t);
#endif
}
