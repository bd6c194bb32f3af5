using System;
using System.Collections.Generic;

namespace BackpropGen.Training;

/// <summary>How an epoch went. Immutable.</summary>
/// <param name="Number">From 1.</param>
/// <param name="LearningRate">The rate of its last step.</param>
/// <param name="TrainingLoss">Over the training examples, each as it was met, reduced as the network declares.</param>
/// <param name="ValidationLoss">Over the validation examples, after the epoch; null where there are none.</param>
/// <param name="Metrics">What was measured on the validation examples (without any, on the training examples), in the order in which the metrics were given.</param>
/// <param name="Duration">Of the steps, without the validation.</param>
/// <param name="Samples">Training examples seen in the epoch.</param>
/// <param name="IsBest">Whether its score is the best so far.</param>
public sealed record EpochResult(
    int Number,
    float LearningRate,
    double TrainingLoss,
    double? ValidationLoss,
    IReadOnlyList<MetricValue> Metrics,
    TimeSpan Duration,
    int Samples,
    bool IsBest)
{
    /// <summary>Training examples per second, in steps.</summary>
    public double SamplesPerSecond => Samples / Duration.TotalSeconds;
}
