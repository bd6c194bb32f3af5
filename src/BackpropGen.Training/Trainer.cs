using System;
using System.Collections.Generic;
using System.Threading;
using BackpropGen.Data;

namespace BackpropGen.Training;

/// <summary>
/// Trains a network: epochs of shuffled batches, each epoch examined afterwards. What is trained on is said by
/// <see cref="LabelTrainer{TNetwork}"/> and <see cref="TargetTrainer{TNetwork}"/>. Everything is set before <see cref="Run"/>, checked
/// before the first step, and not looked at again until the next run.
/// </summary>
/// <remarks>
/// The same network, examples and settings give the same bits on one machine. In the steady state a step allocates nothing, and costs
/// what the network's <c>TrainStep</c> costs and the copy of the batch. A loss that is reduced by mean counts for an epoch as many times
/// as its batch has examples, so that the last batch may be smaller.
/// </remarks>
public abstract class Trainer
{
    private protected Trainer(ITrainable network, Examples training, Examples? validation)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(training);
        Network = network;
        TrainingCount = training.Count;
        ValidationCount = validation?.Count ?? 0;
    }

    /// <summary>The network that is trained.</summary>
    public ITrainable Network { get; }

    /// <summary>Epochs at most, those before a checkpoint counted: at least 1; 10 by default.</summary>
    public int Epochs { get; set; } = 10;

    /// <summary>Examples per step, from 1 to as many as there are; 32 by default. The last step of an epoch may have fewer.</summary>
    public int BatchSize { get; set; } = 32;

    /// <summary>Of the order of the examples, which is another one in each epoch: a pure function of this seed and the epoch's number.</summary>
    public int Seed { get; set; }

    /// <summary>Whether the examples come in an order by chance, as they do by default, or in their own.</summary>
    public bool Shuffles { get; set; } = true;

    /// <summary>The learning rate of each step; null leaves the network's own alone.</summary>
    public LearningRateSchedule? Schedule { get; set; }

    /// <summary>How gradients are bounded; null where they are not.</summary>
    public GradientClipping? Clipping { get; set; }

    /// <summary>When the training ends before its epochs do; null where it does not.</summary>
    public EarlyStopping? EarlyStopping { get; set; }

    /// <summary>Where the training is kept, so that it can go on another time; null where it is not.</summary>
    public CheckpointOptions? Checkpoints { get; set; }

    /// <summary>The processes that train together, each with its part of every batch; null for one alone.</summary>
    public ICollective? Collective { get; set; }

    /// <summary>Whether all examples are looked through for what is infinite or not a number before the first step, as they are by default.</summary>
    public bool ChecksExamples { get; set; } = true;

    /// <summary>What is measured after each epoch, on the validation examples, without any on the training examples. No two of one name.</summary>
    public IList<Metric> Metrics { get; } = new List<Metric>();

    /// <summary>Who sees the training go by; of several processes only those of process 0 do.</summary>
    public IList<TrainingObserver> Observers { get; } = new List<TrainingObserver>();

    /// <summary>Examples to learn from.</summary>
    public int TrainingCount { get; }

    /// <summary>Examples to be examined on; may be 0.</summary>
    public int ValidationCount { get; }

    /// <summary>
    /// Trains, from the network's present parameters; with <see cref="Checkpoints"/> from the checkpoint, where there is one.
    /// </summary>
    /// <param name="cancellationToken">
    /// Ends the training between two steps. The result says so, and a checkpoint is written where they are kept: nothing is thrown.
    /// </param>
    /// <returns>How it went, and why it ended; a loss that is infinite or not a number is a result too, and no exception.</returns>
    /// <exception cref="ArgumentException">Examples, settings and network do not fit together. Nothing was changed.</exception>
    /// <exception cref="CheckpointException">There is a checkpoint, and it is of another training, or damaged. Nothing was changed.</exception>
    /// <exception cref="System.IO.IOException">A checkpoint could not be read or written.</exception>
    public TrainingResult Run(CancellationToken cancellationToken = default)
    {
        var plan = new TrainingPlan(this);
        return new TrainingLoop(plan).Run(cancellationToken);
    }

    /// <summary>A batch of the training examples, or of the validation examples; null where there are none.</summary>
    internal Batch? BatchOf(bool ofValidation) => CreateBatch(ofValidation);

    private protected abstract Batch? CreateBatch(bool ofValidation);
}
