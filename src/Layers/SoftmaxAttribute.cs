#if BACKPROPGEN_COMPILER
using BackpropGen.Compiler;
using static BackpropGen.Compiler.Maths;
#endif

namespace BackpropGen;

/// <summary>
/// Softmax along the last axis (on images along the channels), <c>yⱼ = e^(xⱼ − max x) / Σₖ e^(xₖ − max x)</c>: a distribution, stable for any input.
/// </summary>
/// <remarks>Shapes: [n, features] → the same; [n, time, features] or [n, channels, height, width] → the same.</remarks>
public sealed class SoftmaxAttribute : LayerAttribute
{
#if BACKPROPGEN_COMPILER
    internal override ValueKind? Gives => ValueKind.Distribution;

    internal override void Define(LayerScope s)
    {
        Read max = LayerScope.Local("m", s.Positions)[[.. s.Positions]];
        Read e = LayerScope.Local("e", s.Axes)[[.. s.Axes]];
        Read sum = LayerScope.Local("z", s.Positions)[[.. s.Positions]];
        s.Let(max, Max(s.Classes, s.X[[.. s.Axes]]));
        s.Let(e, Exp(s.X[[.. s.Axes]] - Detach(max)));
        s.Let(sum, Sum(s.Classes, e));
        s.Let(s.Y[[.. s.Axes]], e / sum);
    }

    // dx = y·(dy − Σ dy·y): from the output alone.
    internal override bool DefineBackward(LayerScope s)
    {
        Read inner = LayerScope.Local("inner", s.Positions)[[.. s.Positions]];
        Read y = s.Y[[.. s.Axes]];
        Read dy = s.DY[[.. s.Axes]];
        s.Let(inner, Sum(s.Classes, dy * y));
        s.Let(s.DX[[.. s.Axes]], y * (dy - inner));
        return true;
    }
#endif
}
