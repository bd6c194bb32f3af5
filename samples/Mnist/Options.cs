using System;
using System.CommandLine;
using System.IO;
using Samples;

namespace Mnist;

/// <summary>What the command line says.</summary>
internal sealed record Options(string? Data, int Epochs, int Batch, int Seed, string Save, string Report, double? Require)
{
    private static readonly Option<string?> DataOption = SampleCommand.Path("--data", "A folder with MNIST's IDX files; without it, the program draws digits itself", "folder");
    private static readonly Option<int?> EpochsOption = SampleCommand.Integer("--epochs", "Passes over the training digits (default: 10)", 1, 1_000_000);
    private static readonly Option<int?> BatchOption = SampleCommand.Integer("--batch", "Digits per training step (default: 64)", 1, 1_000_000);
    private static readonly Option<int?> SeedOption = SampleCommand.Integer("--seed", "Where the network and the shuffling start (default: 0)", int.MinValue, int.MaxValue);
    private static readonly Option<string?> SaveOption = SampleCommand.Path("--save", "Where the weights go (default: mnist.safetensors beside the program)", "file");
    private static readonly Option<string?> ReportOption = SampleCommand.Path("--report", "Where the report goes (default: mnist.html beside the program)", "file");
    private static readonly Option<double?> RequireOption = SampleCommand.Number("--require", "Exit code 1 where the accuracy is below", "percent", 100);

    /// <returns>The exit code.</returns>
    public static int Run(string[] args, Func<Options, int> action)
    {
        var command = new RootCommand("Trains a network on MNIST's digits, and writes a report on how it went.")
        {
            DataOption, EpochsOption, BatchOption, SeedOption, SaveOption, ReportOption, RequireOption,
        };
        command.SetAction(parsed => action(new Options(
            parsed.GetValue(DataOption),
            parsed.GetValue(EpochsOption) ?? 10,
            parsed.GetValue(BatchOption) ?? 64,
            parsed.GetValue(SeedOption) ?? 0,
            parsed.GetValue(SaveOption) ?? Path.Combine(AppContext.BaseDirectory, "mnist.safetensors"),
            parsed.GetValue(ReportOption) ?? Path.Combine(AppContext.BaseDirectory, "mnist.html"),
            parsed.GetValue(RequireOption))));
        return SampleCommand.Invoke(command, args);
    }
}
