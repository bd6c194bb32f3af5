using System;
using System.Globalization;
using System.IO;
using System.Text;

namespace FuelEconomy;

/// <summary>
/// Cars that need no download, in the format of the real ones, some of their powers unknown. Their sizes go together as those of cars do, and what they take
/// grows with weight and power and shrinks over the years; what is left to chance is 1.5 mpg, which no network can learn.
/// </summary>
internal static class MadeUpCars
{
    public const double Chance = 1.5;

    public static Stream Write(int count, int seed)
    {
        var random = new Random(seed);
        var text = new StringBuilder();
        for (int i = 0; i < count; i++)
        {
            // From the smallest to the largest car; the large ones are American.
            double size = random.NextDouble();
            int origin = size > 0.5 || random.NextDouble() < 0.3 ? 1 : random.Next(2, 4);
            int cylinders = size < 0.45 ? 4 : size < 0.7 ? 6 : 8;
            double displacement = 75 + 330 * size * size + 25 * random.NextDouble();
            double weight = 1700 + 2800 * size + 300 * random.NextDouble();
            double power = 48 + 0.33 * displacement + 25 * random.NextDouble();
            double acceleration = 8 + 0.25 * weight / power + 2 * random.NextDouble();
            int year = random.Next(70, 83);
            double gallonsPerMile = 0.006 + 1.05e-5 * weight + 6e-5 * power - 0.0009 * (year - 70) + (origin == 1 ? 0.002 : 0);
            double mpg = Math.Max(5, 1 / gallonsPerMile + Chance * Normal(random));
            string known = random.NextDouble() < 0.02 ? "?" : power.ToString("F1", CultureInfo.InvariantCulture);
            text.Append(
                CultureInfo.InvariantCulture,
                $"{mpg,-6:F1} {cylinders}   {displacement,-8:F1}   {known,-8}   {weight,-8:F0}   {acceleration,-5:F1}  {year}  {origin}\t\"car {i + 1}\"\n");
        }

        return new MemoryStream(Encoding.UTF8.GetBytes(text.ToString()));
    }

    // G. Box, M. Muller, "A note on the generation of random normal deviates", Annals of Mathematical Statistics 29, 1958.
    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
