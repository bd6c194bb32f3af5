using System;

namespace BackpropGen.Training;

/// <summary>
/// Precision (right among those found) or recall (found among those that are there) of one class, in [0, 1]; NaN where none was found,
/// or none is there.
/// </summary>
internal sealed class ClassMetric : Metric
{
    private readonly int label;
    private readonly bool ofPrediction;

    public ClassMetric(string name, int label, bool ofPrediction)
        : base(FormattableString.Invariant($"{name} of class {label}"), true)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(label);
        this.label = label;
        this.ofPrediction = ofPrediction;
    }

    public override int SumCount(MetricShape shape)
    {
        RequireClasses(shape);
        return label < shape.Classes
            ? ClassCounts.Length(shape)
            : throw new ArgumentException(FormattableString.Invariant($"The metric '{Name}': there is no such class; the network has {shape.Classes}."));
    }

    public override void Add(in MetricBatch batch, Span<double> sums) => ClassCounts.Add(batch, sums);

    public override double Value(ReadOnlySpan<double> sums, MetricShape shape) => ClassCounts.Ratio(sums, label, ofPrediction);
}
