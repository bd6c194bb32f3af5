#if BACKPROPGEN_COMPILER
using BackpropGen.Compiler;
using static BackpropGen.Compiler.Maths;
#endif

namespace BackpropGen;

/// <summary>
/// The logarithm of softmax along the last axis (on images along the channels), <c>yⱼ = (xⱼ − max x) − log Σₖ e^(xₖ − max x)</c>, stable for any input.
/// </summary>
/// <remarks>Shapes: [n, features] → the same; [n, time, features] or [n, channels, height, width] → the same.</remarks>
public sealed class LogSoftmaxAttribute : LayerAttribute
{
#if BACKPROPGEN_COMPILER
    internal override ValueKind? Gives => ValueKind.LogProbabilities;

    internal override void Define(LayerScope s)
    {
        Read max = LayerScope.Local("m", s.Positions)[[.. s.Positions]];
        Read sum = LayerScope.Local("z", s.Positions)[[.. s.Positions]];
        Read log = LayerScope.Local("logz", s.Positions)[[.. s.Positions]];
        Read x = s.X[[.. s.Axes]];
        s.Let(max, Max(s.Classes, x));
        s.Let(sum, Sum(s.Classes, Exp(x - Detach(max))));
        s.Let(log, Log(sum));
        s.Let(s.Y[[.. s.Axes]], x - Detach(max) - log);
    }

    // dx = dy − softmax(x)·Σ dy: from the output alone.
    internal override bool DefineBackward(LayerScope s)
    {
        Read sum = LayerScope.Local("mass", s.Positions)[[.. s.Positions]];
        Read dy = s.DY[[.. s.Axes]];
        s.Let(sum, Sum(s.Classes, dy));
        s.Let(s.DX[[.. s.Axes]], dy - (Exp(s.Y[[.. s.Axes]]) * sum));
        return true;
    }
#endif
}
