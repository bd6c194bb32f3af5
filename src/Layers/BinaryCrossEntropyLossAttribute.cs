#if BACKPROPGEN_COMPILER
using BackpropGen.Compiler;
using static BackpropGen.Compiler.Maths;
#endif

namespace BackpropGen;

/// <summary>The cross-entropy of probabilities, <c>−(t·log y + (1 − t)·log(1 − y))</c> per element, y in [0, 1]; the logarithms are not below −100.</summary>
/// <remarks>Shapes: output [n, …], target the same.</remarks>
public sealed class BinaryCrossEntropyLossAttribute : ElementwiseLossAttribute
{
#if BACKPROPGEN_COMPILER
    private static Expr ClampedLog(Expr log) => Select(log < -100, -100, log);

    private static Expr ClampedVariance(Expr variance) => Select(variance < 1e-12, 1e-12, variance);

    internal override Misfit? Judge(ValueKind given) => given switch
    {
        ValueKind.Probabilities or ValueKind.Distribution => null,
        ValueKind.LogProbabilities => new Misfit("probabilities", Remedy.ReplaceLoss<NllLossAttribute>()),
        _ => new Misfit("probabilities", Remedy.ReplaceLoss<BinaryCrossEntropyWithLogitsLossAttribute>()),
    };

    internal override Expr Value(Expr y, Expr t) => -((t * ClampedLog(Log(y))) + ((1 - t) * ClampedLog(Log1p(-y))));

    internal override Expr Slope(Expr y, Expr t) => (y - t) / ClampedVariance(y * (1 - y));
#endif
}
