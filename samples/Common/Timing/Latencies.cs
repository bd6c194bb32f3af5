using System;
using System.Diagnostics;

namespace Samples;

/// <summary>How long each of many steps took. All memory is taken beforehand.</summary>
internal sealed class Latencies(int steps)
{
    private readonly long[] _ticks = new long[steps];
    private int _count;
    private bool _sorted;

    public void Add(long ticks) => _ticks[_count++] = ticks;

    /// <summary>The latency that this share of the steps stays within, in nanoseconds.</summary>
    /// <param name="share">Above 0, at most 1; 1 is the longest.</param>
    public double Percentile(double share)
    {
        if (!_sorted)
        {
            Array.Sort(_ticks, 0, _count);
            _sorted = true;
        }

        return _ticks[Math.Max(0, (int)Math.Ceiling(share * _count) - 1)] * 1e9 / Stopwatch.Frequency;
    }

    /// <summary>What it takes to look at the clock twice, in nanoseconds: part of every latency.</summary>
    public static double OfTheClock()
    {
        var clock = new Latencies(10_000);
        for (int i = 0; i < 10_000; i++)
        {
            long start = Stopwatch.GetTimestamp();
            clock.Add(Stopwatch.GetTimestamp() - start);
        }

        return clock.Percentile(0.5);
    }
}
