using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Runtime.InteropServices;
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

    public static void Print(IEnumerable<Summary> summaries)
    {
        BenchmarkReport[] reports = [.. summaries.SelectMany(s => s.Reports).Where(r => r.ResultStatistics is not null)];
        if (reports.Length == 0)
        {
            return;
        }

        Console.WriteLine();
        Console.WriteLine($"| network | {string.Join(" | ", Columns.Select(c => c.Title))} |");
        Console.WriteLine($"| --- |{string.Concat(Columns.Select(_ => " ---: |"))}");
        foreach (IGrouping<Type, BenchmarkReport> row in reports.GroupBy(r => r.BenchmarkCase.Descriptor.Type).OrderBy(Place))
        {
            var network = (INetworkCase)Activator.CreateInstance(row.Key.GetGenericArguments()[0])!;
            string work = row.Key.GetGenericTypeDefinition() == typeof(Inference<>) ? "inference of 1" : string.Create(CultureInfo.InvariantCulture, $"training step of {network.Batch}");
            Console.WriteLine($"| {string.Join('-', network.Widths)}: {work} | {string.Join(" | ", Columns.Select(c => Nanoseconds(row, c.Method)))} |");
        }

        Console.WriteLine();
        // The tool and the system, then the processor.
        string machine = string.Join(", ", summaries.First().HostEnvironmentInfo.ToFormattedString().Take(2));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Medians in ns. {machine}, {RuntimeInformation.FrameworkDescription}. {DateTime.UtcNow:yyyy-MM-dd}."));
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
