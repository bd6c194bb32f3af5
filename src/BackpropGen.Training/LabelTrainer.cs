using System;
using BackpropGen.Data;

namespace BackpropGen.Training;

/// <summary>Trains a network on examples of classes: an input each, and the class that it belongs to.</summary>
/// <typeparam name="TNetwork">The network's class.</typeparam>
public sealed class LabelTrainer<TNetwork> : Trainer
    where TNetwork : ILabelTrainable
{
    private readonly LabelExamples training;
    private readonly LabelExamples? validation;

    /// <summary>A trainer of a network. Sizes are checked when it runs.</summary>
    /// <param name="network">The network; trained from the parameters that it has.</param>
    /// <param name="training">What it learns from.</param>
    /// <param name="validation">What it is examined on after each epoch; null without.</param>
    /// <exception cref="ArgumentNullException"><paramref name="network"/> or <paramref name="training"/> is null.</exception>
    public LabelTrainer(TNetwork network, LabelExamples training, LabelExamples? validation = null)
        : base(network, training, validation)
    {
        Network = network;
        this.training = training;
        this.validation = validation;
    }

    /// <summary>The network that is trained.</summary>
    public new TNetwork Network { get; }

    private protected override Batch? CreateBatch(bool ofValidation) =>
        !ofValidation ? new LabelBatch<TNetwork>(Network, training, "training")
        : validation is not null ? new LabelBatch<TNetwork>(Network, validation, "validation")
        : null;
}
