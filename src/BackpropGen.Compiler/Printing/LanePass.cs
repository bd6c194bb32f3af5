using System.Collections.Generic;

namespace BackpropGen.Compiler;

/// <summary>A loop over registers.</summary>
/// <param name="Count">How many side by side.</param>
/// <param name="Register">Of which width.</param>
/// <param name="Overlaps">The last one overlaps the one before.</param>
/// <param name="Offsets">Where each register starts, where there is no loop.</param>
internal sealed record LanePass(int Count, Register Register, bool Overlaps, IReadOnlyList<int>? Offsets = null);
