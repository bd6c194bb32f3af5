using System;
using System.Collections.Generic;
using System.Linq;
using BackpropGen.Training;

namespace BackpropGen.Reporting;

/// <summary>The table of epochs, a line each: as many columns as the terminal is wide for.</summary>
internal sealed class EpochTable
{
    private const int Gap = 2;
    private readonly List<Column> columns = [];

    /// <summary>Lays the table out.</summary>
    /// <param name="run">What is trained.</param>
    /// <param name="first">The first epoch: it says which metrics there are.</param>
    /// <param name="width">Letters in a line.</param>
    public EpochTable(TrainingRun run, EpochResult first, int width)
    {
        int digits = Math.Max(Numbers.Count(run.Epochs).Length, "epoch".Length);
        columns.Add(new Column("epoch", digits, e => Numbers.Count(e.Number)));
        columns.Add(new Column("loss", 9, e => Numbers.Column(e.TrainingLoss)));
        if (run.ValidationCount > 0)
        {
            columns.Add(new Column("val. loss", 9, e => e.ValidationLoss is { } loss ? Numbers.Column(loss) : "–"));
        }

        for (int i = 0; i < first.Metrics.Count; i++)
        {
            int metric = i;
            string name = Html.Shorten(first.Metrics[i].Name, 14);
            columns.Add(new Column(name, Math.Max(name.Length, 8), e => metric < e.Metrics.Count ? Numbers.Column(e.Metrics[metric].Value) : "–"));
        }

        columns.Add(new Column("rate", 9, e => Numbers.Short(e.LearningRate)));
        columns.Add(new Column("samples/s", 11, e => Numbers.Count(e.SamplesPerSecond)));
        columns.Add(new Column("time", 12, e => Numbers.Duration(e.Duration)));

        // What does not fit is left out from the right; the place for the mark of the best stays.
        while (columns.Count > 1 && columns.Sum(c => c.Width + Gap) > width)
        {
            columns.RemoveAt(columns.Count - 1);
        }
    }

    /// <summary>The names of the columns.</summary>
    public string Head => Line("", c => c.Name);

    /// <summary>An epoch; the best so far has a mark before it.</summary>
    public string Row(EpochResult epoch, bool unicode) => Line(epoch.IsBest ? unicode ? "★" : "*" : "", c => c.Cell(epoch));

    private string Line(string mark, Func<Column, string> cell) => mark.PadRight(Gap) + string.Join(new string(' ', Gap), columns.Select(c => cell(c).PadLeft(c.Width)));

    private sealed record Column(string Name, int Width, Func<EpochResult, string> Cell);
}
