using System.Linq;
using BackpropGen.Training;
using Spectre.Console;

namespace Samples;

/// <summary>Which digits were taken for which, as a table in the terminal.</summary>
internal static class ConfusionTable
{
    public static Table Of(ConfusionMatrix confusion)
    {
        Table table = new Table().Border(TableBorder.Rounded).Title("What it was (rows) and what the network saw (columns)");
        table.AddColumn(new TableColumn("").RightAligned());
        foreach (string name in DigitData.Classes)
        {
            table.AddColumn(new TableColumn(name).RightAligned());
        }

        table.AddColumn(new TableColumn("recall").RightAligned());
        for (int i = 0; i < confusion.Classes; i++)
        {
            int row = i;
            table.AddRow([DigitData.Classes[row], .. Enumerable.Range(0, confusion.Classes).Select(Cell), $"{confusion.Recall(row):P1}"]);

            string Cell(int column) => (confusion[row, column], row == column) switch
            {
                (0, _) => "[dim]·[/]",
                (var right, true) => $"[green]{right}[/]",
                (var wrong, false) => $"[red]{wrong}[/]",
            };
        }

        return table;
    }
}
