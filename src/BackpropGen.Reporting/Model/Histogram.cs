using System;
using System.Collections.Generic;

namespace BackpropGen.Reporting;

/// <summary>How values are spread. Immutable.</summary>
/// <param name="Counts">Finite values per bin; bins of one width from <paramref name="Minimum"/> to <paramref name="Maximum"/>.</param>
/// <param name="Minimum">The least finite value; NaN without one.</param>
/// <param name="Maximum">The greatest finite value; NaN without one.</param>
/// <param name="Mean">Of the finite values; NaN without one.</param>
/// <param name="Deviation">Standard deviation of the finite values, √(Σ(x − mean)²/n).</param>
/// <param name="Zeros">Values that are exactly 0.</param>
/// <param name="NotFinite">Values that are NaN or infinite.</param>
internal sealed record Histogram(
    IReadOnlyList<int> Counts, double Minimum, double Maximum, double Mean, double Deviation, int Zeros, int NotFinite)
{
    private const int Bins = 40;

    /// <summary>Of some values, in at most 40 bins.</summary>
    public static Histogram Of(ReadOnlySpan<float> values)
    {
        double minimum = double.PositiveInfinity, maximum = double.NegativeInfinity, sum = 0;
        int finite = 0, zeros = 0;
        foreach (float value in values)
        {
            if (float.IsFinite(value))
            {
                minimum = Math.Min(minimum, value);
                maximum = Math.Max(maximum, value);
                sum += value;
                finite++;
                zeros += value == 0 ? 1 : 0;
            }
        }

        if (finite == 0)
        {
            return new Histogram([], double.NaN, double.NaN, double.NaN, double.NaN, 0, values.Length);
        }

        double mean = sum / finite, squares = 0, width = maximum - minimum;
        var counts = new int[width > 0 ? Bins : 1];
        foreach (float value in values)
        {
            if (float.IsFinite(value))
            {
                squares += (value - mean) * (value - mean);
                counts[width > 0 ? Math.Min((int)((value - minimum) / width * Bins), Bins - 1) : 0]++;
            }
        }

        return new Histogram(counts, minimum, maximum, mean, Math.Sqrt(squares / finite), zeros, values.Length - finite);
    }
}
