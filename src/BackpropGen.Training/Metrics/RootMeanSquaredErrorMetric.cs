using System;

namespace BackpropGen.Training;

/// <summary>The root of the mean squared error over all outputs, <c>√(Σ(y − t)²/count)</c>, in the target's unit.</summary>
internal sealed class RootMeanSquaredErrorMetric() : Metric("RMSE", false)
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
            double error = (double)batch.Outputs[i] - batch.Targets[i];
            sum += error * error;
        }

        sums[0] += sum;
        sums[1] += batch.Outputs.Length;
    }

    public override double Value(ReadOnlySpan<double> sums, MetricShape shape) => Math.Sqrt(sums[0] / sums[1]);
}
