using System;
using System.Collections.Generic;
using System.Diagnostics;

namespace BackpropGen.Comparison;

/// <summary>The time of one call: as <c>competitors/timing.h</c> does it, so that the two are one measurement.</summary>
/// <param name="MedianNanoseconds">Over batches of calls.</param>
/// <param name="MinNanoseconds">Of the fastest batch.</param>
/// <param name="Calls">All that were timed.</param>
internal readonly record struct Timing(double MedianNanoseconds, double MinNanoseconds, long Calls)
{
    private const double BatchSeconds = 200e-6;
    private const int Least = 3;

    /// <summary>
    /// Warms up for a third of the budget, finds how many calls make a batch of some 200 µs, and times batches until the budget is
    /// used, three at least.
    /// </summary>
    /// <param name="calls">Makes that many calls.</param>
    public static Timing Measure(TimeSpan budget, Action<int> calls)
    {
        int count = 1;
        double fastest = double.PositiveInfinity; // of a call: an interruption in the warm-up must not make the batches short
        long started = Stopwatch.GetTimestamp();
        while (true)
        {
            double took = Seconds(calls, count);
            fastest = Math.Min(fastest, took / count);
            if (took < BatchSeconds)
            {
                count = Math.Max(count + 1, (int)(count * Math.Min(10, 1.1 * BatchSeconds / Math.Max(took, 1e-9))));
            }
            else if (Stopwatch.GetElapsedTime(started) > budget / 3)
            {
                break;
            }
        }

        count = Math.Max(1, (int)(BatchSeconds / fastest));

        var batches = new List<double>();
        started = Stopwatch.GetTimestamp();
        while (batches.Count < Least || Stopwatch.GetElapsedTime(started) < budget * 2 / 3)
        {
            batches.Add(Seconds(calls, count) / count);
        }

        batches.Sort();
        return new Timing(batches[batches.Count / 2] * 1e9, batches[0] * 1e9, (long)batches.Count * count);
    }

    private static double Seconds(Action<int> calls, int count)
    {
        long started = Stopwatch.GetTimestamp();
        calls(count);
        return (double)(Stopwatch.GetTimestamp() - started) / Stopwatch.Frequency;
    }
}
