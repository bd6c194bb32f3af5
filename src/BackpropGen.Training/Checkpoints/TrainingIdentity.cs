using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace BackpropGen.Training;

/// <summary>What must be the same for a training to go on as it would have: names and values, as they stand in a checkpoint.</summary>
internal sealed class TrainingIdentity
{
    private readonly (string Key, string Value)[] entries;

    public TrainingIdentity(TrainingPlan plan) => entries =
    [
        ("training examples", Number(plan.Training.ExampleCount)),
        ("hash of the training examples", plan.Training.Hash()),
        ("validation examples", Number(plan.Validation?.ExampleCount ?? 0)),
        ("hash of the validation examples", plan.Validation?.Hash() ?? "none"),
        ("BatchSize", Number(plan.BatchSize)),
        ("Seed", Number(plan.Seed)),
        ("Shuffles", plan.Shuffles ? "yes" : "no"),
        ("reduction of the loss", plan.Reduction.ToString()),
        ("values of the optimizer's state", Number(plan.Network.OptimizerState.Length)),
        ("values of the schedule's state", Number(plan.Schedule?.StateSize ?? 0)),
        ("Metrics", plan.Metrics.Count == 0 ? "none" : string.Join(", ", plan.Metrics.Select(m => m.Name))),
        ("score", plan.Score.ToString()),
        ("best weights kept", plan.EarlyStopping is { RestoresBest: true } ? "yes" : "no"),
    ];

    public IEnumerable<(string Key, string Value)> Entries => entries;

    /// <summary>What differs, in words; null where nothing does.</summary>
    /// <param name="other">The value of a key elsewhere; null where there is none.</param>
    public string? DifferenceFrom(Func<string, string?> other)
    {
        string[] differences =
        [
            .. entries.Where(e => other(e.Key) != e.Value).Select(e => $"{e.Key}: found {other(e.Key) ?? "nothing"}, expected {e.Value}"),
        ];
        return differences.Length == 0 ? null : string.Join("; ", differences);
    }

    public override string ToString() => string.Join("; ", entries.Select(e => $"{e.Key}: {e.Value}"));

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
