using System;
using System.Collections.Generic;
using System.Linq;

namespace BackpropGen.Training.Tests.Reporting;

/// <summary>Trainings that were made up.</summary>
internal static class Histories
{
    public static EpochResult Epoch(int number, double loss, double? validation = null, bool best = false, params MetricValue[] metrics) =>
        new(number, 0.01f / number, loss, validation, metrics, TimeSpan.FromMilliseconds(20), 100, best);

    public static IReadOnlyList<EpochResult> Falling(int epochs, bool validated = true, string metric = "accuracy") =>
        [.. Enumerable.Range(1, epochs).Select(e => Epoch(
            e, 2.0 / e + 0.01 * Math.Sin(e), validated ? 2.2 / e + 0.05 : null, best: true, new MetricValue(metric, 1 - 0.9 / e)))];

    public static TrainingRun Run(ITrainable network, int epochs = 10, int validation = 20) => new(network, epochs, 1, 10, 10, 100, validation);

    public static TrainingResult Result(IReadOnlyList<EpochResult> history, StopReason reason = StopReason.Completed) =>
        new(reason, history, history.Count == 0 ? null : history[^1]);
}
