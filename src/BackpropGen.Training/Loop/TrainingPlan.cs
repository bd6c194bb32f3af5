using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace BackpropGen.Training;

/// <summary>What a training consists of, checked: what it was set to when it began. Immutable, but for the network and the batches.</summary>
internal sealed class TrainingPlan
{
    public TrainingPlan(Trainer trainer)
    {
        Network = trainer.Network;
        Training = trainer.BatchOf(ofValidation: false)!;
        Validation = trainer.BatchOf(ofValidation: true);
        Epochs = trainer.Epochs;
        BatchSize = trainer.BatchSize;
        Seed = trainer.Seed;
        Shuffles = trainer.Shuffles;
        Schedule = trainer.Schedule;
        Clipping = trainer.Clipping;
        EarlyStopping = trainer.EarlyStopping;
        Checkpoints = trainer.Checkpoints;
        Collective = trainer.Collective;
        Metrics = [.. trainer.Metrics];
        Observers = Collective is { Rank: > 0 } ? [] : [.. trainer.Observers];
        Reduction = Network is IDeclaredLoss declared ? declared.Reduction : Reduction.Mean;

        Training.Check(trainer.ChecksExamples);
        Validation?.Check(trainer.ChecksExamples);
        CheckSettings();
        CheckMetrics();
        CheckScores();
        CheckParameters();
    }

    public ITrainable Network { get; }

    public Batch Training { get; }

    public Batch? Validation { get; }

    public int Epochs { get; }

    public int BatchSize { get; }

    public int Seed { get; }

    public bool Shuffles { get; }

    public LearningRateSchedule? Schedule { get; }

    public GradientClipping? Clipping { get; }

    public EarlyStopping? EarlyStopping { get; }

    public CheckpointOptions? Checkpoints { get; }

    public ICollective? Collective { get; }

    public IReadOnlyList<Metric> Metrics { get; }

    public TrainingObserver[] Observers { get; }

    /// <summary>How the network's loss is reduced.</summary>
    public Reduction Reduction { get; }

    public int StepsPerEpoch => (int)(((long)Training.ExampleCount + BatchSize - 1) / BatchSize);

    /// <summary>Whether this process is the one that observers and checkpoints belong to.</summary>
    public bool IsFirst => Collective is not { Rank: > 0 };

    /// <summary>The score that says which epoch is the best.</summary>
    public Score Score => EarlyStopping?.Score ?? Score.Loss;

    private void CheckSettings()
    {
        if (Epochs < 1)
        {
            throw new ArgumentException(FormattableString.Invariant($"Epochs is {Epochs}; expected at least 1."), nameof(Epochs));
        }

        if (BatchSize < 1 || BatchSize > Training.ExampleCount)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"BatchSize is {BatchSize}; expected 1 to {Training.ExampleCount}, the number of training examples."), nameof(BatchSize));
        }

        if (IsFirst && Checkpoints is { } checkpoints && Path.GetDirectoryName(Path.GetFullPath(checkpoints.Path)) is var folder && !Directory.Exists(folder))
        {
            throw new ArgumentException($"Checkpoints are to be written to {checkpoints.Path}, and there is no folder {folder}. Make it first.", nameof(Checkpoints));
        }

        if (Collective is { } c && (c.Size < 1 || c.Rank < 0 || c.Rank >= c.Size))
        {
            throw new ArgumentException(FormattableString.Invariant($"The collective says that it is process {c.Rank} of {c.Size}; expected one in [0, {c.Size})."), nameof(Collective));
        }
    }

    private void CheckMetrics()
    {
        foreach (Metric metric in Metrics)
        {
            if (metric is null)
            {
                throw new ArgumentException("A metric is null.", nameof(Metrics));
            }

            // Throws where the metric does not fit.
            _ = metric.SumCount((Validation ?? Training).Shape);
            if (Metrics.Count(m => m.Name == metric.Name) > 1)
            {
                throw new ArgumentException($"There are two metrics with the name '{metric.Name}'; nobody could tell them apart.", nameof(Metrics));
            }
        }

        if (Observers.Contains(null!))
        {
            throw new ArgumentException("An observer is null.", nameof(Observers));
        }
    }

    private void CheckScores()
    {
        foreach ((Score? score, string owner) in new[] { (EarlyStopping?.Score, nameof(EarlyStopping)), (Schedule?.Monitored, nameof(Schedule)) })
        {
            if (score?.MetricName is { } name && Metrics.All(m => m.Name != name))
            {
                throw new ArgumentException(
                    $"{owner} looks at the metric '{name}', which is not among the trainer's: {(Metrics.Count == 0 ? "it has none" : string.Join(", ", Metrics.Select(m => m.Name)))}. Add it to Metrics.",
                    owner);
            }

            if (score == Score.ValidationLoss && Validation is null)
            {
                throw new ArgumentException($"{owner} looks at the validation loss, and there are no validation examples. Give some, or take Score.TrainingLoss.", owner);
            }
        }
    }

    private void CheckParameters()
    {
        int index = NonFinite.IndexIn(Network.Parameters);
        if (index >= 0)
        {
            NetworkTensor? tensor = Network.Tensors.LastOrDefault(t => t.Offset <= index);
            throw new ArgumentException(
                FormattableString.Invariant($"The network's parameter {tensor}, index {index - (tensor?.Offset ?? 0)}, is {NonFinite.InWords(Network.Parameters[index])} before the first step. Call Initialize, or load weights that are whole."),
                nameof(Network));
        }
    }
}
