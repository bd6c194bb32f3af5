using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace BackpropGen.Comparison;

/// <summary>The five networks beside everybody, in one run.</summary>
internal static class CompetitorsCommand
{
    /// <param name="rounds">Turns of each contender.</param>
    /// <param name="budget">Of one contender's turn at one workload.</param>
    /// <param name="names">The networks, by a part of their text; empty for all.</param>
    /// <param name="write">A Markdown file whose section "competitors" is written anew; null for none.</param>
    /// <param name="log">Receives a line per turn: network, competitor, phase, batch, ns (median), ns (fastest), calls.</param>
    public static void Run(int rounds, TimeSpan budget, IReadOnlyList<string> names, string? write, string? log)
    {
        Workload[] workloads = [.. FiveNetworks.Workloads.Where(w => names.Count == 0 || names.Any(n => w.Network.Text.Contains(n, StringComparison.OrdinalIgnoreCase)))];
        if (workloads.Length == 0)
        {
            throw new UserErrorException($"no network is called {string.Join(" or ", names)}; expected a part of {string.Join(", ", FiveNetworks.Networks.Select(n => n.Text))}");
        }

        MarkdownSection? target = write is null ? null : new MarkdownSection(write, "competitors");
        using Competitors competitors = Competitors.Build();
        var ours = new Ours(CompiledNetworks.Of([.. workloads.Select(w => w.Network).Distinct()]));
        Agreement.Require(ours, competitors.All, workloads, Console.Error);
        ours.WarmUp(workloads);

        var peaks = new List<MachinePeak>();
        var laps = new List<Lap>();
        foreach (Workload workload in workloads)
        {
            Console.Error.WriteLine($"{workload.Network.Text} {workload.PhaseName} {workload.Batch.ToString(CultureInfo.InvariantCulture)}");
            peaks.Add(competitors.Peak(TimeSpan.FromMilliseconds(15)));
            laps.AddRange(Race.Run(workload, [ours, .. competitors.All], rounds, budget));
        }

        MachinePeak peak = MachinePeak.Median(peaks);
        string section = CompetitorsTable.Markdown(laps, peak) + "\n" + Machine.Describe(peak, competitors.Versions) + "\n";
        Console.Write(section);
        if (log is not null)
        {
            File.WriteAllLines(log, laps.SelectMany(Lines));
        }

        target?.Write(section);
    }

    private static IEnumerable<string> Lines(Lap lap) => lap.Rounds.Select(t => FormattableString.Invariant(
        $"{lap.Workload.Network.Text}\t{lap.Contender.Name}\t{lap.Workload.PhaseName}\t{lap.Workload.Batch}\t{t.MedianNanoseconds:F3}\t{t.MinNanoseconds:F3}\t{t.Calls}"));
}
