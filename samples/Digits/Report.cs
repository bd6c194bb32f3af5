using System;
using System.Linq;
using BackpropGen;
using BackpropGen.Data;
using Samples;
using Spectre.Console;

namespace Digits;

/// <summary>What is said before and after the training.</summary>
internal static class Report
{
    public static void Start(DigitTask task, IClassifier net)
    {
        DigitData data = task.Data;
        AnsiConsole.WriteLine($"Data     {data.Origin}");
        AnsiConsole.WriteLine($"         {data.Train.Count:N0} to train on, {data.Test.Count:N0} to test on, {data.Side} × {data.Side} pixels");
        AnsiConsole.WriteLine($"Network  {task.Recipe.Name}: {net.Parameters.Length:N0} parameters, a workspace of {net.WorkspaceBytes:N0} bytes");
        AnsiConsole.WriteLine($"         {net.Fingerprint}");
        foreach (NetworkTensor tensor in net.Tensors)
        {
            AnsiConsole.WriteLine($"         {tensor.Name,-16} {string.Join(" × ", tensor.Shape)}");
        }

        AnsiConsole.WriteLine();
    }

    public static void Learned(DigitData data, ReadOnlySpan<int> predicted, IClassifier net)
    {
        AnsiConsole.WriteLine();
        AnsiConsole.Write(Confusion(data.Test, predicted));
        Gallery.Show(data, predicted, net);
    }

    /// <returns>The exit code.</returns>
    public static int Verdict(double[] accuracies, double? requiredPercent)
    {
        double mean = accuracies.Average();
        AnsiConsole.WriteLine(accuracies.Length == 1
            ? $"Accuracy {mean:P2}"
            : $"Mean accuracy {mean:P2} of {accuracies.Length} seeds");
        if (requiredPercent is not { } required || 100 * mean >= required)
        {
            return 0;
        }

        return SampleCommand.Fail($"the mean accuracy is {100 * mean:F2} %; at least {required:0.##} % was required");
    }

    private static Table Confusion(LabelExamples test, ReadOnlySpan<int> predicted)
    {
        int classes = DigitData.Classes.Count;
        var counts = new int[classes, classes];
        for (int i = 0; i < test.Count; i++)
        {
            counts[test.Target(i)[0], predicted[i]]++;
        }

        Table table = new Table().Border(TableBorder.Rounded).Title("What it was (rows) and what the network saw (columns)");
        table.AddColumn(new TableColumn("").RightAligned());
        foreach (int column in Enumerable.Range(0, classes))
        {
            table.AddColumn(new TableColumn($"{column}").RightAligned());
        }

        foreach (int row in Enumerable.Range(0, classes))
        {
            table.AddRow(Enumerable.Range(0, classes).Select(Cell).Prepend($"{row}").ToArray());

            string Cell(int column) => (counts[row, column], row == column) switch
            {
                (0, _) => "[dim]·[/]",
                (int right, true) => $"[green]{right}[/]",
                (int wrong, false) => $"[red]{wrong}[/]",
            };
        }

        return table;
    }
}
