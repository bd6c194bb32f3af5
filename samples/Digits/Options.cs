using System;
using System.CommandLine;
using Samples;

namespace Digits;

/// <summary>What the command line says. Null: as the data set's recipe has it.</summary>
internal sealed record Options(
    string? Data, DatasetKind? Dataset, int? Epochs, int? Batch, int Seed, int Seeds, double? Require,
    string? Save, string? Checkpoint, int? CheckpointSteps, bool Mpi)
{
    private static readonly Option<string?> DataOption = SampleCommand.Path(
        "--data", "A folder with optdigits.tra and optdigits.tes, or with MNIST's IDX files; without it, the program draws digits itself", "folder");

    private static readonly Option<DatasetKind?> DatasetOption = new("--dataset")
    {
        Description = "Which one, where the folder holds both (default: optdigits)",
        HelpName = "optdigits|mnist",
        CustomParser = result => result.Tokens[0].Value switch
        {
            "optdigits" => DatasetKind.OptDigits,
            "mnist" => DatasetKind.Mnist,
            _ => SampleCommand.Wrong<DatasetKind?>(result, "expected optdigits or mnist"),
        },
    };

    private static readonly Option<int?> EpochsOption = SampleCommand.Integer("--epochs", "Passes over the training digits (default: 30; MNIST 10)", 1, 1_000_000);
    private static readonly Option<int?> BatchOption = SampleCommand.Integer("--batch", "Digits per training step (default: 32; MNIST 64)", 1, 1_000_000);
    private static readonly Option<int?> SeedOption = SampleCommand.Integer("--seed", "Where the network and the shuffling start (default: 0)", int.MinValue, int.MaxValue);
    private static readonly Option<int?> SeedsOption = SampleCommand.Integer("--seeds", "Trains that many seeds, one after the other, and takes the mean (default: 1)", 1, 1_000);
    private static readonly Option<double?> RequireOption = SampleCommand.Number("--require", "Exit code 1 where the mean accuracy is below", "percent", 100);
    private static readonly Option<string?> SaveOption = SampleCommand.Path("--save", "Receives the weights, as safetensors", "file");
    private static readonly Option<string?> CheckpointOption = SampleCommand.Path("--checkpoint", "Keeps the training in this file after each epoch, and goes on from it where it is there", "file");
    private static readonly Option<int?> CheckpointStepsOption = SampleCommand.Integer("--checkpoint-steps", "Keeps it also after that many steps", 1, int.MaxValue);
    private static readonly Option<bool> MpiOption = new("--mpi") { Description = "Trains in all processes that mpirun started" };

    /// <returns>The exit code.</returns>
    public static int Run(string[] args, Func<Options, int> action)
    {
        var command = new RootCommand("Trains a network on handwritten digits and shows what it learned.")
        {
            DataOption, DatasetOption, EpochsOption, BatchOption, SeedOption, SeedsOption, RequireOption, SaveOption, CheckpointOption, CheckpointStepsOption, MpiOption,
        };
        command.SetAction(parsed => action(new Options(
            parsed.GetValue(DataOption),
            parsed.GetValue(DatasetOption),
            parsed.GetValue(EpochsOption),
            parsed.GetValue(BatchOption),
            parsed.GetValue(SeedOption) ?? 0,
            parsed.GetValue(SeedsOption) ?? 1,
            parsed.GetValue(RequireOption),
            parsed.GetValue(SaveOption),
            parsed.GetValue(CheckpointOption),
            parsed.GetValue(CheckpointStepsOption),
            parsed.GetValue(MpiOption))));

        return SampleCommand.Invoke(command, args, result =>
        {
            if (result.GetResult(DatasetOption) is not null && result.GetResult(DataOption) is null)
            {
                throw new UserErrorException("--dataset chooses within a folder; expected --data <folder> with it");
            }

            if (result.GetValue(SeedsOption) is > 1 && (result.GetValue(CheckpointOption) ?? result.GetValue(SaveOption)) is not null)
            {
                throw new UserErrorException("--checkpoint and --save keep one network; expected one seed with them");
            }

            if (result.GetResult(CheckpointStepsOption) is not null && result.GetValue(CheckpointOption) is null)
            {
                throw new UserErrorException("--checkpoint-steps says how often; expected --checkpoint <file> with it");
            }
        });
    }
}
