#if BACKPROPGEN_COMPILER
using BackpropGen.Compiler;
#endif

namespace BackpropGen;

/// <summary>The base of the attributes that declare an optimizer; last of all, one at most.</summary>
public abstract class OptimizerAttribute : NetworkAttribute
{
    private protected OptimizerAttribute(float rate) => Rate = rate;

    /// <summary>The learning rate that training starts with, finite and not negative; 0 changes nothing.</summary>
    public float Rate { get; }

#if BACKPROPGEN_COMPILER
    internal virtual void Check(ShapeScope s) => s.RequireNotNegative(Rate, "rate");

    /// <summary>States the update of one parameter p from its gradient g.</summary>
    internal abstract void Define(OptimizerScope s);
#endif
}
