using System;
using BackpropGen.Data;

namespace BackpropGen.Training;

/// <summary>Trains a network on examples of values: an input each, and the output that belongs to it.</summary>
/// <typeparam name="TNetwork">The network's class.</typeparam>
public sealed class TargetTrainer<TNetwork> : Trainer
    where TNetwork : ITargetTrainable
{
    private readonly TargetExamples training;
    private readonly TargetExamples? validation;

    /// <summary>A trainer of a network. Sizes are checked when it runs.</summary>
    /// <param name="network">The network; trained from the parameters that it has.</param>
    /// <param name="training">What it learns from.</param>
    /// <param name="validation">What it is examined on after each epoch; null without.</param>
    /// <exception cref="ArgumentNullException"><paramref name="network"/> or <paramref name="training"/> is null.</exception>
    public TargetTrainer(TNetwork network, TargetExamples training, TargetExamples? validation = null)
        : base(network, training, validation)
    {
        Network = network;
        this.training = training;
        this.validation = validation;
    }

    /// <summary>The network that is trained.</summary>
    public new TNetwork Network { get; }

    private protected override Batch? CreateBatch(bool ofValidation) =>
        !ofValidation ? new TargetBatch<TNetwork>(Network, training, "training")
        : validation is not null ? new TargetBatch<TNetwork>(Network, validation, "validation")
        : null;
}
