using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace BackpropGen.Comparison;

/// <summary>A workload a row, a library a column (the best of its ways), the ratio to the best of them, and the share of the peak.</summary>
internal static class CompetitorsTable
{
    public static string Markdown(IReadOnlyList<Lap> laps, MachinePeak peak)
    {
        string[] libraries = [.. laps.Select(l => l.Contender.Library).Distinct()];
        var text = new StringBuilder();
        text.Append("| network | ").AppendJoin(" | ", libraries).Append(" | × the best | of the peak |\n");
        text.Append("| --- |").Insert(text.Length, " ---: |", libraries.Length + 2).Append('\n');
        foreach (IGrouping<Workload, Lap> row in laps.GroupBy(l => l.Workload))
        {
            Workload workload = row.Key;
            text.Append(CultureInfo.InvariantCulture, $"| {workload.Network.Description}: {(workload.Phase == Phase.Infer ? "inference" : "training step")} of {workload.Batch} |");
            foreach (string library in libraries)
            {
                Lap? best = row.Where(l => l.Contender.Library == library).MinBy(l => l.Nanoseconds);
                text.Append(' ').Append(best is null ? "–" : Duration(best.Nanoseconds)).Append(" |");
            }

            double ours = row.Where(l => l.Contender is Ours).Min(l => l.Nanoseconds);
            double ratio = row.Where(l => l.Contender is not Ours).Select(l => l.Nanoseconds).DefaultIfEmpty(double.NaN).Min() / ours;
            // Rounded down: a loss must not become a draw.
            string times = double.IsNaN(ratio) ? "–" : string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(100 * ratio) / 100:F2}");
            string share = peak.Best > 0 ? string.Create(CultureInfo.InvariantCulture, $"{100 * workload.Flop / ours / peak.Best:F0} %") : "–";
            text.Append(CultureInfo.InvariantCulture, $" {(ratio < 1 ? $"**{times}**" : times)} | {share} |\n");
        }

        return text.ToString();
    }

    // Three digits, in the unit that has one to three of them before the point.
    private static string Duration(double nanoseconds) => nanoseconds switch
    {
        < 999.5 => Digits(nanoseconds) + " ns",
        < 999_500 => Digits(nanoseconds / 1e3) + " µs",
        _ => Digits(nanoseconds / 1e6) + " ms",
    };

    private static string Digits(double value) => value.ToString(value < 9.995 ? "F2" : value < 99.95 ? "F1" : "F0", CultureInfo.InvariantCulture);
}
