using System;
#if BACKPROPGEN_COMPILER
using BackpropGen.Compiler;
#endif

namespace BackpropGen;

/// <summary>
/// What the network may need at most: where it needs more, it does not build, and the error says how much it needs and which layer takes most.
/// Stands anywhere among the network's attributes.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface, Inherited = false)]
public sealed class BudgetAttribute : NetworkAttribute
{
    /// <summary>
    /// Bytes that one object may take, at least 1: parameters, gradients, optimizer state, workspace, and the scratch of one thread where
    /// inference does not lie on the stack (on the stack it takes up to 32 KB), with 1,280 for headers and alignment. Without it there is no limit.
    /// </summary>
    public long Bytes { get; set; } = long.MaxValue;

    /// <summary>
    /// Multiply-adds that the inference of one sample may take, at least 1: products that are summed, as in the class's documentation; what is
    /// element-wise is not counted. Without it there is no limit.
    /// </summary>
    public long MultiplyAdds { get; set; } = long.MaxValue;

    /// <summary>
    /// Bytes of C# that may be generated, at least 1: without comments, indentation and empty lines, as UTF-8. Machine code is known only when
    /// that is compiled for a processor; a fifth to a third of it is what was measured. Without it there is no limit.
    /// </summary>
    public long CodeBytes { get; set; } = long.MaxValue;

#if BACKPROPGEN_COMPILER
    internal void Check(ShapeScope s)
    {
        s.RequireSize(Bytes, nameof(Bytes));
        s.RequireSize(MultiplyAdds, nameof(MultiplyAdds));
        s.RequireSize(CodeBytes, nameof(CodeBytes));
    }
#endif
}
