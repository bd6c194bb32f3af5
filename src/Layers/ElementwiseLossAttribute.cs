#if BACKPROPGEN_COMPILER
using BackpropGen.Compiler;
#endif

namespace BackpropGen;

/// <summary>The base of the losses that compare every output with its target by itself, and then reduce.</summary>
public abstract class ElementwiseLossAttribute : LossAttribute
{
    private protected ElementwiseLossAttribute()
    {
    }

    /// <summary>How the elements' losses become one number; by default their mean.</summary>
    public Reduction Reduction { get; set; }

#if BACKPROPGEN_COMPILER
    internal sealed override Reduction HowReduced => Reduction;

    /// <summary>The loss of one element: output y, target t.</summary>
    internal abstract Expr Value(Expr y, Expr t);

    /// <summary>Its derivative by y, where it is better than the derived one.</summary>
    internal virtual Expr? Slope(Expr y, Expr t) => null;

    internal sealed override void Define(LossScope s) => s.Total(Value(s.Y[[.. s.Axes]], s.Target));

    internal sealed override bool DefineBackward(LossScope s)
    {
        if (Slope(s.Y[[.. s.Axes]], s.Target) is not { } slope)
        {
            return false;
        }

        s.Let(s.DY[[.. s.Axes]], s.G[[]] * slope);
        return true;
    }
#endif
}
