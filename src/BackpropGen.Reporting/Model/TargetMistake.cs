using System.Collections.Generic;

namespace BackpropGen.Reporting;

/// <summary>A prediction that is far off. Immutable; values in the output's unit.</summary>
/// <param name="Example">Its number among the examples.</param>
/// <param name="Output">Which of the outputs.</param>
/// <param name="True">The right value.</param>
/// <param name="Predicted">The network's.</param>
/// <param name="Input">The example's input.</param>
internal sealed record TargetMistake(int Example, int Output, double True, double Predicted, IReadOnlyList<float> Input)
{
    /// <summary>Predicted − true.</summary>
    public double Error => Predicted - True;
}
