using System;
using System.Collections.Generic;
using System.Linq;

namespace BackpropGen.Reporting;

/// <summary>The losses of some steps in a row. Immutable. NaN where one of them is.</summary>
/// <param name="LastStep">The last of the steps, from 1.</param>
/// <param name="Least">The least loss.</param>
/// <param name="Greatest">The greatest loss.</param>
/// <param name="Mean">The mean loss.</param>
internal readonly record struct LossPiece(long LastStep, double Least, double Greatest, double Mean)
{
    /// <summary>Fewer pieces, each of as many neighbours.</summary>
    /// <param name="pieces">Of equal lengths, but for the last.</param>
    /// <param name="most">At least 1.</param>
    public static IReadOnlyList<LossPiece> Join(IReadOnlyList<LossPiece> pieces, int most)
    {
        int each = (pieces.Count + most - 1) / most;
        return [.. pieces.Chunk(Math.Max(each, 1)).Select(several => new LossPiece(
            several[^1].LastStep,
            several.Aggregate(several[0].Least, (least, p) => Math.Min(least, p.Least)),
            several.Aggregate(several[0].Greatest, (greatest, p) => Math.Max(greatest, p.Greatest)),
            several.Average(p => p.Mean)))];
    }
}
