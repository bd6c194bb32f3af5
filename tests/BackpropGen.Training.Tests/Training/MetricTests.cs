using System;
using System.Collections.Generic;
using System.Linq;
using BackpropGen.Data;
using Xunit;

namespace BackpropGen.Training.Tests.Training;

public class MetricTests
{
    private static MetricShape Labelled(int classes, int positions = 1, int stride = 1) => new(classes * positions, true, classes, stride, []);

    private static MetricShape Valued(int outputs, params float[] origin) => new(outputs, false, outputs, 1, origin);

    private static double Of(Metric metric, MetricShape shape, float[] outputs, int[] labels) => Over(metric, shape, [new(outputs, [], labels)]);

    private static double Of(Metric metric, MetricShape shape, float[] outputs, float[] targets) => Over(metric, shape, [new(outputs, targets, [])]);

    private static double Over(Metric metric, MetricShape shape, IEnumerable<Piece> pieces)
    {
        var sums = new double[metric.SumCount(shape)];
        foreach (Piece piece in pieces)
        {
            metric.Add(new MetricBatch(shape, piece.Outputs.Length / shape.OutputSize, piece.Outputs, piece.Targets, piece.Labels), sums);
        }

        return metric.Value(sums, shape);
    }

    [Fact]
    public void Classification_by_hand()
    {
        // Found: 0, 1, 1, 1; there: 0, 1, 2, 0. Class 2 is never found.
        float[] outputs = [9, 1, 0, 0, 5, 1, 2, 3, 1, 0, 4, 3];
        int[] labels = [0, 1, 2, 0];
        MetricShape shape = Labelled(3);
        Assert.Equal(0.5, Of(Metric.Accuracy(), shape, outputs, labels));
        Assert.Equal(0.5, Of(Metric.TopK(2), shape, outputs, labels));
        Assert.Equal(1, Of(Metric.Precision(0), shape, outputs, labels));
        Assert.Equal(0.5, Of(Metric.Recall(0), shape, outputs, labels));
        Assert.Equal(1 / 3.0, Of(Metric.Precision(1), shape, outputs, labels));
        Assert.Equal(1, Of(Metric.Recall(1), shape, outputs, labels));
        Assert.Equal(double.NaN, Of(Metric.Precision(2), shape, outputs, labels));
        Assert.Equal(0, Of(Metric.Recall(2), shape, outputs, labels));
        Assert.Equal((1 + (1 / 3.0) + 0) / 3, Of(Metric.Precision(), shape, outputs, labels), 15);
        Assert.Equal((0.5 + 1 + 0) / 3, Of(Metric.Recall(), shape, outputs, labels), 15);
    }

    [Fact]
    public void A_class_that_is_neither_found_nor_there_does_not_count()
    {
        MetricShape shape = Labelled(4);
        float[] outputs = [1, 0, 0, 0, 0, 1, 0, 0];
        Assert.Equal(1, Of(Metric.Precision(), shape, outputs, [0, 1]));
        Assert.Equal(1, Of(Metric.Recall(), shape, outputs, [0, 1]));
        Assert.Equal(double.NaN, Of(Metric.Recall(3), shape, outputs, [0, 1]));
    }

    [Fact]
    public void Of_equal_scores_the_first_class_wins_and_NaN_wins_over_all()
    {
        MetricShape shape = Labelled(3);
        Assert.Equal(1, Of(Metric.Accuracy(), shape, [1, 2, 2], [1]));
        Assert.Equal(0, Of(Metric.Accuracy(), shape, [1, 2, 2], [2]));
        Assert.Equal(1, Of(Metric.TopK(2), shape, [1, 2, 2], [2]));
        Assert.Equal(1, Of(Metric.Accuracy(), shape, [1, float.NaN, 2], [1]));
        Assert.Equal(1, Of(Metric.Accuracy(), shape, [float.NaN, float.NaN, 2], [0]));
        Assert.Equal(0, Of(Metric.TopK(2), shape, [float.NaN, float.NaN, 2], [2]));
        Assert.Equal(1, Of(Metric.TopK(2), shape, [float.NaN, float.NaN, 2], [1]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void Top_k_is_what_sorting_gives(int k)
    {
        // Few different scores, so that there are many equal ones.
        float[] outputs = [.. Sets.Values(5 * 200, 1, 2).Select(v => MathF.Round(v))];
        int[] labels = Sets.Labels(200, 5, 2);
        int found = 0;
        for (int i = 0; i < 200; i++)
        {
            found += Enumerable.Range(0, 5).OrderByDescending(c => outputs[(5 * i) + c]).Take(k).Contains(labels[i]) ? 1 : 0;
        }

        Assert.Equal(found / 200.0, Of(Metric.TopK(k), Labelled(5), outputs, labels), 15);
        if (k == 1)
        {
            Assert.Equal(found / 200.0, Of(Metric.Accuracy(), Labelled(5), outputs, labels), 15);
        }
    }

    [Fact]
    public void A_metric_of_the_whole_is_that_of_its_pieces()
    {
        float[] outputs = Sets.Values(3 * 100, 1);
        float[] targets = Sets.Values(3 * 100, 2);
        int[] labels = Sets.Labels(100, 3, 3);
        foreach (Metric metric in new[] { Metric.Accuracy(), Metric.TopK(2), Metric.Precision(), Metric.Recall(), Metric.Precision(1), Metric.Recall(2) })
        {
            Check(metric, Labelled(3), (start, end) => new Piece(outputs[(3 * start)..(3 * end)], [], labels[start..end]));
        }

        foreach (Metric metric in new[] { Metric.Accuracy(), Metric.BinaryAccuracy(), Metric.Rmse(), Metric.Mae(), Metric.RSquared() })
        {
            Check(metric, Valued(3, targets[..3]), (start, end) => new Piece(outputs[(3 * start)..(3 * end)], targets[(3 * start)..(3 * end)], []));
        }

        static void Check(Metric metric, MetricShape shape, Func<int, int, Piece> cut) =>
            Assert.Equal(Over(metric, shape, [cut(0, 100)]), Over(metric, shape, [cut(0, 1), cut(1, 64), cut(64, 100)]), 12);
    }

    [Fact]
    public void Regression_is_what_the_formulas_say()
    {
        float[] outputs = Sets.Values(2 * 50, 1);
        float[] targets = Sets.Values(2 * 50, 2);
        double[] errors = [.. outputs.Zip(targets, (y, t) => (double)y - t)];
        double R2(int j)
        {
            double[] t = [.. Enumerable.Range(0, 50).Select(i => (double)targets[(2 * i) + j])];
            return 1 - (Enumerable.Range(0, 50).Sum(i => errors[(2 * i) + j] * errors[(2 * i) + j]) / t.Sum(v => (v - t.Average()) * (v - t.Average())));
        }

        MetricShape shape = Valued(2, targets[..2]);
        Assert.Equal(Math.Sqrt(errors.Average(e => e * e)), Of(Metric.Rmse(), shape, outputs, targets), 12);
        Assert.Equal(errors.Average(Math.Abs), Of(Metric.Mae(), shape, outputs, targets), 12);
        Assert.Equal((R2(0) + R2(1)) / 2, Of(Metric.RSquared(), shape, outputs, targets), 12);
        Assert.Equal(1, Of(Metric.RSquared(), shape, targets, targets));
    }

    [Fact]
    public void Targets_that_are_all_the_same_have_no_coefficient_of_determination()
    {
        Assert.Equal(double.NaN, Of(Metric.RSquared(), Valued(1, 0.1f), [0.3f, 0.1f, 0.2f], [0.1f, 0.1f, 0.1f]));
        Assert.Equal(double.NaN, Of(Metric.RSquared(), Valued(1, 0.1f), [0.1f], [0.1f]));

        // Of two outputs the other one counts: targets 1 and 3, outputs 1 and 2.
        Assert.Equal(1 - (1 / 2.0), Of(Metric.RSquared(), Valued(2, 7, 1), [7, 1, 7, 2], [7f, 1, 7, 3]), 15);
    }

    [Fact]
    public void Targets_far_from_0_lose_nothing()
    {
        float[] targets = [16_000_000, 16_000_001, 16_000_002, 16_000_003];
        float[] outputs = [16_000_001, 16_000_001, 16_000_002, 16_000_002];
        Assert.Equal(1 - (2 / 5.0), Of(Metric.RSquared(), Valued(1, targets[0]), outputs, targets), 12);
    }

    [Fact]
    public void Yes_or_no_is_on_the_right_side_of_the_threshold()
    {
        Assert.Equal(0.5, Of(Metric.BinaryAccuracy(), Valued(1, 0), [0.6f, 0.5f, 0.9f, float.NaN], [1f, 0, 0, 0]));
        Assert.Equal(1, Of(Metric.BinaryAccuracy(0), Valued(1, 0), [0.1f, -0.1f], [1f, 0]));
    }

    [Fact]
    public void Classes_of_every_layout_are_found_where_Predict_finds_them()
    {
        Check(new SequenceNet(), Sets.Classes(30, 1, inputs: 12, classes: 5, positions: 4), 12, (n, x, l) => n.Predict(x, l));
        Check(new PixelNet(), Sets.Classes(30, 1, inputs: 12, classes: 3, positions: 4), 12, (n, x, l) => n.Predict(x, l));
        Check(new ClassNet(), Sets.Classes(300, 1), 3, (n, x, l) => n.Predict(x, l));

        static void Check<T>(T net, LabelExamples set, int width, Predictor<T> predict)
            where T : ILabelTrainable
        {
            int[] all = [.. Enumerable.Range(0, set.Count)];
            var inputs = new float[set.Count * width];
            var actual = new int[set.Count * set.TargetSize];
            var predicted = new int[actual.Length];
            set.CopyInputs(all, inputs);
            set.CopyTargets(all, actual);
            predict(net, inputs, predicted);
            net.LearningRate = 0;
            var trainer = new LabelTrainer<T>(net, set) { Epochs = 1, BatchSize = 7 };
            trainer.Metrics.Add(Metric.Accuracy());
            trainer.Metrics.Add(Metric.Precision());
            trainer.Metrics.Add(Metric.Recall(1));

            IReadOnlyList<MetricValue> metrics = trainer.Run().History[0].Metrics;

            var matrix = new ConfusionMatrix(((IDeclaredLoss)net).Classes);
            matrix.Add(actual, predicted);
            Assert.Equal(matrix.Accuracy, metrics[0].Value, 15);
            Assert.Equal(matrix.MacroPrecision, metrics[1].Value, 15);
            Assert.Equal(matrix.Recall(1), metrics[2].Value, 15);
            ConfusionMatrix own = ConfusionMatrix.Of(net, set);
            Assert.Equal(actual.Length, own.Total);
            Assert.All(
                from a in Enumerable.Range(0, matrix.Classes) from p in Enumerable.Range(0, matrix.Classes) select (a, p),
                cell => Assert.Equal(matrix[cell.a, cell.p], own[cell.a, cell.p]));
        }
    }

    [Fact]
    public void A_confusion_matrix_by_hand()
    {
        var matrix = new ConfusionMatrix(3, ["a", "b", "c"]);
        matrix.Add([0, 1, 2, 0], [0, 1, 1, 1]);
        Assert.Equal(4, matrix.Total);
        Assert.Equal(1, matrix[2, 1]);
        Assert.Equal(0.5, matrix.Accuracy);
        Assert.Equal(1 / 3.0, matrix.Precision(1));
        Assert.Equal(double.NaN, matrix.Precision(2));
        Assert.Equal((1 + (1 / 3.0)) / 3, matrix.MacroPrecision, 15);
        Assert.Equal(0.5, matrix.MacroRecall, 15);
        Assert.Equal(double.NaN, new ConfusionMatrix(2).Accuracy);
        Assert.Throws<ArgumentOutOfRangeException>("label", () => matrix.Add(3, 0));
        Assert.Throws<ArgumentException>("predicted", () => matrix.Add([0], []));
        Assert.Throws<ArgumentException>("classNames", () => new ConfusionMatrix(2, ["one"]));
    }

    [Fact]
    public void Metrics_that_do_not_fit_are_refused_before_the_first_step()
    {
        Assert.Contains("the examples have labels", Refusal(new LabelTrainer<ClassNet>(new ClassNet(), Sets.Classes(40, 1)), Metric.Rmse()), StringComparison.Ordinal);
        Assert.Contains("has 4 classes. Take a k below 4", Refusal(new LabelTrainer<ClassNet>(new ClassNet(), Sets.Classes(40, 1)), Metric.TopK(4)), StringComparison.Ordinal);
        Assert.Contains("no such class; the network has 4", Refusal(new LabelTrainer<ClassNet>(new ClassNet(), Sets.Classes(40, 1)), Metric.Recall(4)), StringComparison.Ordinal);
        Assert.Contains("two metrics with the name 'accuracy'", Refusal(new LabelTrainer<ClassNet>(new ClassNet(), Sets.Classes(40, 1)), Metric.Accuracy(), Metric.Accuracy()), StringComparison.Ordinal);

        static string Refusal(Trainer trainer, params Metric[] metrics)
        {
            foreach (Metric metric in metrics)
            {
                trainer.Metrics.Add(metric);
            }

            string message = Assert.ThrowsAny<ArgumentException>(() => trainer.Run()).Message;
            Assert.Equal(0, trainer.Network.StepCount);
            return message;
        }
    }

    private delegate void Predictor<T>(T net, ReadOnlySpan<float> inputs, Span<int> labels);

    private sealed record Piece(float[] Outputs, float[] Targets, int[] Labels);
}
