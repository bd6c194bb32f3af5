using System;
using System.Collections.Generic;
using System.Linq;

namespace BackpropGen.Comparison;

/// <summary>What one contender took for one workload.</summary>
/// <param name="Rounds">Its turns, at least one.</param>
internal sealed record Lap(Workload Workload, Contender Contender, IReadOnlyList<Timing> Rounds)
{
    /// <summary>The median over the rounds, in nanoseconds a call.</summary>
    public double Nanoseconds { get; } = Statistics.Median(Rounds.Select(r => r.MedianNanoseconds));

    /// <summary>The best round's median: where rounds are too few for a median over them, since a neighbour can only make one slower.</summary>
    public double BestRound { get; } = Rounds.Min(r => r.MedianNanoseconds);
}

/// <summary>
/// Contenders in turn, round by round: a clock that drifts and a neighbour who wakes up fall on all of them. Each round starts with
/// another one.
/// </summary>
internal static class Race
{
    /// <returns>The laps of those that can do the workload.</returns>
    public static IReadOnlyList<Lap> Run(Workload workload, IReadOnlyList<Contender> contenders, int rounds, TimeSpan budget)
    {
        var timings = contenders.ToDictionary(c => c, _ => new List<Timing>());
        for (int round = 0; round < rounds; round++)
        {
            for (int i = 0; i < contenders.Count; i++)
            {
                Contender contender = contenders[(i + round) % contenders.Count];
                if (contender.Measure(workload, budget) is { } timing)
                {
                    timings[contender].Add(timing);
                }
            }
        }

        return [.. contenders.Where(c => timings[c].Count > 0).Select(c => new Lap(workload, c, timings[c]))];
    }
}
