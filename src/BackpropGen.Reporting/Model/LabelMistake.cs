using System.Collections.Generic;

namespace BackpropGen.Reporting;

/// <summary>An example that was taken for another class. Immutable.</summary>
/// <param name="Example">Its number among the examples.</param>
/// <param name="Position">Which of its labels, from 0.</param>
/// <param name="True">The right class.</param>
/// <param name="Predicted">The class with the highest score.</param>
/// <param name="TrueProbability">What the network gives the right class, in [0, 1]; NaN where its scores are.</param>
/// <param name="PredictedProbability">What it gives the predicted one.</param>
/// <param name="Input">The example's input.</param>
internal sealed record LabelMistake(
    int Example, int Position, int True, int Predicted, double TrueProbability, double PredictedProbability, IReadOnlyList<float> Input);
