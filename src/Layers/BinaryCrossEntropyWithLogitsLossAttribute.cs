#if BACKPROPGEN_COMPILER
using BackpropGen.Compiler;
using static BackpropGen.Compiler.Maths;
#endif

namespace BackpropGen;

/// <summary>The cross-entropy of logits, <c>−(t·log σ(y) + (1 − t)·log(1 − σ(y)))</c> per element, computed as <c>max(y, 0) − y·t + log(1 + e^−|y|)</c>, which overflows nowhere.</summary>
/// <remarks>Shapes: output [n, …], target the same.</remarks>
public sealed class BinaryCrossEntropyWithLogitsLossAttribute : ElementwiseLossAttribute
{
#if BACKPROPGEN_COMPILER
    internal override Misfit? Judge(ValueKind given) => given is ValueKind.Probabilities or ValueKind.Distribution
        ? new Misfit("logits, for it takes the sigmoid itself", Remedy.RemoveLayer, Remedy.ReplaceLoss<BinaryCrossEntropyLossAttribute>())
        : null;

    internal override Expr Value(Expr y, Expr t) => SoftplusAttribute.Of(y) - (y * t);

    internal override Expr Slope(Expr y, Expr t) => Sigmoid(y) - t;
#endif
}
