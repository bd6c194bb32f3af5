using System;
using Xunit;

namespace BackpropGen.Compiler.Tests;

/// <summary>Derivatives as their definition says: what a small step to both sides changes.</summary>
internal static class CentralDifferences
{
    private const double Step = 1e-5;

    /// <summary>The gradient of <paramref name="value"/> by each of <paramref name="variables"/>, which it reads and which are put back.</summary>
    public static double[] Of(Func<double> value, double[] variables)
    {
        var gradient = new double[variables.Length];
        for (int i = 0; i < variables.Length; i++)
        {
            double own = variables[i];
            variables[i] = own + Step;
            double above = value();
            variables[i] = own - Step;
            double below = value();
            variables[i] = own;
            gradient[i] = (above - below) / (2 * Step);
        }

        return gradient;
    }

    /// <summary>Asserts that two lists of numbers agree, relative to the larger, and absolutely below 1.</summary>
    public static void AssertClose(double[] expected, double[] actual, double tolerance, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            double scale = Math.Max(1, Math.Max(Math.Abs(expected[i]), Math.Abs(actual[i])));
            bool agree = expected[i].Equals(actual[i]) || Math.Abs(expected[i] - actual[i]) <= tolerance * scale;
            Assert.True(agree, $"{what}, element {i}: expected {expected[i]:R}, got {actual[i]:R}.");
        }
    }
}
