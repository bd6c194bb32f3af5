using System;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Linq;

namespace Digits;

/// <summary>What the command line says. Null: as the data set's recipe has it.</summary>
internal sealed record Options(string? Data, DatasetKind? Dataset, int? Epochs, int? Batch, int Seed, int Seeds, double? Require)
{
    private static readonly Option<string?> DataOption = new("--data")
    {
        Description = "A folder with optdigits.tra and optdigits.tes, or with MNIST's IDX files; without it, the program draws digits itself",
        HelpName = "folder",
    };

    private static readonly Option<DatasetKind?> DatasetOption = new("--dataset")
    {
        Description = "Which one, where the folder holds both (default: optdigits)",
        HelpName = "optdigits|mnist",
        CustomParser = result => result.Tokens[0].Value switch
        {
            "optdigits" => DatasetKind.OptDigits,
            "mnist" => DatasetKind.Mnist,
            _ => Wrong<DatasetKind?>(result, "expected optdigits or mnist"),
        },
    };

    private static readonly Option<int?> EpochsOption = Integer("--epochs", "Passes over the training digits (default: 30; MNIST 10)", 1, 1_000_000);
    private static readonly Option<int?> BatchOption = Integer("--batch", "Digits per training step (default: 32; MNIST 64)", 1, 1_000_000);
    private static readonly Option<int?> SeedOption = Integer("--seed", "Where the network and the shuffling start (default: 0)", int.MinValue, int.MaxValue);
    private static readonly Option<int?> SeedsOption = Integer("--seeds", "Trains that many seeds, one after the other, and takes the mean (default: 1)", 1, 1_000);

    private static readonly Option<double?> RequireOption = new("--require")
    {
        Description = "Exit code 1 where the mean accuracy is below",
        HelpName = "percent",
        CustomParser = result =>
            double.TryParse(result.Tokens[0].Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double percent) && percent is >= 0 and <= 100
                ? percent
                : Wrong<double?>(result, "expected a number from 0 to 100"),
    };

    /// <returns>The exit code.</returns>
    public static int Run(string[] args, Func<Options, int> action)
    {
        var command = new RootCommand("Trains a network on handwritten digits and shows what it learned.")
        {
            DataOption, DatasetOption, EpochsOption, BatchOption, SeedOption, SeedsOption, RequireOption,
        };
        command.SetAction(parsed => action(new Options(
            parsed.GetValue(DataOption),
            parsed.GetValue(DatasetOption),
            parsed.GetValue(EpochsOption),
            parsed.GetValue(BatchOption),
            parsed.GetValue(SeedOption) ?? 0,
            parsed.GetValue(SeedsOption) ?? 1,
            parsed.GetValue(RequireOption))));

        ParseResult result = command.Parse(args);
        if (result.Errors.Count > 0)
        {
            // An option that swallowed the next one's name says more than the value that is left over.
            ParseError error = result.Errors.FirstOrDefault(e => e.SymbolResult is not CommandResult) ?? result.Errors[0];
            throw new UserErrorException(error.Message);
        }

        if (result.GetResult(DatasetOption) is not null && result.GetResult(DataOption) is null)
        {
            throw new UserErrorException("--dataset chooses within a folder; expected --data <folder> with it");
        }

        // Errors come out as exceptions, so that all of them are reported in one place.
        return result.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
    }

    private static Option<int?> Integer(string name, string description, int min, int max) => new(name)
    {
        Description = description,
        HelpName = "n",
        CustomParser = result =>
            int.TryParse(result.Tokens[0].Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) && value >= min && value <= max
                ? value
                : Wrong<int?>(result, $"expected an integer from {min} to {max}"),
    };

    private static T? Wrong<T>(ArgumentResult result, string expected)
    {
        string name = (result.Parent as OptionResult)?.Option.Name ?? "the command line";
        result.AddError($"{name} \"{result.Tokens.Single().Value}\": {expected}");
        return default;
    }
}
