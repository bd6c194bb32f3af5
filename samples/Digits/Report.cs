using System;
using System.Linq;
using System.Text;
using BackpropGen;
using Spectre.Console;

namespace Digits;

/// <summary>What is said before and after the training.</summary>
internal static class Report
{
    /// <summary>Colours and bars are for a terminal; a file or a pipe gets plain lines.</summary>
    public static void SetUp()
    {
        Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        if (Console.IsOutputRedirected)
        {
            AnsiConsole.Console = AnsiConsole.Create(new AnsiConsoleSettings
            {
                Ansi = AnsiSupport.No,
                ColorSystem = ColorSystemSupport.NoColors,
                Interactive = InteractionSupport.No,
            });
            AnsiConsole.Profile.Width = 100;
        }
    }

    public static void Start(DigitData data, IClassifier net)
    {
        AnsiConsole.WriteLine($"Data     {data.Origin}");
        AnsiConsole.WriteLine($"         {data.Train.Count:N0} to train on, {data.Test.Count:N0} to test on, {data.Train.Width} × {data.Train.Height} pixels");
        AnsiConsole.WriteLine($"Network  {data.Recipe.Name}: {net.Parameters.Length:N0} parameters, a workspace of {net.WorkspaceBytes:N0} bytes");
        AnsiConsole.WriteLine($"         {net.Fingerprint}");
        foreach (NetworkTensor tensor in net.Tensors)
        {
            AnsiConsole.WriteLine($"         {tensor.Name,-16} {string.Join(" × ", tensor.Shape)}");
        }

        AnsiConsole.WriteLine();
    }

    public static void Learned(Dataset test, ReadOnlySpan<int> predicted, IClassifier net)
    {
        AnsiConsole.WriteLine();
        AnsiConsole.Write(Confusion(test.Labels, predicted));
        Gallery.Show(test, predicted, net);
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

        Console.Error.WriteLine($"error: the mean accuracy is {100 * mean:F2} %; at least {required:0.##} % was required");
        return 1;
    }

    private static Table Confusion(ReadOnlySpan<int> labels, ReadOnlySpan<int> predicted)
    {
        var counts = new int[Dataset.Classes, Dataset.Classes];
        for (int i = 0; i < labels.Length; i++)
        {
            counts[labels[i], predicted[i]]++;
        }

        Table table = new Table().Border(TableBorder.Rounded).Title("What it was (rows) and what the network saw (columns)");
        table.AddColumn(new TableColumn("").RightAligned());
        foreach (int column in Enumerable.Range(0, Dataset.Classes))
        {
            table.AddColumn(new TableColumn($"{column}").RightAligned());
        }

        foreach (int row in Enumerable.Range(0, Dataset.Classes))
        {
            table.AddRow(Enumerable.Range(0, Dataset.Classes).Select(Cell).Prepend($"{row}").ToArray());

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
