using System;

namespace OnDevice;

/// <summary>Air beside a street, hour by hour: seasons, days, weather, traffic, and somebody who paints.</summary>
internal sealed class Street(Random random)
{
    private readonly Wandering _warmth = new(random, hours: 60, deviation: 3);
    private readonly Wandering _damp = new(random, hours: 30, deviation: 12);
    private readonly Wandering _traffic = new(random, hours: 10, deviation: 0.7);
    private readonly Wandering _paint = new(random, hours: 8, deviation: 1);

    /// <param name="hour">Since the sensor was put up.</param>
    public Air Next(int hour)
    {
        double year = Math.Sin(2 * Math.PI * hour / (365 * 24));
        double day = Math.Sin(2 * Math.PI * (hour % 24 - 9) / 24);
        double temperature = 12 + 9 * year + 4 * day + _warmth.Next();
        double humidity = Math.Clamp(68 - 0.8 * (temperature - 12) + _damp.Next(), 15, 97);
        double monoxide = Math.Clamp(8 * Math.Exp(0.3 * day + _traffic.Next()), 0.5, 120);
        double alcohol = Math.Clamp(2 * Math.Exp(_paint.Next()), 0.1, 60);
        return new Air(monoxide, alcohol, temperature, humidity);
    }
}
