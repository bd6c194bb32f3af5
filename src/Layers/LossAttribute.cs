#if BACKPROPGEN_COMPILER
using BackpropGen.Compiler;
#endif

namespace BackpropGen;

/// <summary>The base of the attributes that declare a loss; after all layers, one at most.</summary>
public abstract class LossAttribute : NetworkAttribute
{
    private protected LossAttribute()
    {
    }

#if BACKPROPGEN_COMPILER
    /// <summary>What the loss is compared with.</summary>
    internal virtual TargetKind Targets => TargetKind.Values;

    /// <summary>How the total becomes the loss.</summary>
    internal abstract Reduction HowReduced { get; }

    /// <summary>The mean is over samples (and positions), not over all elements.</summary>
    internal virtual bool MeanIsOverPositions => false;

    /// <summary>Why the loss does not fit behind a layer that gives such values; null where it does.</summary>
    internal virtual Misfit? Judge(ValueKind given) => null;

    internal virtual void Check(ShapeScope s) => s.RequireDefined(HowReduced, nameof(Reduction));

    /// <summary>States the total.</summary>
    internal abstract void Define(LossScope s);

    /// <summary>States a better gradient of the output than the derived one; false where the derived one is the best.</summary>
    internal virtual bool DefineBackward(LossScope s) => false;
#endif
}
