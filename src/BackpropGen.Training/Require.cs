using System;
using System.Runtime.CompilerServices;

namespace BackpropGen.Training;

/// <summary>What an argument must be. Written so that NaN fails.</summary>
internal static class Require
{
    public static void Positive(double value, [CallerArgumentExpression(nameof(value))] string? name = null)
    {
        if (!(value > 0 && double.IsFinite(value)))
        {
            throw new ArgumentOutOfRangeException(name, value, "Expected a finite number above 0.");
        }
    }

    public static void NotNegative(double value, [CallerArgumentExpression(nameof(value))] string? name = null)
    {
        if (!(value >= 0 && double.IsFinite(value)))
        {
            throw new ArgumentOutOfRangeException(name, value, "Expected a finite number, 0 or more.");
        }
    }

    public static void AtLeastOne(double value, [CallerArgumentExpression(nameof(value))] string? name = null)
    {
        if (!(value >= 1 && double.IsFinite(value)))
        {
            throw new ArgumentOutOfRangeException(name, value, "Expected a finite number, 1 or more.");
        }
    }

    /// <summary>Between two bounds, both excluded.</summary>
    public static void Within(double value, double low, double high, [CallerArgumentExpression(nameof(value))] string? name = null)
    {
        if (!(value > low && value < high))
        {
            throw new ArgumentOutOfRangeException(name, value, FormattableString.Invariant($"Expected a number between {low} and {high}, neither of them included."));
        }
    }
}
