using System.Globalization;

namespace BackpropGen.Compiler;

/// <summary>From an attribute's float to the number that was meant.</summary>
internal static class Written
{
    /// <summary>
    /// The double that reads like the float: 0.999f is 0.99900001287…, but who writes it means 0.999, and 1 − 0.999 = 0.001 is what an
    /// optimizer must compute with.
    /// </summary>
    public static double Of(float value) =>
        double.Parse(Literals.Shortest(value), CultureInfo.InvariantCulture);
}
