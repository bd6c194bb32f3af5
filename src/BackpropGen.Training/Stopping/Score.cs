using System;
using System.Globalization;

namespace BackpropGen.Training;

/// <summary>The figure of an epoch that says which of two epochs was the better one. Immutable.</summary>
public sealed record Score
{
    private readonly Func<EpochResult, double> read;

    private Score(string name, bool higherIsBetter, Func<EpochResult, double> read)
    {
        Name = name;
        HigherIsBetter = higherIsBetter;
        this.read = read;
    }

    /// <summary>The validation loss, or the training loss where there is no validation; lower is better.</summary>
    public static Score Loss { get; } = new("loss", false, e => e.ValidationLoss ?? e.TrainingLoss);

    /// <summary>The training loss; lower is better.</summary>
    public static Score TrainingLoss { get; } = new("training loss", false, e => e.TrainingLoss);

    /// <summary>The validation loss; lower is better. There must be validation examples.</summary>
    public static Score ValidationLoss { get; } = new("validation loss", false, e => e.ValidationLoss ?? double.NaN);

    /// <summary>What is looked at.</summary>
    public string Name { get; }

    /// <summary>Whether a higher value is the better one.</summary>
    public bool HigherIsBetter { get; }

    /// <summary>The metric's name, where the score is a metric.</summary>
    internal string? MetricName { get; private init; }

    /// <summary>What every score is better than.</summary>
    internal double Worst => HigherIsBetter ? double.NegativeInfinity : double.PositiveInfinity;

    /// <summary>A metric; it must be among the trainer's own.</summary>
    /// <param name="metric">Which; it knows itself whether higher is better.</param>
    /// <exception cref="ArgumentNullException"><paramref name="metric"/> is null.</exception>
    public static Score Of(Metric metric)
    {
        ArgumentNullException.ThrowIfNull(metric);
        return Of(metric.Name, metric.HigherIsBetter);
    }

    /// <summary>A metric by its name; it must be among the trainer's own.</summary>
    /// <param name="metricName">Its name.</param>
    /// <param name="higherIsBetter">Whether a higher value is the better one.</param>
    /// <exception cref="ArgumentNullException"><paramref name="metricName"/> is null.</exception>
    public static Score Of(string metricName, bool higherIsBetter)
    {
        ArgumentNullException.ThrowIfNull(metricName);
        return new Score(metricName, higherIsBetter, e => Find(e, metricName)) { MetricName = metricName };
    }

    /// <summary>An epoch's score; NaN where it has none.</summary>
    /// <param name="epoch">The epoch.</param>
    public double Of(EpochResult epoch)
    {
        ArgumentNullException.ThrowIfNull(epoch);
        return read(epoch);
    }

    /// <summary>Whether a score is better than another by more than <paramref name="delta"/>; NaN never is.</summary>
    internal bool IsBetter(double value, double than, double delta) => HigherIsBetter ? value > than + delta : value < than - delta;

    /// <inheritdoc/>
    public override string ToString() => string.Format(CultureInfo.InvariantCulture, "{0} ({1} is better)", Name, HigherIsBetter ? "higher" : "lower");

    private static double Find(EpochResult epoch, string name)
    {
        foreach (MetricValue metric in epoch.Metrics)
        {
            if (metric.Name == name)
            {
                return metric.Value;
            }
        }

        return double.NaN;
    }
}
