using System;

namespace OnDevice;

/// <summary>What an hour brings.</summary>
/// <param name="Number">Since the sensor was put up.</param>
/// <param name="Reading">What the sensor says.</param>
/// <param name="Truth">What it should say, in ppm; nobody knows it in the field, and nothing is learnt from it.</param>
/// <param name="Reference">What the reference instrument says, in ppm, as far as it says something; null where it does not come by.</param>
internal readonly record struct Hour(int Number, Reading Reading, double Truth, double? Reference);

/// <summary>
/// A sensor at its place, and a reference instrument that comes by four times a day. That is right within three percent, but one time in fifty it says
/// nothing, one time in fifty nonsense; and for two weeks it says half of what it should, as somebody has set it wrongly.
/// The same seed is the same field.
/// </summary>
internal sealed class Field
{
    /// <summary>A month, in hours: of thirty days.</summary>
    public const int HoursPerMonth = 30 * 24;

    /// <summary>The hours in between which the instrument is set wrongly.</summary>
    public const int WrongFrom = 40 * 24, WrongTo = 54 * 24;

    private const int HoursPerReference = 6;

    private readonly Random _random;
    private readonly Street _street;
    private readonly GasSensor _sensor;
    private int _hour;

    public Field(int seed, Ageing ageing)
    {
        _random = new Random(seed);
        _street = new Street(_random);
        _sensor = new GasSensor(_random, ageing);
    }

    public Hour Next()
    {
        Air air = _street.Next(_hour);
        Reading reading = _sensor.Read(air, _hour);
        var hour = new Hour(_hour, reading, air.CarbonMonoxide, _hour % HoursPerReference == 0 ? Reference(air.CarbonMonoxide) : null);
        _hour++;
        return hour;
    }

    private double Reference(double truth)
    {
        double said = truth * Math.Exp(0.03 * Wandering.Normal(_random)) * (_hour is >= WrongFrom and < WrongTo ? 0.5 : 1);
        return _random.Next(100) switch
        {
            0 or 1 => double.NaN,
            2 => 1e9,
            3 => said * 12,
            _ => said,
        };
    }
}
