using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using BackpropGen.Data;
using BackpropGen.Reporting;
using BackpropGen.Training.Tests.Training;
using Xunit;

namespace BackpropGen.Training.Tests.Reporting;

public sealed class HtmlReportTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory().FullName;

    private string File => Path.Combine(folder, "report.html");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    /// <summary>Pictures of 4 by 4 pixels: a bright row, a bright column, or neither.</summary>
    internal static LabelExamples Shapes(int count, int seed)
    {
        float[] inputs = Sets.Values(count * 16, seed, 0.2f);
        int[] labels = Sets.Labels(count, 3, seed + 1);
        for (int i = 0; i < count; i++)
        {
            for (int k = 0; k < 4 && labels[i] < 2; k++)
            {
                inputs[i * 16 + (labels[i] == 0 ? i % 4 * 4 + k : k * 4 + i % 4)] += 0.8f;
            }
        }

        return new LabelExamples(inputs, 16, labels, ["row", "column", "noise"]);
    }

    [Fact]
    public void A_classification_writes_its_report_and_leaves_the_network_as_it_was()
    {
        LabelExamples training = Shapes(400, 1), held = Shapes(100, 5);
        ShapeNet network = new(), unwatched = new();
        var report = new HtmlReport(File, new ReportOptions { Examples = held, Image = new ImageLayout(4, 4), Seed = 3 });

        TrainingResult result = Train(network, report);
        Train(unwatched, null);

        string page = System.IO.File.ReadAllText(File);
        Assert.Equal(unwatched.Parameters.ToArray(), network.Parameters.ToArray());
        Assert.Equal(unwatched.OptimizerState.ToArray(), network.OptimizerState.ToArray());
        Assert.Equal(unwatched.StepCount, network.StepCount);
        var matrix = ConfusionMatrix.Of(network, held);
        int[] counts = [.. Regex.Matches(Regex.Match(page, "<div class=\"narrow\"><svg class=\"chart\" role=\"img\"[^>]*><title>Confusion matrix.*?</svg>").Value, "([0-9]+) \\([0-9.]+ %\\)").Select(m => int.Parse(m.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture))];
        Assert.Equal(Enumerable.Range(0, 9).Select(i => (int)matrix[i / 3, i % 3]), counts);
        Assert.Equal(Math.Min(24, (int)(matrix.Total - Enumerable.Range(0, 3).Sum(c => matrix[c, c]))), Regex.Count(page, "<img src=\"data:image/png;base64,"));
        Assert.Contains(Numbers.Column(result.History[^1].TrainingLoss), page, StringComparison.Ordinal);
        Assert.Contains("Loss by step", page, StringComparison.Ordinal);

        TrainingResult Train(ShapeNet net, TrainingObserver? observer)
        {
            var trainer = new LabelTrainer<ShapeNet>(net, training, held) { Epochs = 4, BatchSize = 20, Seed = 3 };
            trainer.Metrics.Add(Metric.Accuracy());
            if (observer is not null)
            {
                trainer.Observers.Add(observer);
            }

            return trainer.Run();
        }
    }

    [Fact]
    public void A_regression_writes_its_errors_in_its_unit_while_it_trains_or_afterwards()
    {
        TargetExamples all = Prices(200);
        (TargetExamples training, TargetExamples held) = all.Split(0.8, 1);
        var network = new PriceNet();
        var trainer = new TargetTrainer<PriceNet>(network, training, held) { Epochs = 5, BatchSize = 16 };
        trainer.Metrics.Add(Metric.Rmse());
        OutputScale[] outputs = [new("price", 10, 100, "€"), new("size")];

        TrainingResult result = trainer.Run();
        HtmlReport.Write(File, Histories.Run(network), result, new ReportOptions { Examples = held, Outputs = outputs, InputNames = ["a", "b", "c", "d<"] });

        var output = new float[2];
        double squares = 0;
        for (int i = 0; i < held.Count; i++)
        {
            network.Forward(held.Input(i), output);
            squares += Math.Pow(10.0 * output[0] - 10.0 * held.Target(i)[0], 2);
        }

        string page = System.IO.File.ReadAllText(File);
        Assert.Contains("price (€)", page, StringComparison.Ordinal);
        Assert.Contains($"<td>{Numbers.Short(Math.Sqrt(squares / held.Count))}</td>", page, StringComparison.Ordinal);
        Assert.Contains("d&lt; ", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Confusion matrix", page, StringComparison.Ordinal);
    }

    internal static TargetExamples Prices(int count)
    {
        float[] inputs = Sets.Values(count * 4, 7);
        return new TargetExamples(inputs, 4, Enumerable.Range(0, count).SelectMany(i => new[] { inputs[4 * i] - inputs[4 * i + 1], inputs[4 * i + 2] * inputs[4 * i + 3] }).ToArray(), 2);
    }

    [Fact]
    public void What_does_not_fit_is_told_before_the_first_step()
    {
        TargetExamples prices = Prices(8);
        LabelExamples shapes = Shapes(8, 1);
        (ReportOptions Options, string Message)[] wrong =
        [
            (new() { Examples = prices }, "4 input values each, but the network takes 16"),
            (new() { Examples = new LabelExamples(Sets.Values(16, 1), 16, Enumerable.Repeat(3, 1).ToArray()) }, "label of the report's example 0 is 3; expected a class in [0, 3)"),
            (new() { Examples = shapes, ClassNames = ["a"] }, "1 names of classes, but the network tells 3 apart"),
            (new() { Image = new ImageLayout(4, 5) }, "has 20 values, but the network takes 16"),
            (new() { Image = new ImageLayout(4, 4, 2) }, "with 1 channel (grey) or 3"),
            (new() { Image = new ImageLayout(4, 4, Maximum: 0) }, "the second the larger"),
            (new() { InputNames = ["a"] }, "1 names for the input's values, but the network takes 16"),
            (new() { Outputs = [new OutputScale("a")] }, "1 output scales, but the network gives 3"),
            (new() { Mistakes = 101 }, "expected 0 to 100"),
            (new() { Examples = shapes.Slice(0, 0) }, "expected at least one"),
        ];

        Assert.All(wrong, w => Assert.Contains(
            w.Message,
            Assert.Throws<ArgumentException>(() => new HtmlReport(File, w.Options).Started(Histories.Run(new ShapeNet()))).Message,
            StringComparison.Ordinal));
        Assert.Throws<DirectoryNotFoundException>(() => new HtmlReport(Path.Combine(folder, "nowhere", "a.html")).Started(Histories.Run(new ShapeNet())));
        Assert.Throws<ArgumentException>(() => new HtmlReport(""));
        Assert.False(System.IO.File.Exists(File));
    }

    [Fact]
    public void A_report_replaces_the_old_one_and_leaves_nothing_beside_it()
    {
        System.IO.File.WriteAllText(File, "old");

        HtmlReport.Write(File, Histories.Run(new ShapeNet()), Histories.Result(Histories.Falling(2)));

        Assert.StartsWith("<!DOCTYPE html>", System.IO.File.ReadAllText(File), StringComparison.Ordinal);
        Assert.Equal([File], Directory.GetFileSystemEntries(folder));
    }
}
