namespace BackpropGen.Reporting;

/// <summary>How often one class was taken for another. Immutable.</summary>
/// <param name="True">The right class.</param>
/// <param name="Predicted">What it was taken for.</param>
/// <param name="Count">How often.</param>
/// <param name="Share">Of the right class's examples, in [0, 1].</param>
internal readonly record struct Confusion(int True, int Predicted, long Count, double Share);
