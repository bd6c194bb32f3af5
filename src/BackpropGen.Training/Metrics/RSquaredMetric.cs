using System;

namespace BackpropGen.Training;

/// <summary>
/// The coefficient of determination, <c>1 − Σ(y − t)²/Σ(t − t̄)²</c>: 1 is perfect, 0 no better than the mean. Of each output, then their
/// mean over the outputs; an output whose targets are all the same has none and is left out, and NaN without any other.
/// </summary>
internal sealed class RSquaredMetric() : Metric("R²", true)
{
    // Per output: Σ(y − t)², Σ(t − o) and Σ(t − o)², with o the first example's target, so that little is lost where the targets
    // are far from 0 and close together (and nothing where they are all the same). Last, the samples.
    public override int SumCount(MetricShape shape)
    {
        RequireTargets(shape);
        return (3 * shape.OutputSize) + 1;
    }

    public override void Add(in MetricBatch batch, Span<double> sums)
    {
        int outputs = batch.Shape.OutputSize;
        float[] origin = batch.Shape.Origin;
        for (int i = 0; i < batch.Outputs.Length; i++)
        {
            int j = i % outputs;
            double error = (double)batch.Outputs[i] - batch.Targets[i];
            double centred = (double)batch.Targets[i] - origin[j];
            sums[3 * j] += error * error;
            sums[(3 * j) + 1] += centred;
            sums[(3 * j) + 2] += centred * centred;
        }

        sums[^1] += batch.Samples;
    }

    public override double Value(ReadOnlySpan<double> sums, MetricShape shape)
    {
        double sum = 0;
        int defined = 0;
        for (int j = 0; j < shape.OutputSize; j++)
        {
            double total = sums[(3 * j) + 2] - (sums[(3 * j) + 1] * sums[(3 * j) + 1] / sums[^1]);
            if (sums[(3 * j) + 2] > 0 && total > 0)
            {
                sum += 1 - (sums[3 * j] / total);
                defined++;
            }
        }

        return sum / defined;
    }
}
