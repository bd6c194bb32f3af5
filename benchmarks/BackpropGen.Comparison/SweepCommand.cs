using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;

namespace BackpropGen.Comparison;

/// <summary>Every shape beside the best competitor for that shape.</summary>
internal static class SweepCommand
{
    /// <summary>So many of the competitors, the fastest at a first look, are measured in turns with this compiler.</summary>
    private const int Finalists = 3;

    /// <summary>FANN works sample by sample, with scalars: from here on it takes ten times as long as the others, and no part.</summary>
    private const int WidestForFann = 32;

    /// <param name="rounds">Turns of each contender.</param>
    /// <param name="budget">Of one turn.</param>
    /// <param name="folder">Receives sweep.csv, sweep.svg and sweep.md.</param>
    /// <param name="write">A Markdown file whose section "sweep" is written anew; null for none.</param>
    public static void Run(SweepGrid grid, int rounds, TimeSpan budget, string folder, string? write)
    {
        MarkdownSection? section = write is null ? null : new MarkdownSection(write, "sweep");
        using Competitors competitors = Competitors.Build();
        var points = new List<SweepPoint>();
        var peaks = new List<MachinePeak>();
        long started = Stopwatch.GetTimestamp();
        foreach (int depth in grid.Depths)
        {
            Workload[] workloads = [.. grid.Workloads(depth)];
            var ours = new Ours(CompiledNetworks.Of([.. grid.Widths.Select(width => SweepGrid.Network(depth, width))]));
            ours.WarmUp(workloads);
            peaks.Add(competitors.Peak(TimeSpan.FromMilliseconds(30)));
            foreach (Workload workload in workloads)
            {
                points.Add(Measure(workload, ours, competitors.All, rounds, budget));
                ours.Forget(workload);
            }

            Console.Error.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"depth {depth}: {workloads.Length} shapes, {points.Count(p => p.Depth == depth && p.Ratio < 1)} of them slower than the best competitor; {Stopwatch.GetElapsedTime(started).TotalSeconds:F0} s"));
        }

        MachinePeak peak = MachinePeak.Median(peaks);
        string machine = Machine.Describe(peak, competitors.Versions);
        string summary = SweepSummary.Markdown(points, peak, machine, listed: 20);
        Directory.CreateDirectory(folder);
        File.WriteAllLines(Path.Combine(folder, "sweep.csv"), points.Select(p => p.Csv(peak)).Prepend(SweepPoint.CsvHeader));
        File.WriteAllText(Path.Combine(folder, "sweep.svg"), SweepPicture.Svg(points, machine));
        File.WriteAllText(Path.Combine(folder, "sweep.md"), summary);
        section?.Write(SweepSummary.Markdown(points, peak, machine, listed: 0));
        Console.Write(summary);
    }

    private static SweepPoint Measure(Workload workload, Ours ours, IReadOnlyList<Contender> others, int rounds, TimeSpan budget)
    {
        Contender[] finalists =
        [
            .. others
                .Where(o => o.Library != "FANN" || workload.Network.Inputs <= WidestForFann)
                .Select(o => (Contender: o, Timing: o.Measure(workload, budget / 6)))
                .Where(o => o.Timing is not null)
                .OrderBy(o => o.Timing!.Value.MedianNanoseconds)
                .Take(Finalists)
                .Select(o => o.Contender),
        ];
        IReadOnlyList<Lap> laps = Race.Run(workload, [ours, .. finalists], rounds, budget);
        Lap? best = laps.Where(l => l.Contender is not Ours).MinBy(l => l.BestRound);
        return new SweepPoint(workload, laps.Single(l => l.Contender is Ours).BestRound, best?.Contender.Name ?? string.Empty, best?.BestRound ?? double.NaN);
    }
}
