namespace BackpropGen.Reporting;

/// <summary>A point of a line; what is not finite is a gap in it.</summary>
/// <param name="X">Finite.</param>
/// <param name="Y">Any number.</param>
internal readonly record struct Point(double X, double Y);
