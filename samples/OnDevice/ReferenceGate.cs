using System;

namespace OnDevice;

/// <summary>
/// Says whether a reference reading may be learnt from. What differs from the estimate far more than the last ones did is left out (F. Hampel, "The influence curve
/// and its role in robust estimation", 1974: the median, and the median of the distances from it). Where most of the last ones differ alike, that is
/// the median: so a lasting change gets through after a few, and a single one never.
/// </summary>
internal sealed class ReferenceGate
{
    /// <summary>How many differences are remembered.</summary>
    public const int Size = 9;

    // What the instrument can say at all, in ppm.
    private const double Least = 0.1, Most = 1000;

    // Median distances; 1.4826 of them are a standard deviation of normal noise.
    private const double Limit = 5 * 1.4826;

    // Never narrower than so much of the concentration.
    private const double Floor = 0.15;

    private readonly double[] _last = new double[Size];
    private readonly double[] _sorted = new double[Size];
    private long _count;

    /// <summary>The differences, and how many there have been in all: what a power cut must not take.</summary>
    public Span<double> Last => _last;

    /// <inheritdoc cref="Last"/>
    public ref long Count => ref _count;

    /// <summary>Whether that is a concentration.</summary>
    public static bool IsPossible(double reference) => reference is >= Least and <= Most;

    /// <param name="difference">Of the logarithms of reference and estimate; finite.</param>
    public bool Admits(double difference)
    {
        _last[_count++ % Size] = difference;
        if (_count < Size)
        {
            return Math.Abs(difference) < 1;
        }

        double median = Median();
        double spread = Median(distancesFrom: median);
        return Math.Abs(difference - median) <= Math.Max(Floor, Limit * spread);
    }

    // Of the differences, or of their distances from a value. Sorted by insertion: there are nine.
    private double Median(double? distancesFrom = null)
    {
        for (int i = 0; i < Size; i++)
        {
            double value = distancesFrom is { } center ? Math.Abs(_last[i] - center) : _last[i];
            int place = i;
            for (; place > 0 && _sorted[place - 1] > value; place--)
            {
                _sorted[place] = _sorted[place - 1];
            }

            _sorted[place] = value;
        }

        return _sorted[Size / 2];
    }
}
