using System;
using System.Collections.Generic;
using System.Linq;
using BackpropGen.Training;

namespace BackpropGen.Reporting;

/// <summary>How the network learned: losses, metrics and the learning rate over the epochs.</summary>
internal static class LearningSection
{
    private const int MostRows = 200, MostPieces = 160;

    /// <summary>HTML; empty where nothing was recorded.</summary>
    public static string Write(ReportModel model)
    {
        IReadOnlyList<EpochResult> history = model.Result.History;
        if (history.Count == 0)
        {
            return model.Losses.Count == 0 ? "<p>No epoch was completed.</p>\n" : "<p>No epoch was completed.</p>\n" + Steps(model);
        }

        string small = string.Concat(Metrics(model)) + Rate(history) + Steps(model);
        return Losses(model) + $"<div class=\"grid\">{small}</div>\n" + Numbered(history);
    }

    private static string Losses(ReportModel model)
    {
        IReadOnlyList<EpochResult> history = model.Result.History;
        bool validated = history.Any(e => e.ValidationLoss is not null);
        var training = new Series("training", !validated, [.. history.Select(e => new Point(e.Number, e.TrainingLoss))]);
        Series[] series = validated
            ? [new Series("validation", true, [.. history.Select(e => new Point(e.Number, e.ValidationLoss ?? double.NaN))]), training]
            : [training];
        EpochResult? best = model.Result.BestEpoch;
        double least = best?.ValidationLoss ?? best?.TrainingLoss ?? double.NaN;
        var chart = new LineChart("Loss per epoch", Describe(series), "epoch", series)
        {
            Mark = best is null ? null : new Mark(new Point(best.Number, least), $"best epoch {Numbers.Count(best.Number)}: {Numbers.Short(least)}"),
        };
        string note = (validated ? "On the examples it learned from, and on those it did not." : "On the examples it learned from; there were none to validate on.")
            + (chart.IsLogarithmic ? " Logarithmic scale." : "");
        return Figure.Fluid("Loss", note, width => chart.Draw(width, width > 500 ? 340 : 260), widest: true);
    }

    private static IEnumerable<string> Metrics(ReportModel model)
    {
        IReadOnlyList<EpochResult> history = model.Result.History;
        string on = model.Run.ValidationCount > 0 ? "On the validation examples." : "On the training examples.";
        foreach (string name in history.SelectMany(e => e.Metrics).Select(m => m.Name).Distinct())
        {
            Point[] points = [.. history.Select(e => new Point(e.Number, e.Metrics.Where(m => m.Name == name).Select(m => m.Value).FirstOrDefault(double.NaN)))];
            Series[] series = [new Series(name, true, points)];
            yield return Small(Capital(name), on, new LineChart(Capital(name) + " per epoch", Describe(series), "epoch", series) { Named = false, MayBeLogarithmic = false });
        }
    }

    private static string Rate(IReadOnlyList<EpochResult> history)
    {
        Series[] series = [new Series("learning rate", true, [.. history.Select(e => new Point(e.Number, e.LearningRate))])];
        var chart = new LineChart("Learning rate per epoch", Describe(series), "epoch", series) { Named = false, MayBeLogarithmic = false };
        return Small("Learning rate", "Of each epoch's last step.", chart);
    }

    private static string Steps(ReportModel model)
    {
        if (model.Losses.Count < 2)
        {
            return "";
        }

        IReadOnlyList<LossPiece> pieces = LossPiece.Join(model.Losses, MostPieces);
        Series[] series = [new Series("loss", true, [.. pieces.Select(p => new Point(p.LastStep, p.Mean))])];
        long perPiece = pieces[0].LastStep;
        var chart = new LineChart("Loss per step", Describe(series), "step", series)
        {
            Named = false,
            Bands = perPiece > 1 ? [.. pieces.Select(p => new Band(p.LastStep, p.Least, p.Greatest))] : [],
        };
        string note = (perPiece > 1 ? $"Mean, least and greatest of {Numbers.Count(perPiece)} steps each." : "Each step's, as it was met.") + (chart.IsLogarithmic ? " Logarithmic scale." : "");
        return Small("Loss by step", note, chart);
    }

    private static string Small(string title, string note, LineChart chart) => Figure.Plain(title, note, chart.Draw(330, 210));

    private static string Numbered(IReadOnlyList<EpochResult> history)
    {
        string[] metrics = [.. history.SelectMany(e => e.Metrics).Select(m => m.Name).Distinct()];
        int every = (history.Count + MostRows - 1) / MostRows;
        IEnumerable<EpochResult> shown = history.Where((e, i) => i % every == 0 || i == history.Count - 1);
        string summary = "The numbers, epoch by epoch" + (every > 1 ? $" (one of {Numbers.Count(every)} epochs)" : "");
        return Table.Folded(
            summary,
            ["Epoch", "Training loss", "Validation loss", .. metrics, "Learning rate", "Time", "<Best so far"],
            shown.Select(e => (IReadOnlyList<string>)
            [
                Numbers.Count(e.Number),
                Numbers.Column(e.TrainingLoss),
                e.ValidationLoss is { } loss ? Numbers.Column(loss) : "–",
                .. metrics.Select(name => e.Metrics.Where(m => m.Name == name).Select(m => Numbers.Column(m.Value)).FirstOrDefault("–")),
                Numbers.Short(e.LearningRate),
                Numbers.Duration(e.Duration),
                e.IsBest ? "★ best" : "",
            ]));
    }

    private static string Describe(Series[] series) => string.Join(" ", series.Select(s =>
    {
        Point[] finite = [.. s.Points.Where(p => double.IsFinite(p.Y))];
        return finite.Length == 0
            ? $"{Capital(s.Name)}: never a finite number."
            : $"{Capital(s.Name)}: from {Numbers.Short(finite[0].Y)} to {Numbers.Short(finite[^1].Y)}, between {Numbers.Short(finite.Min(p => p.Y))} and {Numbers.Short(finite.Max(p => p.Y))}"
                + (finite.Length < s.Points.Count ? $"; {Numbers.Count(s.Points.Count - finite.Length)} not finite." : ".");
    }));

    internal static string Capital(string name) => name.Length == 0 ? name : string.Concat(name[..1].ToUpperInvariant(), name.AsSpan(1));
}
