#if BACKPROPGEN_COMPILER
using System;
using BackpropGen.Compiler;
using static BackpropGen.Compiler.Maths;
#endif

namespace BackpropGen;

/// <summary>The Gaussian error linear unit, <c>y = x·Φ(x) = x/2·(1 + erf(x/√2))</c> (Hendrycks and Gimpel, 2016).</summary>
/// <remarks>Shapes: [n, …] → the same, whatever it is.</remarks>
public sealed class GeluAttribute : ElementwiseAttribute
{
#if BACKPROPGEN_COMPILER
    internal override Expr Value(Expr x) => 0.5 * x * (1 + Erf(x * Math.Sqrt(0.5)));

    internal override Expr Slope(Expr x, Expr y) => (0.5 * (1 + Erf(x * Math.Sqrt(0.5)))) + (x * Exp(-0.5 * x * x) * (1 / Math.Sqrt(2 * Math.PI)));
#endif
}
