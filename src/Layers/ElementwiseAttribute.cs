#if BACKPROPGEN_COMPILER
using BackpropGen.Compiler;
#endif

namespace BackpropGen;

/// <summary>The base of the layers that map every value by itself; any shape goes through them.</summary>
public abstract class ElementwiseAttribute : LayerAttribute
{
    private protected ElementwiseAttribute()
    {
    }

#if BACKPROPGEN_COMPILER
    /// <summary>y as a function of x.</summary>
    internal abstract Expr Value(Expr x);

    /// <summary>dy/dx, where it reads better or is more exact than the derivative of <see cref="Value"/>: from y, x need not be kept.</summary>
    internal virtual Expr? Slope(Expr x, Expr y) => null;

    internal sealed override void Define(LayerScope s) => s.Let(s.Y[[.. s.Axes]], Value(s.X[[.. s.Axes]]));

    internal sealed override bool DefineBackward(LayerScope s)
    {
        if (Slope(s.X[[.. s.Axes]], s.Y[[.. s.Axes]]) is not { } slope)
        {
            return false;
        }

        s.Let(s.DX[[.. s.Axes]], s.DY[[.. s.Axes]] * slope);
        return true;
    }
#endif
}
