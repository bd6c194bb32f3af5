using System;

namespace OnDevice;

/// <summary>Three elements that like different gases, a thermometer and a hygrometer. Nobody but the simulation looks into it.</summary>
internal sealed class GasSensor(Random random, Ageing ageing)
{
    private const double HoursPerYear = 365 * 24;

    // Of a reading of ln R: one percent of the resistance.
    private const double Noise = 0.01;

    private static readonly GasElement[] New =
    [
        new(Resistance: 3.2, Exponent: 0.65, CarbonMonoxide: 0.30, Alcohol: 0.06, Water: 0.20, Temperature: -0.012),
        new(Resistance: 4.1, Exponent: 0.80, CarbonMonoxide: 0.08, Alcohol: 0.45, Water: 0.12, Temperature: -0.018),
        new(Resistance: 2.5, Exponent: 0.45, CarbonMonoxide: 0.50, Alcohol: 0.50, Water: 0.35, Temperature: -0.006),
    ];

    // What a year does: to ln R₀, to the logarithms of both sensitivities, to the temperature's coefficient.
    private static readonly (double Resistance, double Sensitivity, double Temperature)[] PerYear =
        [(0.12, -0.30, 0.002), (-0.08, -0.05, -0.002), (0.05, -0.20, 0.001)];

    // What of the gas a year of dust keeps back.
    private const double FilterPerYear = 0.5;

    // On top of that, ln R₀ of each element walks at random: by so much in a month.
    private const double WalkPerMonth = 0.015;

    private readonly double[] _walked = new double[New.Length];

    public Reading Read(in Air air, int hour)
    {
        double years = hour / HoursPerYear;
        double passed = ageing == Ageing.Filter ? Math.Exp(-FilterPerYear * years) : 1;
        return new Reading(Element(0, air, passed, years), Element(1, air, passed, years), Element(2, air, passed, years),
            (float)(air.Temperature + 0.2 * Wandering.Normal(random)),
            (float)(air.Humidity + Wandering.Normal(random)));
    }

    private float Element(int place, in Air air, double passed, double years)
    {
        GasElement element = New[place];
        if (ageing == Ageing.Elements)
        {
            (double resistance, double sensitivity, double temperature) = PerYear[place];
            _walked[place] += WalkPerMonth * Math.Sqrt(12 / HoursPerYear) * Wandering.Normal(random);
            double left = Math.Exp(sensitivity * years);
            element = element with
            {
                Resistance = element.Resistance + resistance * years + _walked[place],
                CarbonMonoxide = element.CarbonMonoxide * left,
                Alcohol = element.Alcohol * left,
                Temperature = element.Temperature + temperature * years,
            };
        }

        return (float)(element.LogResistance(air, passed) + Noise * Wandering.Normal(random));
    }
}
