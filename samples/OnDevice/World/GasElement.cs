using System;

namespace OnDevice;

/// <summary>
/// One heated grain layer of tin oxide, after P. Clifford, D. Tuma, "Characteristics of semiconductor gas sensors I", Sensors and Actuators 3, 1982:
/// R = R₀·(1 + Σ aᵢ·cᵢ)^−β, with water vapour and temperature as factors beside it. The numbers are made up, of the size that such elements have.
/// </summary>
/// <param name="Resistance">ln R₀, in kΩ.</param>
/// <param name="Exponent">β.</param>
/// <param name="CarbonMonoxide">a of what is to be measured, per ppm.</param>
/// <param name="Alcohol">a of what is not, per ppm.</param>
/// <param name="Water">How much a tenfold hPa takes off ln R.</param>
/// <param name="Temperature">How much a degree puts on ln R.</param>
internal sealed record GasElement(double Resistance, double Exponent, double CarbonMonoxide, double Alcohol, double Water, double Temperature)
{
    /// <summary>ln R without noise.</summary>
    /// <param name="passed">The share of the gas that comes through the filter.</param>
    public double LogResistance(in Air air, double passed) =>
        Resistance
        - Exponent * Math.Log(1 + passed * (CarbonMonoxide * air.CarbonMonoxide + Alcohol * air.Alcohol))
        - Water * Math.Log(1 + air.VapourPressure / 10)
        + Temperature * (air.Temperature - 20);
}
