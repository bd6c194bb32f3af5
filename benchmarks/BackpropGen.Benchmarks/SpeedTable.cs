using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text;
using BenchmarkDotNet.Reports;

namespace BackpropGen.Benchmarks;

/// <summary>All that was measured in one Markdown table: a network and what it does a row, a way of writing it a column.</summary>
internal static class SpeedTable
{
    private static readonly (string Method, string Title)[] Columns =
    [
        (nameof(Inference<Toy>.BackpropGen), "BackpropGen"),
        (nameof(Inference<Toy>.Vectors), "`Vector<T>`"),
        (nameof(Inference<Toy>.TensorPrimitives), "TensorPrimitives"),
        (nameof(Inference<Toy>.Naive), "plain loops"),
    ];

    public static string Markdown(IReadOnlyList<Summary> summaries)
    {
        var text = new StringBuilder();
        text.Append("| network | ").AppendJoin(" | ", Columns.Select(c => c.Title)).Append(" |\n");
        text.Append("| --- |").Insert(text.Length, " ---: |", Columns.Length).Append('\n');
        foreach (IGrouping<Type, BenchmarkReport> row in summaries.SelectMany(s => s.Reports).GroupBy(r => r.BenchmarkCase.Descriptor.Type).OrderBy(Place))
        {
            var network = (INetworkCase)Activator.CreateInstance(row.Key.GetGenericArguments()[0])!;
            string work = row.Key.GetGenericTypeDefinition() == typeof(Inference<>) ? "inference of 1" : string.Create(CultureInfo.InvariantCulture, $"training step of {network.Batch}");
            text.Append("| ").AppendJoin('-', network.Widths).Append(": ").Append(work).Append(" | ").AppendJoin(" | ", Columns.Select(c => Nanoseconds(row, c.Method))).Append(" |\n");
        }

        // The tool and the system, then the processor.
        string machine = string.Join(", ", summaries[0].HostEnvironmentInfo.ToFormattedString().Take(2));
        return text.Append(CultureInfo.InvariantCulture, $"\nMedians in ns. {machine}, {RuntimeInformation.FrameworkDescription}. {DateTime.UtcNow:yyyy-MM-dd}.\n").ToString();
    }

    // The networks from small to large, and each one's inference first.
    private static (int, bool) Place(IGrouping<Type, BenchmarkReport> row)
    {
        var network = (INetworkCase)Activator.CreateInstance(row.Key.GetGenericArguments()[0])!;
        return (network.Network.Parameters.Length, row.Key.GetGenericTypeDefinition() == typeof(TrainingStep<>));
    }

    private static string Nanoseconds(IEnumerable<BenchmarkReport> reports, string method) =>
        reports.FirstOrDefault(r => r.BenchmarkCase.Descriptor.WorkloadMethod.Name == method)?.ResultStatistics is { } statistics
            ? statistics.Median.ToString(statistics.Median < 99.5 ? "F1" : "N0", CultureInfo.InvariantCulture)
            : "–";
}
