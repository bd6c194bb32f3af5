#if BACKPROPGEN_COMPILER
using System;
using BackpropGen.Compiler;
using static BackpropGen.Compiler.Maths;
#endif

namespace BackpropGen;

/// <summary>The logarithm of the hyperbolic cosine, <c>log cosh(y − t)</c> per element: a smooth absolute error.</summary>
/// <remarks>Shapes: output [n, …], target the same.</remarks>
public sealed class LogCoshLossAttribute : ElementwiseLossAttribute
{
#if BACKPROPGEN_COMPILER
    // log cosh d = d + log(1 + e⁻²ᵈ) − log 2 would lose all digits near 0; with u = eᵈ − 1, cosh d − 1 = u²/(2(1 + u)) loses none.
    private static Expr Value(Expr d) => Select(
        d <= 1,
        Log1p(Expm1(d) * Expm1(d) / (2 + (2 * Expm1(d)))),
        d + Log1p(Exp(-2 * d)) - Math.Log(2));

    internal override Expr Value(Expr y, Expr t) => Value(Abs(y - t));

    internal override Expr Slope(Expr y, Expr t) => Tanh(y - t);
#endif
}
