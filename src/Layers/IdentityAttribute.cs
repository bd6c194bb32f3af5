#if BACKPROPGEN_COMPILER
using BackpropGen.Compiler;
#endif

namespace BackpropGen;

/// <summary>Nothing at all, <c>y = x</c>: a place for a name.</summary>
/// <remarks>Shapes: [n, …] → the same, whatever it is.</remarks>
public sealed class IdentityAttribute : ElementwiseAttribute
{
#if BACKPROPGEN_COMPILER
    internal override ValueKind? Gives => null;

    internal override Expr Value(Expr x) => x;
#endif
}
