using System;
using System.IO;
using System.Linq;
using BackpropGen;
using BackpropGen.Data;
using BackpropGen.Reporting;
using BackpropGen.Training;
using Samples;

namespace OnDevice;

internal static class Program
{
    private const int Airs = 8_000;

    private static int Main(string[] args) => SampleCommand.Guarded(() => Options.Run(args, Run));

    private static int Run(Options options)
    {
        (TargetExamples train, TargetExamples held) = Mix(options.Seed).Split(0.8, options.Seed);
        var inputs = Scaling.Standardize(train);
        var targets = Scaling.StandardizeTargets(train);
        var net = new FactoryNet();
        net.Initialize(options.Seed);
        var trainer = new TargetTrainer<FactoryNet>(net, train.Scaled(inputs, targets), held.Scaled(inputs, targets))
        {
            Epochs = options.Epochs,
            BatchSize = 32,
            Seed = options.Seed,
            Schedule = LearningRateSchedule.Cosine(),
        };
        trainer.Metrics.Add(Metric.Rmse());
        trainer.Observers.Add(new TerminalProgress());
        TrainingResult result = trainer.Run();
        if (result.Reason != StopReason.Completed)
        {
            throw new UserErrorException($"the training ended before its last epoch: {result.Reason}");
        }

        double error = Error(net, held.Scaled(inputs, targets)) * targets.Scales[0];
        var file = new SafetensorsWriter();
        Weights.AddTo(file, net);
        inputs.AddTo(file, "inputs");
        targets.AddTo(file, "targets");
        file.Write(options.Save);

        double percent = 100 * (Math.Exp(error) - 1);
        Console.WriteLine();
        Console.WriteLine($"Error    {percent:F1} % of the concentration, on {held.Count} airs held out (root mean square of its logarithm: {error:F4})");
        Console.WriteLine($"Saved    {options.Save}: {new FileInfo(options.Save).Length} bytes, {FactoryNet.ParameterCount} parameters and what scales inputs and output");
        return options.Require is { } required && !(percent <= required)
            ? SampleCommand.Fail($"the error is {percent:F1} %; at most {required:0.##} % was required")
            : 0;
    }

    // A new sensor, and air from the gas mixer: what it says is the input, the logarithm of the concentration the target.
    private static TargetExamples Mix(int seed)
    {
        var random = new Random(seed);
        var sensor = new GasSensor(random, Ageing.None);
        return TargetExamples.From(
            Enumerable.Range(0, Airs).Select(_ => Air.Mixed(random)).Select(air => (air.CarbonMonoxide, Reading: sensor.Read(air, hour: 0))),
            Reading.Size,
            (example, input) => example.Reading.CopyTo(input),
            FactoryNet.OutputSize,
            (example, target) => target[0] = (float)Math.Log(example.CarbonMonoxide));
    }

    /// <summary>Root mean square of what the network says of scaled examples.</summary>
    private static double Error(FactoryNet net, TargetExamples examples)
    {
        double squares = 0;
        Span<float> said = stackalloc float[FactoryNet.OutputSize];
        for (int i = 0; i < examples.Count; i++)
        {
            net.Forward(examples.Input(i), said);
            double error = said[0] - examples.Target(i)[0];
            squares += error * error;
        }

        return Math.Sqrt(squares / examples.Count);
    }
}
