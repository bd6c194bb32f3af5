using System;
using Spectre.Console;

namespace Digits;

/// <summary>Training, and what is seen of it: a line per epoch, and below it in a terminal a bar that grows.</summary>
internal static class ProgressReport
{
    /// <param name="brief">One line at the end in place of a line per epoch.</param>
    /// <returns>The accuracy after the last epoch, 0 to 1.</returns>
    public static double Run(Training training, int epochs, bool brief, int seed)
    {
        double accuracy = 0;
        if (AnsiConsole.Profile.Capabilities is { Interactive: true, Ansi: true })
        {
            AnsiConsole.Progress()
                .AutoClear(true)
                .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
                .Start(context =>
                {
                    ProgressTask task = context.AddTask($"training, seed {seed}", maxValue: epochs);
                    Train(() => task.Increment(1));
                });
        }
        else
        {
            Train(() => { });
        }

        if (brief)
        {
            AnsiConsole.WriteLine($"seed {seed,3}  accuracy {accuracy:P2}  {training.SamplesPerSecond,11:N0} samples/s");
        }
        else
        {
            AnsiConsole.WriteLine();
            AnsiConsole.WriteLine($"{training.SamplesPerSecond:N0} samples per second; {training.AllocatedBytes:N0} bytes allocated in training steps");
        }

        return accuracy;

        void Train(Action advance)
        {
            for (int i = 0; i < epochs; i++)
            {
                Epoch epoch = training.RunEpoch();
                accuracy = epoch.Accuracy;
                if (!brief)
                {
                    AnsiConsole.WriteLine($"epoch {epoch.Number,3} of {epochs}  loss {epoch.Loss:F4}  accuracy {epoch.Accuracy,7:P2}");
                }

                advance();
            }
        }
    }
}
