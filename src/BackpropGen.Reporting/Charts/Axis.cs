using System;
using System.Collections.Generic;
using System.Linq;

namespace BackpropGen.Reporting;

/// <summary>Where values stand along an axis, and the values that are written at it. Immutable.</summary>
/// <param name="Minimum">The value at <paramref name="From"/>.</param>
/// <param name="Maximum">The value at <paramref name="To"/>; more than <paramref name="Minimum"/>.</param>
/// <param name="From">In pixels.</param>
/// <param name="To">In pixels.</param>
/// <param name="IsLogarithmic">Equal ratios are equally far apart; both ends are positive.</param>
/// <param name="Ticks">What is written, in rising order, all of it on the axis.</param>
internal sealed record Axis(double Minimum, double Maximum, double From, double To, bool IsLogarithmic, IReadOnlyList<double> Ticks)
{
    /// <summary>From how many times the least value on the greatest one calls for a logarithmic axis.</summary>
    private const double DecadesFrom = 30;

    /// <summary>Where a finite value stands, in pixels.</summary>
    public double Of(double value)
    {
        double at = IsLogarithmic
            ? Math.Log(Math.Max(value, Minimum) / Minimum) / Math.Log(Maximum / Minimum)
            : (value - Minimum) / (Maximum - Minimum);
        return From + at * (To - From);
    }

    /// <summary>An axis whose ends are round values, around all the finite ones of <paramref name="values"/>; logarithmic where they span decades.</summary>
    public static Axis Around(IEnumerable<double> values, double from, double to, int ticks, bool mayBeLogarithmic = true)
    {
        double[] finite = [.. values.Where(double.IsFinite)];
        double minimum = finite.Length == 0 ? 0 : finite.Min(), maximum = finite.Length == 0 ? 1 : finite.Max();
        if (mayBeLogarithmic && minimum > 0 && maximum / minimum >= DecadesFrom && double.IsFinite(maximum / minimum))
        {
            return Logarithmic(minimum, maximum, from, to, ticks);
        }

        (minimum, maximum) = Apart(minimum, maximum);
        double step = Step(minimum, maximum, ticks);
        return Linear(Math.Floor(minimum / step + 1e-9) * step, Math.Ceiling(maximum / step - 1e-9) * step, from, to, step);
    }

    /// <summary>An axis that ends exactly at its values, with round ones written between them.</summary>
    public static Axis Between(double minimum, double maximum, double from, double to, int ticks, bool whole = false)
    {
        (minimum, maximum) = Apart(minimum, maximum);
        double step = Step(minimum, maximum, ticks);
        return Linear(minimum, maximum, from, to, whole ? Math.Max(Math.Round(step), 1) : step);
    }

    private static Axis Linear(double minimum, double maximum, double from, double to, double step)
    {
        double first = Math.Ceiling(minimum / step - 1e-9);
        int count = (int)Math.Floor((maximum - first * step) / step + 1e-9) + 1;
        return new Axis(minimum, maximum, from, to, false, [.. Enumerable.Range(0, Math.Max(count, 0)).Select(i => (first + i) * step)]);
    }

    private static Axis Logarithmic(double minimum, double maximum, double from, double to, int ticks)
    {
        double[][] choices = [[1, 2, 5], [1, 3], [1]];
        foreach (double[] mantissas in choices)
        {
            double low = RoundDown(minimum, mantissas), high = RoundUp(maximum, mantissas);
            double[] all = [.. Mantissas(low, high, mantissas)];
            if (all.Length <= ticks + 1)
            {
                return new Axis(low, high, from, to, true, all);
            }
        }

        double least = RoundDown(minimum, choices[^1]), greatest = RoundUp(maximum, choices[^1]);
        double[] decades = [.. Mantissas(least, greatest, choices[^1])];
        int every = (decades.Length + ticks - 1) / ticks;
        return new Axis(least, greatest, from, to, true, [.. decades.Where((_, i) => i % every == 0)]);
    }

    private static IEnumerable<double> Mantissas(double low, double high, double[] mantissas)
    {
        for (int decade = (int)Math.Floor(Math.Log10(low) + 1e-9); decade <= Math.Ceiling(Math.Log10(high)); decade++)
        {
            foreach (double mantissa in mantissas)
            {
                double tick = mantissa * Math.Pow(10, decade);
                if (tick >= low * (1 - 1e-9) && tick <= high * (1 + 1e-9))
                {
                    yield return tick;
                }
            }
        }
    }

    private static double RoundDown(double value, double[] mantissas)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(value) + 1e-12));
        return Math.Max(mantissas.Last(m => m * power <= value * (1 + 1e-9) || m == 1) * power, double.Epsilon);
    }

    private static double RoundUp(double value, double[] mantissas)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(value) + 1e-12));
        return mantissas.Append(10).First(m => m * power >= value * (1 - 1e-9) || m == 10) * power;
    }

    /// <summary>Two ends that differ.</summary>
    private static (double Minimum, double Maximum) Apart(double minimum, double maximum)
    {
        if (maximum - minimum > 1e-9 * Math.Max(Math.Abs(minimum), Math.Abs(maximum)))
        {
            return (minimum, maximum);
        }

        double half = minimum == 0 ? 0.5 : Math.Abs(minimum) / 2;
        return (minimum - half, maximum + half);
    }

    /// <summary>1, 2 or 5 times a power of ten, so that about as many ticks as asked for fit between the ends.</summary>
    private static double Step(double minimum, double maximum, int ticks)
    {
        double rough = maximum / ticks - minimum / ticks, power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        double mantissa = rough / power;
        return power * (mantissa <= 1 ? 1 : mantissa <= 2 ? 2 : mantissa <= 5 ? 5 : 10);
    }
}
