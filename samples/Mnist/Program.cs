using System;
using System.Linq;
using BackpropGen;
using BackpropGen.Data;
using BackpropGen.Reporting;
using BackpropGen.Training;
using Samples;
using Spectre.Console;

namespace Mnist;

internal static class Program
{
    private static int Main(string[] args) => SampleCommand.Guarded(() => Options.Run(args, Run));

    private static int Run(Options options)
    {
        DigitData data = options.Data is null ? DrawnDigits.Load(MnistFolder.Side, train: 8000, test: 2000) : Read(options.Data);
        AnsiConsole.WriteLine($"Data     {data.Origin}");
        AnsiConsole.WriteLine($"         {data.Train.Count:N0} to train on, {data.Test.Count:N0} to test on, {data.Side} × {data.Side} pixels");
        AnsiConsole.WriteLine($"Network  784-128-10: {MnistNet.ParameterCount:N0} parameters");
        AnsiConsole.WriteLine();

        MnistNet net = Train(data, options);
        var confusion = ConfusionMatrix.Of(net, data.Test);
        AnsiConsole.WriteLine();
        AnsiConsole.Write(ConfusionTable.Of(confusion));

        Weights.Save(net, options.Save);
        CheckSaved(net, options.Save, data.Test);
        AnsiConsole.WriteLine($"Accuracy {confusion.Accuracy:P2} of {confusion.Total:N0} digits that it did not learn from");
        AnsiConsole.WriteLine($"Saved    {options.Save}: loaded again, it says the same of each of them");
        AnsiConsole.WriteLine($"Report   {options.Report}");
        return options.Require is { } required && !(100 * confusion.Accuracy >= required)
            ? SampleCommand.Fail($"the accuracy is {100 * confusion.Accuracy:F2} %; at least {required:0.##} % was required")
            : 0;
    }

    private static DigitData Read(string folder)
    {
        SampleCommand.CheckFolder(folder);
        return MnistFolder.IsIn(folder)
            ? MnistFolder.Load(folder)
            : throw new UserErrorException($"--data \"{folder}\": none of the files is there; expected {MnistFolder.Expected}");
    }

    private static MnistNet Train(DigitData data, Options options)
    {
        var net = new MnistNet();
        net.Initialize(options.Seed);
        var trainer = new LabelTrainer<MnistNet>(net, data.Train, data.Test)
        {
            Epochs = options.Epochs,
            BatchSize = Math.Min(options.Batch, data.Train.Count),
            Seed = options.Seed,
        };
        trainer.Metrics.Add(Metric.Accuracy());
        trainer.Metrics.Add(Metric.TopK(3));
        trainer.Observers.Add(new TerminalProgress());
        trainer.Observers.Add(new HtmlReport(options.Report, new ReportOptions
        {
            Title = "MNIST",
            Examples = data.Test,
            Image = new ImageLayout(data.Side, data.Side),
            Seed = options.Seed,
        }));

        TrainingResult result = trainer.Run();
        return result.Reason == StopReason.Completed
            ? net
            : throw new UserErrorException($"the training ended before its last epoch: {result.Reason}");
    }

    // Into a new network; it must see the same in every picture.
    private static void CheckSaved(MnistNet net, string path, LabelExamples test)
    {
        var loaded = new MnistNet();
        Weights.Load(loaded, path);
        var expected = new float[MnistNet.OutputSize];
        var found = new float[MnistNet.OutputSize];
        for (int i = 0; i < test.Count; i++)
        {
            net.Forward(test.Input(i), expected);
            loaded.Forward(test.Input(i), found);
            if (!found.AsSpan().SequenceEqual(expected))
            {
                throw new UserErrorException($"{path}: loaded again, the network sees something else in digit {i}; expected the same to the bit");
            }
        }
    }
}
