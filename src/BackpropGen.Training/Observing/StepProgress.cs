namespace BackpropGen.Training;

/// <summary>Where a training is after a step.</summary>
/// <param name="Epoch">The epoch, from 1.</param>
/// <param name="Step">The step within the epoch, from 1.</param>
/// <param name="Steps">Steps in an epoch.</param>
/// <param name="Samples">Training examples seen in this epoch.</param>
/// <param name="Loss">The step's loss, from before its update.</param>
/// <param name="LearningRate">The rate that the step was taken with.</param>
public readonly record struct StepProgress(int Epoch, int Step, int Steps, int Samples, float Loss, float LearningRate);
