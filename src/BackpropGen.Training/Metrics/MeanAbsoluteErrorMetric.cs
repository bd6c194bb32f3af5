using System;

namespace BackpropGen.Training;

/// <summary>The mean absolute error over all outputs, <c>Σ|y − t|/count</c>, in the target's unit.</summary>
internal sealed class MeanAbsoluteErrorMetric() : Metric("MAE", false)
{
    public override int SumCount(MetricShape shape)
    {
        RequireTargets(shape);
        return 2;
    }

    public override void Add(in MetricBatch batch, Span<double> sums)
    {
        double sum = 0;
        for (int i = 0; i < batch.Outputs.Length; i++)
        {
            sum += Math.Abs((double)batch.Outputs[i] - batch.Targets[i]);
        }

        sums[0] += sum;
        sums[1] += batch.Outputs.Length;
    }

    public override double Value(ReadOnlySpan<double> sums, MetricShape shape) => sums[0] / sums[1];
}
