namespace BackpropGen.Reporting;

/// <summary>The losses of some steps in a row. Immutable. NaN where one of them is.</summary>
/// <param name="LastStep">The last of the steps, from 1.</param>
/// <param name="Least">The least loss.</param>
/// <param name="Greatest">The greatest loss.</param>
/// <param name="Mean">The mean loss.</param>
internal readonly record struct LossPiece(long LastStep, double Least, double Greatest, double Mean);
