#if BACKPROPGEN_COMPILER
using BackpropGen.Compiler;
#endif

namespace BackpropGen;

/// <summary>The sum of all outputs of the batch; reads no target. For what is a loss already, and for derivations on paper.</summary>
/// <remarks>Shapes: output [n, …], whatever it is; no target.</remarks>
public sealed class SumLossAttribute : LossAttribute
{
#if BACKPROPGEN_COMPILER
    internal override TargetKind Targets => TargetKind.None;

    internal override Reduction HowReduced => Reduction.Sum;

    internal override void Define(LossScope s) => s.Total(s.Y[[.. s.Axes]]);
#endif
}
