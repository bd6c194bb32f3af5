using System.IO;
using BackpropGen;
using BackpropGen.Mpi;
using BackpropGen.Training;
using Samples;
using Spectre.Console;

namespace Digits;

internal static class Program
{
    private static int Main(string[] args) => SampleCommand.Guarded(() => Options.Run(args, Run));

    private static int Run(Options options)
    {
        if (!options.Mpi)
        {
            return Run(options, null);
        }

        try
        {
            return MpiCollective.Run(collective => Run(options, collective));
        }
        catch (MpiException exception)
        {
            throw new UserErrorException($"--mpi: {exception.Message}");
        }
    }

    private static int Run(Options options, MpiCollective? collective)
    {
        bool speaks = collective is null or { Rank: 0 };
        if (!speaks)
        {
            // All processes end with the same network: one of them is enough to say so.
            AnsiConsole.Console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(TextWriter.Null) });
        }

        DigitTask task = options.Data is null
            ? new(DrawnDigits.Load(OpticalDigits.Side, train: 4000, test: 2000), Recipe.Digits)
            : DataFolder.Load(options.Data, options.Dataset);
        IClassifier net = task.Recipe.Create();
        Report.Start(task, net, collective?.Size ?? 1);
        var accuracies = new double[options.Seeds];
        for (int i = 0; i < options.Seeds; i++)
        {
            ConfusionMatrix confusion = Training.Run(net, task, options, unchecked(options.Seed + i), collective);
            accuracies[i] = confusion.Accuracy;
            if (options.Seeds == 1)
            {
                Report.Learned(task.Data, confusion, net);
            }
        }

        if (speaks && options.Save is not null)
        {
            Weights.Save(net, options.Save);
        }

        return Report.Verdict(accuracies, options.Require);
    }
}
