using System;

namespace OnDevice;

/// <summary>What the sensor is in.</summary>
/// <param name="CarbonMonoxide">What is to be measured, in ppm.</param>
/// <param name="Alcohol">A vapour that the sensor takes for it, in ppm.</param>
/// <param name="Temperature">In °C.</param>
/// <param name="Humidity">Relative, in percent.</param>
internal readonly record struct Air(double CarbonMonoxide, double Alcohol, double Temperature, double Humidity)
{
    /// <summary>The pressure of the water vapour in hPa, by the formula of Magnus (constants of the WMO's guide no. 8).</summary>
    public double VapourPressure => Humidity / 100 * 6.112 * Math.Exp(17.62 * Temperature / (243.12 + Temperature));

    /// <summary>Air as the factory's gas mixer makes it: everything that the sensor may meet, evenly.</summary>
    public static Air Mixed(Random random) => new(
        Evenly(random, 0.5, 120),
        Evenly(random, 0.1, 60),
        -15 + 55 * random.NextDouble(),
        10 + 88 * random.NextDouble());

    // Of equal chance in every octave.
    private static double Evenly(Random random, double least, double most) => least * Math.Pow(most / least, random.NextDouble());
}
