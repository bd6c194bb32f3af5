using System.Collections.Generic;

namespace BackpropGen.Compiler;

/// <summary>How a program is carried out.</summary>
/// <param name="Program">What it computes.</param>
/// <param name="Kernels">Its passes, in order; empty where it is one straight line.</param>
/// <param name="Buffers">Where its own tensors lie.</param>
/// <param name="IsStraightLine">Every value is a local, every loop but the samples' unrolled.</param>
internal sealed record MethodPlan(NetworkProgram Program, IReadOnlyList<Kernel> Kernels, BufferPlan Buffers, bool IsStraightLine);
