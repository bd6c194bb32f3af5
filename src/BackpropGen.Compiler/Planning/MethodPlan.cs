using System.Collections.Generic;

namespace BackpropGen.Compiler;

/// <summary>How a program is carried out.</summary>
/// <param name="Program">What it computes.</param>
/// <param name="Kernels">Its passes, in order; empty where every element is a local.</param>
/// <param name="Buffers">Where its own tensors lie.</param>
/// <param name="Form">What its code looks like.</param>
internal sealed record MethodPlan(NetworkProgram Program, IReadOnlyList<Kernel> Kernels, BufferPlan Buffers, MethodForm Form)
{
    /// <summary>How it is carried out for a few samples, where that is another way; null where it is not.</summary>
    public MethodPlan? Few { get; init; }
}

internal enum MethodForm
{
    /// <summary>A method for each kernel, which loops over the rows of a piece of the batch.</summary>
    Kernels,

    /// <summary>All kernels written out one behind the other, in a loop over the samples.</summary>
    Line,

    /// <summary>The same where there are no vectors: every element of every tensor is a local.</summary>
    ScalarLine,
}
