using System.Collections.Generic;

namespace BackpropGen.Reporting;

/// <summary>A line of a chart. Immutable.</summary>
/// <param name="Name">What it shows, in a word: it is written at its end.</param>
/// <param name="IsMain">Drawn solid and in the accent's colour; otherwise dashed and in grey.</param>
/// <param name="Points">In rising order of x.</param>
internal sealed record Series(string Name, bool IsMain, IReadOnlyList<Point> Points);
