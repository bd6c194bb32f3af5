using System;

namespace BackpropGen.Training;

/// <summary>The share of outputs on the right side of a threshold, in [0, 1]: above it where the target is above 0.5, and nowhere else.</summary>
internal sealed class BinaryAccuracyMetric : Metric
{
    private readonly float threshold;

    public BinaryAccuracyMetric(float threshold)
        : base("binary accuracy", true)
    {
        if (!float.IsFinite(threshold))
        {
            throw new ArgumentOutOfRangeException(nameof(threshold), threshold, "Expected a finite number: 0.5 for probabilities, 0 for logits.");
        }

        this.threshold = threshold;
    }

    public override int SumCount(MetricShape shape)
    {
        RequireTargets(shape);
        return 2;
    }

    public override void Add(in MetricBatch batch, Span<double> sums)
    {
        int right = 0;
        for (int i = 0; i < batch.Outputs.Length; i++)
        {
            right += !float.IsNaN(batch.Outputs[i]) && batch.Outputs[i] > threshold == batch.Targets[i] > 0.5f ? 1 : 0;
        }

        sums[0] += right;
        sums[1] += batch.Outputs.Length;
    }

    public override double Value(ReadOnlySpan<double> sums, MetricShape shape) => sums[0] / sums[1];
}
