using System;
using System.CommandLine;
using Samples;

namespace OnDevice;

/// <summary>What the command line says.</summary>
internal sealed record Options(string Save, int Epochs, int Seed, double? Require)
{
    private static readonly Option<string?> SaveOption = SampleCommand.Path("--save", "Where the weights go (default: factory.safetensors, here)", "file");
    private static readonly Option<int?> EpochsOption = SampleCommand.Integer("--epochs", "Passes over the mixed airs (default: 120)", 1, 1_000_000);
    private static readonly Option<int?> SeedOption = SampleCommand.Integer("--seed", "Of the airs, the network and the shuffling (default: 0)", int.MinValue, int.MaxValue);
    private static readonly Option<double?> RequireOption = SampleCommand.Number("--require", "Exit code 1 where the error on airs held out is above", "percent", 1000);

    /// <returns>The exit code.</returns>
    public static int Run(string[] args, Func<Options, int> action)
    {
        var command = new RootCommand("Trains the network of a gas sensor in the factory.") { SaveOption, EpochsOption, SeedOption, RequireOption };
        command.SetAction(parsed => action(new Options(
            parsed.GetValue(SaveOption) ?? "factory.safetensors",
            parsed.GetValue(EpochsOption) ?? 120,
            parsed.GetValue(SeedOption) ?? 0,
            parsed.GetValue(RequireOption))));
        return SampleCommand.Invoke(command, args);
    }
}
