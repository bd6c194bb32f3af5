namespace BackpropGen.Reporting;

/// <summary>A point that stands out. Immutable.</summary>
/// <param name="At">Where it is.</param>
/// <param name="Text">What it is, in some words.</param>
internal sealed record Mark(Point At, string Text);
