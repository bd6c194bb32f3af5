using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using BackpropGen;
using BackpropGen.Data;
using BackpropGen.Reporting;
using BackpropGen.Training;

namespace ReportInBrowser;

[Affine(64, 32, Name = "Hidden")]
[Relu]
[Affine(32, 10)]
[CrossEntropyLoss]
[Adam(0.01f)]
internal sealed partial class PictureNet;

[Affine(5, 16)]
[Tanh]
[Affine(16, 1)]
[MseLoss]
[Adam(0.01f)]
internal sealed partial class CurveNet;

[Affine(6, 40)]
[CrossEntropyLoss]
[Sgd(0.1f)]
internal sealed partial class ManyNet;

/// <summary>The reports that are looked at: trained here, of each kind.</summary>
internal static class Reports
{
    /// <summary>Writes them.</summary>
    /// <returns>The files, and the charts that each shows at least.</returns>
    public static IReadOnlyList<(string Path, int Charts)> Write(string folder)
    {
        (string Path, int Charts)[] reports =
        [
            (Path.Combine(folder, "pictures.html"), 14),
            (Path.Combine(folder, "values.html"), 14),
            (Path.Combine(folder, "classes.html"), 6),
            (Path.Combine(folder, "extremes.html"), 6),
        ];
        Pictures(reports[0].Path);
        Values(reports[1].Path);
        ManyClasses(reports[2].Path);
        Extremes(reports[3].Path);
        return reports;
    }

    private static void Pictures(string path)
    {
        var random = new Random(1);
        float[] inputs = Numbers(random, 600 * 64, 0.45f);
        int[] labels = [.. Enumerable.Range(0, 600).Select(_ => random.Next(10))];
        for (int i = 0; i < labels.Length * 8; i++)
        {
            inputs[i / 8 * 64 + (labels[i / 8] < 8 ? i % 8 * 8 + labels[i / 8] : labels[i / 8] == 8 ? i % 8 * 9 : 7 + i % 8 * 7)] += 0.5f;
        }

        var all = new LabelExamples(inputs, 64, labels, ["zero", "one", "two", "three", "four", "five", "six", "seven", "falling diagonal", "rising <diagonal>"]);
        (LabelExamples training, LabelExamples held) = all.Split(0.6, 1);
        var network = new PictureNet();
        var trainer = new LabelTrainer<PictureNet>(network, training, held) { Epochs = 6, BatchSize = 16, Schedule = LearningRateSchedule.Cosine() };
        trainer.Metrics.Add(Metric.Accuracy());
        trainer.Metrics.Add(Metric.TopK(3));
        trainer.Observers.Add(new HtmlReport(path, new ReportOptions { Examples = held, Image = new ImageLayout(8, 8), Title = "Bars in pictures", Seed = 1 }));
        trainer.Run();
    }

    private static void Values(string path)
    {
        var random = new Random(2);
        float[] inputs = Numbers(random, 400 * 5, 1);
        float[] targets = [.. Enumerable.Range(0, 400).Select(i => inputs[5 * i] * inputs[5 * i + 1] + 0.1f * inputs[5 * i + 2])];
        (TargetExamples training, TargetExamples held) = new TargetExamples(inputs, 5, targets, 1).Split(0.7, 1);
        var trainer = new TargetTrainer<CurveNet>(new CurveNet(), training, held) { Epochs = 80, BatchSize = 16 };
        trainer.Metrics.Add(Metric.Rmse());
        trainer.Metrics.Add(Metric.RSquared());
        trainer.Observers.Add(new HtmlReport(path, new ReportOptions
        {
            Examples = held,
            Outputs = [new OutputScale("consumption", 120000, 23000, "kWh")],
            InputNames = ["temperature outside", "temperature inside", "wind", "people", "hour"],
        }));
        trainer.Run();
    }

    private static void ManyClasses(string path)
    {
        var random = new Random(3);
        float[] inputs = Numbers(random, 2000 * 6, 1);
        int[] labels = [.. Enumerable.Range(0, 2000).Select(_ => random.Next(40))];
        var all = new LabelExamples(inputs, 6, labels, [.. Enumerable.Range(0, 40).Select(i => $"a class with a long name, {i}")]);
        var trainer = new LabelTrainer<ManyNet>(new ManyNet(), all) { Epochs = 1 };
        trainer.Observers.Add(new HtmlReport(path, new ReportOptions { Examples = all }));
        trainer.Run();
    }

    /// <summary>Ten thousand epochs, losses over many decades, some of them no numbers, and a name that is markup.</summary>
    private static void Extremes(string path)
    {
        EpochResult[] history = [.. Enumerable.Range(1, 10_000).Select(e => new EpochResult(
            e,
            1e-3f,
            e % 1000 == 0 ? double.NaN : 1e6 / Math.Pow(e, 3),
            e == 5000 ? double.PositiveInfinity : 2e6 / Math.Pow(e, 2.9),
            [new MetricValue("<script>document.title = 'no'</script> with a name that is long", -1e-7 * e)],
            TimeSpan.FromSeconds(90),
            1_000_000,
            e % 7 == 0))];
        var network = new CurveNet();
        network.Affine1Weights.Fill(float.NaN);
        HtmlReport.Write(
            path,
            new TrainingRun(network, 20_000, 9000, 1_000_000, 1_000_000, 1_000_000_000, 1),
            new TrainingResult(StopReason.Diverged, history, history[9000]),
            new ReportOptions { Title = "</title><b>An_exceedingly_long_title_without_any_space_in_it_at_all_that_must_be_broken</b> 数字 هندسة" });
    }

    private static float[] Numbers(Random random, int count, float scale) => [.. Enumerable.Range(0, count).Select(_ => scale * (2 * random.NextSingle() - 1))];
}
