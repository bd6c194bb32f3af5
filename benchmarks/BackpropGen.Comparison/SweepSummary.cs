using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace BackpropGen.Comparison;

/// <summary>What the sweep says: where this compiler is ahead, where it is not, and where it leaves the machine idle.</summary>
internal static class SweepSummary
{
    /// <summary>Below this product of a layer's sizes nobody should be faster.</summary>
    private const long SmallProduct = 1 << 20;

    /// <summary>From these on training should keep the multipliers busy, to this share.</summary>
    private const int BusyWidth = 64;
    private const int BusyBatch = 32;
    private const double BusyShare = 0.70;

    /// <param name="listed">How many of the worst shapes are named; 0 for the counts alone.</param>
    public static string Markdown(IReadOnlyList<SweepPoint> points, MachinePeak peak, string machine, int listed)
    {
        var text = new StringBuilder();
        text.Append("| shapes | | ahead of the best competitor | geometric mean | worst |\n| --- | ---: | ---: | ---: | ---: |\n");
        Row("inference, product of sizes below 2²⁰", p => p.Phase == Phase.Infer && p.ProductOfSizes < SmallProduct);
        Row("inference, larger", p => p.Phase == Phase.Infer && p.ProductOfSizes >= SmallProduct);
        Row("training, product of sizes below 2²⁰", p => p.Phase == Phase.Train && p.ProductOfSizes < SmallProduct);
        Row("training, larger", p => p.Phase == Phase.Train && p.ProductOfSizes >= SmallProduct);
        text.Append('\n');

        SweepPoint[] lost = [.. points.Where(p => p.Ratio < 1).OrderBy(p => p.Ratio)];
        SweepPoint[] small = [.. lost.Where(p => p.ProductOfSizes < SmallProduct)];
        Say($"Slower than the best competitor: {lost.Length} of {points.Count} shapes, {small.Length} of them with a product of sizes below 2²⁰.");
        Worst(small.Length > 0 ? small : lost, peak);

        SweepPoint[] busy = [.. points.Where(p => peak.Best > 0 && p.Phase == Phase.Train && p.Width >= BusyWidth && p.Batch >= BusyBatch).OrderBy(p => p.ShareOf(peak))];
        if (busy.Length > 0)
        {
            SweepPoint[] idle = [.. busy.Where(p => p.ShareOf(peak) < BusyShare)];
            Say($"Training with widths from {BusyWidth} and batches from {BusyBatch}: {100 * busy[0].ShareOf(peak):F0} % of the peak at the least, {100 * Statistics.Median(busy.Select(p => p.ShareOf(peak))):F0} % in the middle; {idle.Length} of {busy.Length} shapes are below {100 * BusyShare:F0} %.");
            Worst(idle, peak);
        }

        return text.Append(machine).Append('\n').ToString();

        void Say(FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append("\n\n");

        void Row(string name, Func<SweepPoint, bool> belongs)
        {
            SweepPoint[] row = [.. points.Where(p => belongs(p) && !double.IsNaN(p.Ratio))];
            if (row.Length > 0)
            {
                text.Append(CultureInfo.InvariantCulture, $"| {name} | {row.Length} | {100.0 * row.Count(p => p.Ratio >= 1) / row.Length:F1} % | {Statistics.GeometricMean(row.Select(p => p.Ratio)):F2} × | {row.Min(p => p.Ratio):F2} × |\n");
            }
        }

        void Worst(SweepPoint[] worst, MachinePeak peak)
        {
            if (worst.Length == 0 || listed == 0)
            {
                return;
            }

            text.Append("| depth | width | batch | phase | ns | best competitor | ns | ratio | of the peak |\n| ---: | ---: | ---: | --- | ---: | --- | ---: | ---: | ---: |\n");
            foreach (SweepPoint p in worst.Take(listed))
            {
                text.Append(CultureInfo.InvariantCulture, $"| {p.Depth} | {p.Width} | {p.Batch} | {p.Workload.PhaseName} | {p.Nanoseconds:F1} | {p.Best} | {p.BestNanoseconds:F1} | {p.Ratio:F2} | {100 * p.ShareOf(peak):F0} % |\n");
            }

            text.Append(worst.Length > listed ? string.Create(CultureInfo.InvariantCulture, $"\nThe worst {listed} of {worst.Length}.\n\n") : "\n");
        }
    }
}
