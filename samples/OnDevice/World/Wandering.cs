using System;

namespace OnDevice;

/// <summary>Something that wanders about 0 and comes back: an Ornstein-Uhlenbeck process, seen every hour.</summary>
/// <param name="hours">After which a third of a deviation is left.</param>
/// <param name="deviation">The standard deviation.</param>
internal sealed class Wandering(Random random, double hours, double deviation)
{
    private readonly double _kept = Math.Exp(-1 / hours);
    private double _value = deviation * Normal(random);

    /// <summary>The value of the next hour.</summary>
    public double Next() => _value = _kept * _value + Math.Sqrt(1 - _kept * _kept) * deviation * Normal(random);

    /// <summary>From the normal distribution of mean 0 and deviation 1: G. Box, M. Muller, "A note on the generation of random normal deviates", 1958.</summary>
    public static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
