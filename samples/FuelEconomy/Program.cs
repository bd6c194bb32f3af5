using System;
using BackpropGen.Data;
using BackpropGen.Reporting;
using BackpropGen.Training;
using Samples;

namespace FuelEconomy;

internal static class Program
{
    private static int Main(string[] args) => SampleCommand.Guarded(() => Options.Run(args, Run));

    private static int Run(Options options)
    {
        RawTable cars = options.Data is null ? Cars.MakeUp() : Cars.Load(options.Data);
        Summary.Start(cars, options);
        var examinations = new (Examination Result, double Baseline)[options.Seeds];
        for (int i = 0; i < options.Seeds; i++)
        {
            int seed = unchecked(options.Seed + i);
            var data = FuelData.Of(cars, seed);
            FuelNet net = Train(data, options, seed);
            var examined = Examination.Of(net, data.Held, data.Inputs, data.Targets);
            examinations[i] = (examined, examined.ErrorOf(data.Targets.Offsets[0]));

            SavedNetwork.Save(net, data, options.Save);
            SavedNetwork.Check(options.Save, data.Held, examined);
            Summary.Examined(seed, examined, data, options);
        }

        return Summary.Verdict(examinations, options);
    }

    private static FuelNet Train(FuelData data, Options options, int seed)
    {
        var net = new FuelNet();
        net.Initialize(seed);
        var trainer = new TargetTrainer<FuelNet>(net, data.Train, data.ScaledHeld)
        {
            Epochs = options.Epochs,
            BatchSize = Math.Min(options.Batch, data.Train.Count),
            Seed = seed,
            Schedule = LearningRateSchedule.Cosine(),
        };

        // Of the standardised target: 1 is as far off as always saying the mean.
        trainer.Metrics.Add(Metric.Rmse());
        trainer.Metrics.Add(Metric.RSquared());
        if (options.Seeds == 1)
        {
            trainer.Observers.Add(new TerminalProgress());
        }

        if (options.Report is not null)
        {
            trainer.Observers.Add(new HtmlReport(options.Report, new ReportOptions
            {
                Title = "Fuel economy",
                Examples = data.ScaledHeld,
                InputNames = data.Features,
                Outputs = [new OutputScale("fuel economy", data.Targets.Scales[0], data.Targets.Offsets[0], "mpg")],
                Seed = seed,
            }));
        }

        TrainingResult result = trainer.Run();
        return result.Reason == StopReason.Completed
            ? net
            : throw new UserErrorException($"seed {seed}: the training ended before its last epoch: {result.Reason}");
    }
}
