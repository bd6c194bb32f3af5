using System;
using System.Collections.Generic;
using System.Linq;

namespace BackpropGen.Comparison;

internal static class Statistics
{
    /// <summary>The middle of the values, the mean of the two middle ones where there are as many on both sides.</summary>
    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? double.NaN : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    public static double GeometricMean(IEnumerable<double> values) => Math.Exp(values.Select(v => Math.Log(v)).DefaultIfEmpty(double.NaN).Average());
}
