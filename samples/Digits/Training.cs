using System;
using BackpropGen.Reporting;
using BackpropGen.Training;
using Samples;
using Spectre.Console;

namespace Digits;

/// <summary>One network, trained from one seed.</summary>
internal static class Training
{
    /// <param name="net">The network; its parameters are set anew.</param>
    /// <param name="task">What to learn, and for how long by default.</param>
    /// <param name="options">What the command line says.</param>
    /// <param name="seed">Where the network and the shuffling start.</param>
    /// <param name="collective">The processes that train it together; null for this one alone.</param>
    /// <returns>Which digits it took for which afterwards.</returns>
    public static ConfusionMatrix Run(IClassifier net, DigitTask task, Options options, int seed, ICollective? collective)
    {
        net.Initialize(seed);
        bool brief = options.Seeds > 1;
        var cost = new TrainingCost();
        var trainer = new LabelTrainer<IClassifier>(net, task.Data.Train, task.Data.Test)
        {
            Epochs = options.Epochs ?? task.Recipe.Epochs,
            BatchSize = Math.Min(options.Batch ?? task.Recipe.Batch, task.Data.Train.Count),
            Seed = seed,
            Collective = collective,
            Checkpoints = options.Checkpoint is null ? null : new CheckpointOptions(options.Checkpoint) { EverySteps = options.CheckpointSteps ?? 0 },
        };
        trainer.Metrics.Add(Metric.Accuracy());
        trainer.Observers.Add(cost);
        if (!brief)
        {
            trainer.Observers.Add(new TerminalProgress());
        }

        TrainingResult result;
        try
        {
            result = trainer.Run();
        }
        catch (CheckpointException exception)
        {
            throw new UserErrorException(exception.Message);
        }

        if (result.Reason != StopReason.Completed)
        {
            throw new UserErrorException($"the training ended before its last epoch: {result.Reason}");
        }

        var confusion = ConfusionMatrix.Of(net, task.Data.Test);
        if (brief)
        {
            AnsiConsole.WriteLine($"seed {seed,3}  accuracy {confusion.Accuracy:P2}  {cost.SamplesPerSecond,11:N0} samples/s");
        }
        else
        {
            AnsiConsole.WriteLine();
            AnsiConsole.WriteLine($"{cost.SamplesPerSecond:N0} samples per second; {cost.AllocatedBytes:N0} bytes allocated from the first step of an epoch to its last");
        }

        return confusion;
    }
}
