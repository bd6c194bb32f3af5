#if BACKPROPGEN_COMPILER
using BackpropGen.Compiler;
#endif

namespace BackpropGen;

/// <summary>
/// The negative log-likelihood of log-probabilities (what <see cref="LogSoftmaxAttribute"/> gives), <c>−Σⱼ tⱼ·yⱼ</c> per sample. The target is a
/// distribution per sample, or its class.
/// </summary>
/// <remarks>Shapes: output [n, classes], target the same or labels [n]; [n, time, classes] and [n, time]; [n, classes, height, width] and [n, height, width].</remarks>
public sealed class NllLossAttribute : LossAttribute
{
    /// <summary>How the samples' losses become one number; by default their mean.</summary>
    public Reduction Reduction { get; set; }

#if BACKPROPGEN_COMPILER
    internal override TargetKind Targets => TargetKind.ValuesOrLabels;

    internal override Reduction HowReduced => Reduction;

    internal override bool MeanIsOverPositions => true;

    internal override Misfit? Judge(ValueKind given) => given == ValueKind.LogProbabilities
        ? null
        : new Misfit("log-probabilities", given == ValueKind.Distribution ? Remedy.ReplaceLayer<LogSoftmaxAttribute>() : Remedy.ReplaceLoss<CrossEntropyLossAttribute>());

    internal override void Define(LossScope s) => s.Total(-(s.Target * s.Y[[.. s.Axes]]));
#endif
}
