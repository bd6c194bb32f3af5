using System;
using System.Diagnostics;

namespace BackpropGen.Reporting;

/// <summary>
/// Says now and then that it is time to look, and asks the clock for it seldom: every so many steps as took a small part of the interval,
/// 64 at most, so that it notices soon when steps get slower.
/// </summary>
internal sealed class StepPace(TimeSpan interval)
{
    private const int MostSkipped = 64;
    private readonly long interval = (long)(interval.TotalSeconds * Stopwatch.Frequency);
    private long shown;
    private long asked;
    private int skip = 1;
    private int left = 1;

    /// <summary>Whether the interval has gone by since it was last said to have. Called every step; allocates nothing.</summary>
    public bool IsDue() => --left <= 0 && Ask();

    /// <summary>The next step is due, whatever the time.</summary>
    public void Reset()
    {
        left = 0;
        skip = 1;
        shown = Stopwatch.GetTimestamp() - interval;
    }

    private bool Ask()
    {
        long now = Stopwatch.GetTimestamp();
        skip = now - asked < interval / 16 ? Math.Min(2 * skip, MostSkipped) : Math.Max(skip / 4, 1);
        asked = now;
        left = skip;
        if (now - shown < interval)
        {
            return false;
        }

        shown = now;
        return true;
    }
}
