using System;
using System.Collections.Generic;
using System.Diagnostics;
using Samples;

namespace OnDevice;

/// <summary>Two years of one sensor, and who says what of it: the network as delivered, with offset and gain corrected, with its last layer adapted.</summary>
internal sealed class Trial
{
    private readonly Field _field;
    private readonly Device _device;
    private readonly OffsetAndGain _correction = new();
    private readonly List<int> _rollbacks = new(capacity: 1000);
    private readonly int[] _lessons = new int[4];

    public Trial(FactoryCalibration factory, int seed, Ageing ageing, int months, bool gated = true)
    {
        _field = new Field(seed, ageing);
        _device = new Device(factory, gated);
        Estimating = new Latencies(months * Field.HoursPerMonth);
        Learning = new Latencies(months * Field.HoursPerMonth);
    }

    /// <summary>Of an estimate.</summary>
    public Latencies Estimating { get; }

    /// <summary>Of learning from a reference reading.</summary>
    public Latencies Learning { get; }

    /// <summary>Bytes that estimating and learning have allocated.</summary>
    public long Allocated { get; private set; }

    /// <summary>The days on which the factory's weights came back.</summary>
    public IReadOnlyList<int> Rollbacks => _rollbacks;

    /// <summary>How many reference readings came to this.</summary>
    public int Count(Lesson lesson) => _lessons[(int)lesson];

    /// <summary>Lives on, and says how far off everybody was.</summary>
    public Errors Run(int hours)
    {
        double delivered = 0, corrected = 0, adapted = 0;
        for (int i = 0; i < hours; i++)
        {
            Hour hour = _field.Next();
            double truth = Math.Log(hour.Truth);
            double asDelivered = _device.EstimateAsDelivered(hour.Reading);
            delivered += Square(asDelivered - truth);
            corrected += Square(_correction.Correct(asDelivered) - truth);
            adapted += Square(Estimate(hour) - truth);

            // Only now: everybody is judged before learning.
            if (hour.Reference is { } reference)
            {
                Lesson lesson = Learn(hour, reference);
                _lessons[(int)lesson]++;
                if (lesson == Lesson.RolledBack)
                {
                    _rollbacks.Add(hour.Number / 24);
                }
                else if (lesson == Lesson.Learnt)
                {
                    // The same gate for all.
                    _correction.Learn(asDelivered, Math.Log(reference));
                }
            }
        }

        return new Errors(Percent(delivered / hours), Percent(corrected / hours), Percent(adapted / hours));
    }

    private double Estimate(in Hour hour)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        long started = Stopwatch.GetTimestamp();
        double estimate = _device.Estimate(hour.Reading);
        Estimating.Add(Stopwatch.GetTimestamp() - started);
        Allocated += GC.GetAllocatedBytesForCurrentThread() - before;
        return estimate;
    }

    private Lesson Learn(in Hour hour, double reference)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        long started = Stopwatch.GetTimestamp();
        Lesson lesson = _device.Learn(hour, reference);
        Learning.Add(Stopwatch.GetTimestamp() - started);
        Allocated += GC.GetAllocatedBytesForCurrentThread() - before;
        return lesson;
    }

    private static double Square(double value) => value * value;

    // What an error of the logarithm is of the concentration.
    private static double Percent(double square) => 100 * (Math.Exp(Math.Sqrt(square)) - 1);
}

/// <summary>How far off, in percent of the concentration: from the root mean square of its logarithm.</summary>
internal readonly record struct Errors(double Delivered, double Corrected, double Adapted)
{
    public static Errors operator +(Errors a, Errors b) => new(a.Delivered + b.Delivered, a.Corrected + b.Corrected, a.Adapted + b.Adapted);

    public static Errors operator *(double factor, Errors a) => new(factor * a.Delivered, factor * a.Corrected, factor * a.Adapted);
}
