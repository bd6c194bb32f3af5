using System;

namespace BackpropGen.Comparison;

/// <summary>What is computed where nobody counts the time: the first outputs, the losses of three steps, the outputs after them.</summary>
internal sealed record Sample(double[] Outputs, double[] Losses, double[] Trained)
{
    /// <summary>How many outputs are looked at.</summary>
    public const int OutputCount = 8;

    /// <summary>The largest difference, relative to the largest value of the kind.</summary>
    public double DifferenceTo(Sample other) => Math.Max(Difference(Outputs, other.Outputs), Math.Max(Difference(Losses, other.Losses), Difference(Trained, other.Trained)));

    private static double Difference(double[] a, double[] b)
    {
        if (a.Length != b.Length)
        {
            return double.PositiveInfinity;
        }

        double difference = 0;
        double largest = 0;
        for (int i = 0; i < a.Length; i++)
        {
            difference = Math.Max(difference, double.IsNaN(a[i]) || double.IsNaN(b[i]) ? double.PositiveInfinity : Math.Abs(a[i] - b[i]));
            largest = Math.Max(largest, Math.Abs(a[i]));
        }

        return difference == 0 ? 0 : difference / largest;
    }
}

/// <summary>One who takes part: this compiler, or a competitor.</summary>
internal abstract class Contender(string library, string name)
{
    /// <summary>Whose work it is; a library may take part in several ways.</summary>
    public string Library { get; } = library;

    /// <summary>The way.</summary>
    public string Name { get; } = name;

    /// <returns>Null where the contender cannot do this.</returns>
    public abstract Timing? Measure(Workload workload, TimeSpan budget);

    /// <param name="rate">The learning rate of the three steps.</param>
    /// <returns>Null where the contender cannot do this exactly.</returns>
    public abstract Sample? Compute(NetworkSpec network, int batch, float rate);
}
