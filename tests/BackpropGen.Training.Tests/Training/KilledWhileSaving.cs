using System;
using System.IO;

namespace BackpropGen.Training.Tests.Training;

/// <summary>What the killed process does: it trains for ever, and saves after every step.</summary>
internal static class KilledWhileSaving
{
    public const string Argument = "train-and-save";

    public static TargetTrainer<LargeNet> Trainer(LargeNet net) =>
        new(net, Sets.Targets(64, 1)) { Epochs = 1_000_000, BatchSize = 16, EarlyStopping = new EarlyStopping(int.MaxValue) };

    /// <summary>The entry point of the test assembly where it is run as a program of its own.</summary>
    public static int Main(string[] args)
    {
        if (args is not [Argument, string path])
        {
            Console.Error.WriteLine("These tests are run by dotnet test.");
            return 1;
        }

        TargetTrainer<LargeNet> trainer = Trainer(new LargeNet());
        trainer.Checkpoints = new CheckpointOptions(path) { EverySteps = 1 };
        trainer.Observers.Add(new Announcement(Console.Out));
        trainer.Run();
        return 0;
    }

    /// <summary>Says when the first checkpoint of this process is there: before the second step is announced, the first is saved.</summary>
    private sealed class Announcement(TextWriter output) : TrainingObserver
    {
        private int steps;

        public override void StepEnded(in StepProgress progress)
        {
            if (++steps == 2)
            {
                output.WriteLine("saved");
            }
        }
    }
}
