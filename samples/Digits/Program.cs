using Samples;

namespace Digits;

internal static class Program
{
    private static int Main(string[] args) => SampleCommand.Guarded(() => Options.Run(args, Run));

    private static int Run(Options options)
    {
        DigitTask task = options.Data is null
            ? new(DrawnDigits.Load(OpticalDigits.Side, train: 4000, test: 2000), Recipe.Digits)
            : DataFolder.Load(options.Data, options.Dataset);
        int epochs = options.Epochs ?? task.Recipe.Epochs;
        int batch = options.Batch ?? task.Recipe.Batch;

        IClassifier net = task.Recipe.Create();
        Report.Start(task, net);
        var accuracies = new double[options.Seeds];
        for (int i = 0; i < options.Seeds; i++)
        {
            int seed = unchecked(options.Seed + i);
            var training = new Training(net, task.Data, batch, seed);
            accuracies[i] = ProgressReport.Run(training, epochs, brief: options.Seeds > 1, seed);
            if (options.Seeds == 1)
            {
                Report.Learned(task.Data, training.Predicted, net);
            }
        }

        return Report.Verdict(accuracies, options.Require);
    }
}
