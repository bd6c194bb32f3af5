using System;
using System.Globalization;
using System.IO;

namespace OnDevice;

/// <summary>What the command line says. Read by hand: a device program brings no library for it.</summary>
/// <param name="Weights">The factory's file; null for the one that is built in.</param>
/// <param name="Live">Where a device keeps itself; null for the comparison.</param>
/// <param name="Check">A device's file that is only looked at; null for none.</param>
internal sealed record Arguments(string? Weights, string? Live, string? Check, int Seed)
{
    public const string WeightsName = "--weights", SeedName = "--seed", LiveName = "--live";

    public const string Usage = """
        Two years of a gas sensor that ages, on a device whose network learns from reference readings.

          --weights <file>   The factory's network (default: the one that is built in)
          --seed <n>         Of the field: weather, gases, ageing (default: 0)
          --live <file>      Only lives 120 days, from where the file says, and saves itself there after each reference reading
          --check <file>     Only says whether a device's saved file fits the factory's network
          --help             This
        """;

    /// <exception cref="IOException">Something else is there than was expected.</exception>
    public static Arguments Parse(ReadOnlySpan<string> args)
    {
        var parsed = new Arguments(null, null, null, 0);
        for (int i = 0; i < args.Length; i += 2)
        {
            string name = args[i];
            string value = i + 1 < args.Length ? args[i + 1] : throw new IOException($"{name}: expected something behind it, or --help alone");
            parsed = name switch
            {
                WeightsName => parsed with { Weights = value },
                "--check" => parsed with { Check = value },
                LiveName => parsed with { Live = value },
                SeedName => parsed with { Seed = Integer(name, value) },
                _ => throw new IOException($"\"{name}\": expected --weights, --seed, --live, --check or --help"),
            };
        }

        return parsed;
    }

    private static int Integer(string name, string value) =>
        int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number)
            ? number
            : throw new IOException($"{name} \"{value}\": expected an integer");
}
