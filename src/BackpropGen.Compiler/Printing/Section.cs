using System.Collections.Generic;
using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>Entry points, and the methods that they call.</summary>
internal sealed class Section
{
    public CodeWriter Entries { get; } = new();

    /// <summary>Kernels in order, which several entry points have.</summary>
    public CodeWriter Passes { get; } = new();

    public CodeWriter Kernels { get; } = new();

    /// <summary>The kernels' names by their keys.</summary>
    public Dictionary<string, string> Names { get; } = [];

    /// <summary>The methods by their names.</summary>
    public Dictionary<string, string> Methods { get; } = [];

    public override string ToString() => string.Join("\n", new[] { Entries, Passes, Kernels }.Select(w => w.ToString()).Where((text, i) => i == 0 || text.Length > 0));
}
