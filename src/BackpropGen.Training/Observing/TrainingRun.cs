namespace BackpropGen.Training;

/// <summary>What is about to be trained. Immutable, but for the network.</summary>
/// <param name="Network">The network, as it is when the training starts.</param>
/// <param name="Epochs">Epochs that it will be trained for at most, those before a checkpoint counted.</param>
/// <param name="FirstEpoch">The epoch that comes first, from 1; later where the training goes on from a checkpoint.</param>
/// <param name="BatchSize">Examples per step; the last step of an epoch may have fewer.</param>
/// <param name="StepsPerEpoch">Steps in an epoch.</param>
/// <param name="TrainingCount">Examples to learn from.</param>
/// <param name="ValidationCount">Examples to be examined on; may be 0.</param>
public sealed record TrainingRun(
    ITrainable Network, int Epochs, int FirstEpoch, int BatchSize, int StepsPerEpoch, int TrainingCount, int ValidationCount);
