using System;

namespace BackpropGen.Training;

/// <summary>
/// Precision (right among those found) or recall (found among those that are there) of each class, averaged over the classes that were
/// found or are there, in [0, 1]. A class of which none was found has no precision, and one that is not there no recall: they count as 0.
/// </summary>
internal sealed class MacroMetric(string name, bool ofPrediction) : Metric(name, true)
{
    public override int SumCount(MetricShape shape)
    {
        RequireClasses(shape);
        return ClassCounts.Length(shape);
    }

    public override void Add(in MetricBatch batch, Span<double> sums) => ClassCounts.Add(batch, sums);

    public override double Value(ReadOnlySpan<double> sums, MetricShape shape) => ClassCounts.Macro(sums, ofPrediction);
}
