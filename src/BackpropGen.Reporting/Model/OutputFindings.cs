using System.Collections.Generic;

namespace BackpropGen.Reporting;

/// <summary>How well a network predicts one of its outputs. Immutable; values in the output's unit.</summary>
/// <param name="Scale">Name and unit.</param>
/// <param name="RootMeanSquare">√(Σe²/n), e = predicted − true.</param>
/// <param name="MeanAbsolute">Σ|e|/n.</param>
/// <param name="Determination">R² = 1 − Σe²/Σ(t − t̄)²; NaN where all targets are equal.</param>
/// <param name="Points">True and predicted, of at most 1,000 examples that are spread evenly.</param>
/// <param name="Errors">How predicted − true is spread.</param>
internal sealed record OutputFindings(
    OutputScale Scale,
    double RootMeanSquare,
    double MeanAbsolute,
    double Determination,
    IReadOnlyList<(double True, double Predicted)> Points,
    Histogram Errors);
