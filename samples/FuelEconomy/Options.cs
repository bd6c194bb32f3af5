using System;
using System.CommandLine;
using System.IO;
using Samples;

namespace FuelEconomy;

/// <summary>What the command line says.</summary>
internal sealed record Options(string? Data, int Epochs, int Batch, int Seed, int Seeds, string Save, string? Report, double? Require)
{
    private static readonly Option<string?> DataOption = SampleCommand.Path("--data", $"A folder with {Cars.FileName}; without it, the program makes cars up", "folder");
    private static readonly Option<int?> EpochsOption = SampleCommand.Integer("--epochs", "Passes over the training cars (default: 100)", 1, 1_000_000);
    private static readonly Option<int?> BatchOption = SampleCommand.Integer("--batch", "Cars per training step (default: 32)", 1, 1_000_000);
    private static readonly Option<int?> SeedOption = SampleCommand.Integer("--seed", "Of the split, the network and the shuffling (default: 0)", int.MinValue, int.MaxValue);
    private static readonly Option<int?> SeedsOption = SampleCommand.Integer("--seeds", "Trains that many seeds, one after the other, and takes the mean (default: 1)", 1, 1_000);
    private static readonly Option<string?> SaveOption = SampleCommand.Path("--save", "Where the weights go (default: fuel-economy.safetensors beside the program)", "file");
    private static readonly Option<string?> ReportOption = SampleCommand.Path("--report", "Writes a report, with one seed only (default: none)", "file");
    private static readonly Option<double?> RequireOption = SampleCommand.Number("--require", "Exit code 1 where the mean error is above", "mpg", 1000);

    /// <returns>The exit code.</returns>
    public static int Run(string[] args, Func<Options, int> action)
    {
        var command = new RootCommand("Trains a network to say how far a car goes on a gallon.")
        {
            DataOption, EpochsOption, BatchOption, SeedOption, SeedsOption, SaveOption, ReportOption, RequireOption,
        };
        command.SetAction(parsed => action(new Options(
            parsed.GetValue(DataOption),
            parsed.GetValue(EpochsOption) ?? 100,
            parsed.GetValue(BatchOption) ?? 32,
            parsed.GetValue(SeedOption) ?? 0,
            parsed.GetValue(SeedsOption) ?? 1,
            parsed.GetValue(SaveOption) ?? Path.Combine(AppContext.BaseDirectory, "fuel-economy.safetensors"),
            parsed.GetValue(ReportOption),
            parsed.GetValue(RequireOption))));
        return SampleCommand.Invoke(command, args, result =>
        {
            if (result.GetResult(ReportOption) is not null && result.GetValue(SeedsOption) > 1)
            {
                throw new UserErrorException("--report is of one training; expected it without --seeds");
            }
        });
    }
}
