using System;
#if BACKPROPGEN_COMPILER
using BackpropGen.Compiler;
#endif

namespace BackpropGen;

/// <summary>
/// How many samples the workspace holds. A batch has any number of samples; what the workspace does not hold is worked off in pieces.
/// Stands anywhere among the network's attributes; without it the compiler chooses: what the second cache holds, 1 MB, or as much as the
/// parameters take where those are more.
/// </summary>
/// <param name="samples">Samples, at least 1.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface, Inherited = false)]
public sealed class WorkspaceAttribute(int samples) : NetworkAttribute
{
    /// <summary>Samples, at least 1.</summary>
    public int Samples { get; } = samples;

#if BACKPROPGEN_COMPILER
    internal void Check(ShapeScope s) => s.RequireSize(Samples, "samples");
#endif
}
