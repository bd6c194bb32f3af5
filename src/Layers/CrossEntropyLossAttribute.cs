#if BACKPROPGEN_COMPILER
using BackpropGen.Compiler;
using static BackpropGen.Compiler.Maths;
#endif

namespace BackpropGen;

/// <summary>
/// The cross-entropy of logits, <c>−Σⱼ tⱼ·log softmax(y)ⱼ</c> per sample. The target is a distribution per sample, or its class.
/// </summary>
/// <remarks>Shapes: output [n, classes], target the same or labels [n]; [n, time, classes] and [n, time]; [n, classes, height, width] and [n, height, width].</remarks>
public sealed class CrossEntropyLossAttribute : LossAttribute
{
    /// <summary>How the samples' losses become one number; by default their mean.</summary>
    public Reduction Reduction { get; set; }

#if BACKPROPGEN_COMPILER
    internal override TargetKind Targets => TargetKind.ValuesOrLabels;

    internal override Reduction HowReduced => Reduction;

    internal override bool MeanIsOverPositions => true;

    internal override Misfit? Judge(ValueKind given) =>
        given == ValueKind.Distribution ? new Misfit("logits, for it takes the softmax itself", Remedy.RemoveLayer) : null;

    internal override void Define(LossScope s)
    {
        (Read max, _, Read sum) = Exponentials(s);
        Read log = LossScope.Local("logz", s.Positions)[[.. s.Positions]];
        s.Let(log, Log(sum));
        s.Total(s.Target * (log - (s.Y[[.. s.Axes]] - Detach(max))));
    }

    // dy = softmax(y)·Σ t − t, and a label's Σ t is 1.
    internal override bool DefineBackward(LossScope s)
    {
        (_, Read e, Read sum) = Exponentials(s);
        Read scale = LossScope.Local("scale", s.Positions)[[.. s.Positions]];
        if (s.HasLabels)
        {
            s.Let(scale, s.G[[]] / sum);
        }
        else
        {
            Read mass = LossScope.Local("mass", s.Positions)[[.. s.Positions]];
            s.Let(mass, Sum(s.Classes, s.Target));
            s.Let(scale, s.G[[]] * mass / sum);
        }

        s.Let(s.DY[[.. s.Axes]], (scale * e) - (s.G[[]] * s.Target));
        return true;
    }

    private static (Read Max, Read Exponential, Read Sum) Exponentials(LossScope s)
    {
        Read max = LossScope.Local("m", s.Positions)[[.. s.Positions]];
        Read e = LossScope.Local("e", s.Axes)[[.. s.Axes]];
        Read sum = LossScope.Local("z", s.Positions)[[.. s.Positions]];
        s.Let(max, Max(s.Classes, s.Y[[.. s.Axes]]));
        s.Let(e, Exp(s.Y[[.. s.Axes]] - Detach(max)));
        s.Let(sum, Sum(s.Classes, e));
        return (max, e, sum);
    }
#endif
}
