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

    /// <summary>A line: how many samples are worked on so at most.</summary>
    public int MostSamples { get; init; } = 1;

    /// <summary>The same where registers are few.</summary>
    public int MostSamplesInFewRegisters { get; init; } = 1;

    /// <summary>A line: how two samples are worked on at once; null where each is by itself.</summary>
    public MethodPlan? Pairs { get; init; }

    /// <summary>
    /// In as few methods as hold it, though other entry points have parts of it too: inference, and a training step. That of 8-16-16-2 takes 0.91 of
    /// the time so, those 17 to 64 wide 0.89 to 1.04.
    /// </summary>
    public bool IsCalledMost { get; init; }

    /// <summary>The kernels that are methods of their own, because other entry points have them too.</summary>
    public IReadOnlyList<Pass> Passes { get; init; } = [];

    /// <summary>How several threads share it; null where one does all of it.</summary>
    public MethodSplit? Split { get; init; }

    /// <summary>It adds gradients, times a scale, to what is passed to it: to the gradients, or at −rate to the parameters, which is a training step.</summary>
    public bool IsOfAnyScale { get; init; }
}

/// <summary>How several threads share a method.</summary>
/// <param name="MultiplyAdds">What a sample takes: with the number of samples, whether a call is worth waking others; 0 where it is never shared.</param>
/// <param name="Granule">Ranges of samples begin at multiples of this, and totals are summed over groups of so many.</param>
/// <param name="IsWithinPieces">Each piece of the batch is shared, kernel by kernel; otherwise each thread has pieces of its own.</param>
internal sealed record MethodSplit(int MultiplyAdds, int Granule, bool IsWithinPieces);

internal enum MethodForm
{
    /// <summary>A method for each kernel, which loops over the rows of a piece of the batch.</summary>
    Kernels,

    /// <summary>All kernels written out one behind the other, in a loop over the samples.</summary>
    Line,

    /// <summary>The same where there are no vectors: every element of every tensor is a local.</summary>
    ScalarLine,
}
