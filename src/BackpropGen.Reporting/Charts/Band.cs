namespace BackpropGen.Reporting;

/// <summary>How far values reach at a place of a chart. Immutable.</summary>
/// <param name="X">The place.</param>
/// <param name="Least">The least value; a gap where it is not finite.</param>
/// <param name="Greatest">The greatest value; a gap where it is not finite.</param>
internal readonly record struct Band(double X, double Least, double Greatest);
