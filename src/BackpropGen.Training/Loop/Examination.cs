using System;
using System.Collections.Generic;

namespace BackpropGen.Training;

/// <summary>
/// Examines the network after an epoch: loss and metrics, over the examples in pieces, each process's part by itself and then summed.
/// Nothing is allocated per piece.
/// </summary>
internal sealed class Examination
{
    private readonly Batch? batch;
    private readonly IReadOnlyList<Metric> metrics;
    private readonly ICollective? collective;
    private readonly bool examinesLoss;
    private readonly bool isSum;
    private readonly int[] order = [];

    // The loss, then each metric's.
    private readonly double[] sums = [];
    private readonly int[] starts;

    public Examination(TrainingPlan plan)
    {
        metrics = plan.Metrics;
        collective = plan.Collective;
        examinesLoss = plan.Validation is not null;
        isSum = plan.Reduction == Reduction.Sum;
        starts = new int[metrics.Count + 1];
        if (plan.Validation is null && metrics.Count == 0)
        {
            return;
        }

        batch = plan.Validation ?? plan.Training;
        starts[0] = 1;
        for (int i = 0; i < metrics.Count; i++)
        {
            starts[i + 1] = starts[i] + metrics[i].SumCount(batch.Shape);
        }

        sums = new double[starts[^1]];
        var all = new int[batch.ExampleCount];
        for (int i = 0; i < all.Length; i++)
        {
            all[i] = i;
        }

        order = collective is null ? all : SharedBatchStep.ShareOf(all, collective).ToArray();
    }

    /// <summary>The loss of the validation examples, null without, and the metrics.</summary>
    public (double? Loss, MetricValue[] Metrics) Run()
    {
        if (batch is null)
        {
            return (null, []);
        }

        Array.Clear(sums);
        for (int start = 0; start < order.Length; start += batch.Capacity)
        {
            Add(order.AsSpan(start, Math.Min(batch.Capacity, order.Length - start)));
        }

        collective?.Sum(sums.AsSpan());
        var values = new MetricValue[metrics.Count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = new MetricValue(metrics[i].Name, metrics[i].Value(sums.AsSpan(starts[i]..starts[i + 1]), batch.Shape));
        }

        return (examinesLoss ? isSum ? sums[0] : sums[0] / batch.ExampleCount : null, values);
    }

    private void Add(ReadOnlySpan<int> piece)
    {
        batch!.Gather(piece);
        if (examinesLoss)
        {
            sums[0] += batch.Loss() * (isSum ? 1.0 : piece.Length);
        }

        if (metrics.Count == 0)
        {
            return;
        }

        MetricBatch outputs = batch.Examine();
        for (int i = 0; i < metrics.Count; i++)
        {
            metrics[i].Add(outputs, sums.AsSpan(starts[i]..starts[i + 1]));
        }
    }
}
