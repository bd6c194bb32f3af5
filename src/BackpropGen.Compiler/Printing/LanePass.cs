using System.Collections.Generic;
using System.Globalization;

namespace BackpropGen.Compiler;

/// <summary>A loop over registers.</summary>
/// <param name="Count">How many side by side.</param>
/// <param name="Register">Of which width.</param>
/// <param name="Overlaps">The last one overlaps the one before.</param>
/// <param name="Offsets">Where each register starts, where there is no loop.</param>
internal sealed record LanePass(int Count, Register Register, bool Overlaps, IReadOnlyList<int>? Offsets = null)
{
    /// <summary>How many where they are the widest; the others are not worked on then.</summary>
    public int CountOfWidest { get; init; } = Count;

    /// <summary>How many where registers are few; the others are not worked on then.</summary>
    public int CountOfFew { get; init; } = Count;

    /// <summary>How many floats they hold, as C#.</summary>
    public string Width => CountOfFew < Count ? $"({Loops.ByRegisters(Count, CountOfFew)}) * {Register.Width(1)}"
        : CountOfWidest == Count ? Register.Width(Count)
        : string.Format(CultureInfo.InvariantCulture, "Math.Min({0}, {1})", CountOfWidest * Strategy.MostLanes, Register.Width(Count));
}
