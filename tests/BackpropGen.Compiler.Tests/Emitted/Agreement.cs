using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace BackpropGen.Compiler.Tests;

/// <summary>Collects how far figures are from what they should be: the largest difference over the tensor's largest value.</summary>
internal sealed class Agreement(double limit)
{
    private readonly List<string> failures = [];

    /// <summary>The worst of all, and where.</summary>
    public (double Error, string Where) Worst { get; private set; } = (0, "nowhere");

    public void Check(string where, double expected, float actual) => Check(where, [expected], [actual]);

    public void Check(string where, ReadOnlySpan<double> expected, ReadOnlySpan<float> actual)
    {
        double error = Error(expected, actual);
        if (!(error <= Worst.Error))
        {
            Worst = (error, where);
        }

        if (!(error <= limit))
        {
            failures.Add(string.Create(CultureInfo.InvariantCulture, $"{error:E1} {where}"));
        }
    }

    public void Check(string where, ReadOnlySpan<float> expected, ReadOnlySpan<float> actual) =>
        Check(where, expected.ToArray().Select(v => (double)v).ToArray(), actual);

    /// <summary>Fails with the worst of what does not agree.</summary>
    public void Assert()
    {
        if (failures.Count > 0)
        {
            throw new Xunit.Sdk.XunitException(
                $"{failures.Count} tensors are further than {limit.ToString("E1", CultureInfo.InvariantCulture)} from what they should be:\n"
                + string.Join("\n", failures.OrderByDescending(f => f.StartsWith("NaN", StringComparison.Ordinal) ? double.PositiveInfinity : double.Parse(f.Split(' ')[0], CultureInfo.InvariantCulture)).Take(15)));
        }
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"worst scaled error {Worst.Error:E1}: {Worst.Where}");

    private static double Error(ReadOnlySpan<double> expected, ReadOnlySpan<float> actual)
    {
        if (expected.Length != actual.Length)
        {
            return double.PositiveInfinity;
        }

        // What cancels to nothing in double is rounding in float: below this there is no scale left to measure by.
        double scale = 1e-7;
        double difference = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            if (double.IsNaN(expected[i]) && float.IsNaN(actual[i]))
            {
                continue;
            }

            double own = Math.Abs(expected[i] - actual[i]);
            if (double.IsNaN(own))
            {
                return double.IsInfinity(expected[i]) && actual[i] == expected[i] ? 0 : double.NaN;
            }

            scale = Math.Max(scale, Math.Abs(expected[i]));
            difference = Math.Max(difference, own);
        }

        return difference / scale;
    }
}
