using System.Collections.Generic;

namespace BackpropGen.Compiler;

/// <summary>Entry points, and the methods that they call.</summary>
internal sealed class Section
{
    public CodeWriter Entries { get; } = new();

    public CodeWriter Kernels { get; } = new();

    /// <summary>The kernels' names by their keys.</summary>
    public Dictionary<string, string> Names { get; } = [];

    /// <summary>The methods by their names.</summary>
    public Dictionary<string, string> Methods { get; } = [];

    public override string ToString() => Entries.ToString() + (Kernels.ToString() is { Length: > 0 } kernels ? "\n" + kernels : string.Empty);
}
