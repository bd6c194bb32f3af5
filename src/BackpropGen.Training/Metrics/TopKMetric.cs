using System;

namespace BackpropGen.Training;

/// <summary>
/// The share of cases whose class is among the k with the highest scores, in [0, 1]; of equal scores the first class is the higher one.
/// With k = 1 the accuracy. Target values count as the class of the highest.
/// </summary>
internal sealed class TopKMetric : Metric
{
    private readonly int k;

    public TopKMetric(string name, int k)
        : base(name, true)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        this.k = k;
    }

    public override int SumCount(MetricShape shape)
    {
        RequireClasses(shape);
        return k < shape.Classes
            ? 2
            : throw new ArgumentException(FormattableString.Invariant($"The metric '{Name}' counts the {k} highest scores; the network has {shape.Classes} classes. Take a k below {shape.Classes}."));
    }

    public override void Add(in MetricBatch batch, Span<double> sums)
    {
        int found = 0;
        int cases = batch.Cases;
        for (int i = 0; i < cases; i++)
        {
            int actual = batch.Actual(i);
            found += k == 1 ? (batch.Predicted(i) == actual ? 1 : 0) : batch.RankOf(i, actual) < k ? 1 : 0;
        }

        sums[0] += found;
        sums[1] += cases;
    }

    public override double Value(ReadOnlySpan<double> sums, MetricShape shape) => sums[0] / sums[1];
}
