using System;

namespace BackpropGen.Reporting;

/// <summary>
/// What one output of a regression means, where targets were scaled for training: value = <paramref name="Offset"/> +
/// <paramref name="Scale"/> · the network's. Immutable.
/// </summary>
/// <param name="Name">What is predicted, such as <c>consumption</c>.</param>
/// <param name="Scale">For a standardised target its standard deviation; finite, not 0.</param>
/// <param name="Offset">For a standardised target its mean; finite.</param>
/// <param name="Unit">Such as <c>mpg</c>; empty where there is none.</param>
public sealed record OutputScale(string Name, double Scale = 1, double Offset = 0, string Unit = "")
{
    /// <summary>A value of the network in the unit.</summary>
    internal double Of(double value) => Offset + Scale * value;

    internal string Label => Unit.Length == 0 ? Name : $"{Name} ({Unit})";

    internal void Check()
    {
        if (!double.IsFinite(Offset) || !double.IsFinite(Scale) || Scale == 0)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"Output \"{Name}\" has the scale {Scale} and the offset {Offset}; expected finite numbers, and a scale other than 0."));
        }
    }
}
