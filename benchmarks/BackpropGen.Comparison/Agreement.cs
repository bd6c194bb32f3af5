using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace BackpropGen.Comparison;

/// <summary>Whether everybody computes the same thing: the same parameters, the same samples, three training steps. A wrong program is fast.</summary>
internal static class Agreement
{
    /// <summary>Of outputs and losses, relative to the largest: rounding of sums in other orders, and no more.</summary>
    private const double Tolerance = 1e-4;

    // Large enough for the steps to show in the losses.
    private const float Rate = 0.1f;

    /// <exception cref="UserErrorException">Somebody computes something else.</exception>
    public static void Require(Ours ours, IReadOnlyList<Contender> others, IEnumerable<Workload> workloads, TextWriter log)
    {
        var outliers = new List<string>();
        int agreed = 0;
        foreach ((NetworkSpec network, int batch) in workloads.Select(w => (w.Network, w.Batch)).Distinct())
        {
            Sample expected = ours.Compute(network, batch, Rate);
            foreach (Contender other in others)
            {
                if (other.Compute(network, batch, Rate) is not { } sample)
                {
                    continue;
                }

                double difference = expected.DifferenceTo(sample);
                if (difference <= Tolerance)
                {
                    agreed++;
                }
                else
                {
                    outliers.Add(string.Create(CultureInfo.InvariantCulture, $"{other.Name} on {network.Text}, batch {batch}: {difference:E1} off"));
                }
            }
        }

        if (outliers.Count > 0)
        {
            throw new UserErrorException($"not everybody computes the same (expected {Tolerance.ToString(CultureInfo.InvariantCulture)}):\n" + string.Join('\n', outliers));
        }

        log.WriteLine(string.Create(CultureInfo.InvariantCulture, $"agreement: {agreed} computations, the same outputs and losses within {Tolerance}"));
    }
}
