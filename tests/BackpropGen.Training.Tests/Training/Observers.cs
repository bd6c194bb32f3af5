using System;
using System.Collections.Generic;

namespace BackpropGen.Training.Tests.Training;

internal sealed class Recorder(List<string> seen) : TrainingObserver
{
    public override void Started(TrainingRun run) =>
        seen.Add($"started {run.Epochs} {run.FirstEpoch} {run.BatchSize} {run.StepsPerEpoch} {run.TrainingCount} {run.ValidationCount}");

    public override void StepEnded(in StepProgress progress) => seen.Add($"step {progress.Epoch} {progress.Step}/{progress.Steps} {progress.Samples}");

    public override void EpochEnded(EpochResult epoch) => seen.Add($"epoch {epoch.Number}");

    public override void Ended(TrainingResult result) => seen.Add($"ended {result.Reason}");
}

internal sealed class StepObserver(Action<StepProgress> see) : TrainingObserver
{
    public override void StepEnded(in StepProgress progress) => see(progress);
}

internal sealed class EpochObserver(Action<EpochResult> see) : TrainingObserver
{
    public override void EpochEnded(EpochResult epoch) => see(epoch);
}

internal sealed class GradientObserver : TrainingObserver
{
    private ITrainable? network;

    public List<double> Norms { get; } = [];

    public override void Started(TrainingRun run) => network = run.Network;

    public override void EpochEnded(EpochResult epoch)
    {
        double sum = 0;
        foreach (float g in network!.Gradients)
        {
            sum += g * g;
        }

        Norms.Add(Math.Sqrt(sum));
    }
}
