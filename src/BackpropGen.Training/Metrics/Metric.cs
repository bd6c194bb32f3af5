using System;

namespace BackpropGen.Training;

/// <summary>
/// A figure that says how good a network is, computed from sums over the examples: so that the examples may come in pieces, and the
/// pieces from several processes. A metric is immutable: the trainer keeps the sums.
/// </summary>
/// <remarks>The factories below make the usual ones; a class of one's own derives from this.</remarks>
public abstract class Metric
{
    /// <summary>Names a metric.</summary>
    /// <param name="name">What is measured, such as <c>accuracy</c>.</param>
    /// <param name="higherIsBetter">Whether a higher value is the better one.</param>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    protected Metric(string name, bool higherIsBetter)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Name = name;
        HigherIsBetter = higherIsBetter;
    }

    /// <summary>What is measured, such as <c>accuracy</c>.</summary>
    public string Name { get; }

    /// <summary>Whether a higher value is the better one.</summary>
    public bool HigherIsBetter { get; }

    /// <summary>How many sums the metric needs.</summary>
    /// <param name="shape">What the outputs are.</param>
    /// <exception cref="ArgumentException">The metric does not fit such outputs.</exception>
    public abstract int SumCount(MetricShape shape);

    /// <summary>Adds some samples to the sums. Called often: should allocate nothing.</summary>
    /// <param name="batch">The samples.</param>
    /// <param name="sums">[<see cref="SumCount"/>], zero before the first.</param>
    public abstract void Add(in MetricBatch batch, Span<double> sums);

    /// <summary>The figure.</summary>
    /// <param name="sums">[<see cref="SumCount"/>], over all samples.</param>
    /// <param name="shape">What the outputs are.</param>
    /// <returns>NaN where the figure is not defined.</returns>
    public abstract double Value(ReadOnlySpan<double> sums, MetricShape shape);

    /// <inheritdoc cref="TopKMetric"/>
    public static Metric Accuracy() => new TopKMetric("accuracy", 1);

    /// <inheritdoc cref="TopKMetric"/>
    /// <param name="k">How many classes count as found, at least 1 and below the number of classes.</param>
    public static Metric TopK(int k) => new TopKMetric(FormattableString.Invariant($"top-{k} accuracy"), k);

    /// <inheritdoc cref="BinaryAccuracyMetric"/>
    /// <param name="threshold">What an output must be above to count as yes: 0.5 for probabilities, 0 for logits.</param>
    public static Metric BinaryAccuracy(float threshold = 0.5f) => new BinaryAccuracyMetric(threshold);

    /// <inheritdoc cref="MacroMetric"/>
    public static Metric Precision() => new MacroMetric("precision", ofPrediction: true);

    /// <inheritdoc cref="ClassMetric"/>
    /// <param name="label">The class, from 0.</param>
    public static Metric Precision(int label) => new ClassMetric("precision", label, ofPrediction: true);

    /// <inheritdoc cref="MacroMetric"/>
    public static Metric Recall() => new MacroMetric("recall", ofPrediction: false);

    /// <inheritdoc cref="ClassMetric"/>
    /// <param name="label">The class, from 0.</param>
    public static Metric Recall(int label) => new ClassMetric("recall", label, ofPrediction: false);

    /// <inheritdoc cref="RootMeanSquaredErrorMetric"/>
    public static Metric Rmse() => new RootMeanSquaredErrorMetric();

    /// <inheritdoc cref="MeanAbsoluteErrorMetric"/>
    public static Metric Mae() => new MeanAbsoluteErrorMetric();

    /// <inheritdoc cref="RSquaredMetric"/>
    public static Metric RSquared() => new RSquaredMetric();

    /// <summary>Throws where there are labels and the metric compares values.</summary>
    private protected void RequireTargets(MetricShape shape)
    {
        if (shape.HasLabels)
        {
            throw new ArgumentException($"The metric '{Name}' compares outputs with target values; the examples have labels. Take accuracy, precision or recall, or train on TargetExamples.");
        }
    }

    /// <summary>Throws where the outputs are not scores of classes.</summary>
    private protected void RequireClasses(MetricShape shape)
    {
        if (shape.Classes < 2)
        {
            throw new ArgumentException($"The metric '{Name}' looks for the class of the highest score; the network has one output. Take BinaryAccuracy for a yes or no.");
        }
    }
}
