using System;
using System.IO;

namespace Digits;

internal static class Program
{
    private static int Main(string[] args)
    {
        Report.SetUp();
        try
        {
            return Options.Run(args, Run);
        }
        catch (Exception exception) when (exception is UserErrorException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"error: {exception.Message}");
            return 1;
        }
    }

    private static int Run(Options options)
    {
        DigitData data = options.Data is null ? DrawnDigits.Load() : DataFolder.Load(options.Data, options.Dataset);
        int epochs = options.Epochs ?? data.Recipe.Epochs;
        int batch = options.Batch ?? data.Recipe.Batch;

        IClassifier net = data.Recipe.Create();
        Report.Start(data, net);
        var accuracies = new double[options.Seeds];
        for (int i = 0; i < options.Seeds; i++)
        {
            int seed = unchecked(options.Seed + i);
            var training = new Training(net, data, batch, seed);
            accuracies[i] = ProgressReport.Run(training, epochs, brief: options.Seeds > 1, seed);
            if (options.Seeds == 1)
            {
                Report.Learned(data.Test, training.Predicted, net);
            }
        }

        return Report.Verdict(accuracies, options.Require);
    }
}
