namespace BackpropGen.Training;

/// <summary>Where a training is before a step: what a learning rate depends on. All counts are of this training, those before a checkpoint included.</summary>
/// <param name="BaseRate">The network's learning rate when the training began.</param>
/// <param name="Step">Steps taken, from 0.</param>
/// <param name="StepsPerEpoch">Steps in an epoch, at least 1.</param>
/// <param name="Epochs">Epochs that the training has at most, at least 1.</param>
public readonly record struct TrainingTime(double BaseRate, long Step, int StepsPerEpoch, int Epochs)
{
    /// <summary>Epochs completed, from 0.</summary>
    public int Epoch => (int)(Step / StepsPerEpoch);

    /// <summary>Steps in the whole training, if nothing ends it early.</summary>
    public long TotalSteps => (long)StepsPerEpoch * Epochs;
}
