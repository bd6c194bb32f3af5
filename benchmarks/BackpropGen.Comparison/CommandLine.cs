using System;
using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.IO;
using System.Linq;

namespace BackpropGen.Comparison;

/// <summary>What the command line says.</summary>
internal static class CommandLine
{
    /// <returns>The exit code.</returns>
    public static int Run(string[] args)
    {
        var root = new RootCommand("Measures this compiler's networks beside native libraries, in turns, on one thread.") { CompetitorsSubcommand(), SweepSubcommand(), PiecesSubcommand(), ThreadsSubcommand() };
        ParseResult result = root.Parse(args);
        if (result.Errors.Count > 0)
        {
            throw new UserErrorException(result.Errors[0].Message);
        }

        // Errors come out as exceptions, so that all of them are reported in one place.
        return result.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
    }

    private static Command CompetitorsSubcommand()
    {
        Option<int?> rounds = Integer("--rounds", "Turns of each contender (default: 3)", 1, 1_000);
        Option<int?> milliseconds = Integer("--milliseconds", "Time of a turn (default: 60)", 1, 60_000);
        Option<string[]> networks = new("--network") { Description = "Only the networks with this in their text, such as 784-128-10; may be given again", HelpName = "text" };
        Option<string?> write = Write("competitors", "the table");
        Option<string?> log = new("--log") { Description = "A file for every turn: network, competitor, phase, batch, median ns, fastest ns, calls, separated by tabs", HelpName = "file" };
        var command = new Command("competitors", "Five networks: this compiler, OpenBLAS, LIBXSMM, oneDNN, Eigen, libtorch, FANN, and the machine's peak.") { rounds, milliseconds, networks, write, log };
        command.SetAction(parsed => CompetitorsCommand.Run(
            parsed.GetValue(rounds) ?? 3,
            TimeSpan.FromMilliseconds(parsed.GetValue(milliseconds) ?? 60),
            parsed.GetValue(networks) ?? [],
            parsed.GetValue(write),
            parsed.GetValue(log)));
        return command;
    }

    private static Command SweepSubcommand()
    {
        Option<bool> quick = new("--quick") { Description = "A coarse grid, in half a minute" };
        Option<int[]> depths = Integers("--depth", "Only networks of these depths, 1 to 6 by default", 64);
        Option<int[]> widths = Integers("--width", "Only networks of these widths, 1 to 512 by default", 8_192);
        Option<int[]> batches = Integers("--batch", "Only batches of these sizes, 1 to 1024 by default", 65_536);
        Option<int?> rounds = Integer("--rounds", "Turns of each contender (default: 2; quick 1)", 1, 1_000);
        Option<int?> milliseconds = Integer("--milliseconds", "Time of a turn (default: 6)", 1, 60_000);
        Option<string?> output = new("--output") { Description = "The folder for sweep.csv, sweep.svg and sweep.md (default: benchmarks/results)", HelpName = "folder" };
        Option<string?> write = Write("sweep", "the summary");
        var command = new Command("sweep", "Every shape beside the competitor that is best at it: a table, a picture, a summary.") { quick, depths, widths, batches, rounds, milliseconds, output, write };
        command.SetAction(parsed =>
        {
            SweepGrid grid = parsed.GetValue(quick) ? SweepGrid.Quick : SweepGrid.Full;
            SweepCommand.Run(
                new SweepGrid(Chosen(depths, grid.Depths), Chosen(widths, grid.Widths), Chosen(batches, grid.Batches)),
                parsed.GetValue(rounds) ?? (parsed.GetValue(quick) ? 1 : 2),
                TimeSpan.FromMilliseconds(parsed.GetValue(milliseconds) ?? 6),
                parsed.GetValue(output) ?? Path.Combine(Repository.Root, "benchmarks", "results"),
                parsed.GetValue(write));

            IReadOnlyList<int> Chosen(Option<int[]> option, IReadOnlyList<int> otherwise) => parsed.GetValue(option) is { Length: > 0 } given ? [.. given.Distinct()] : otherwise;
        });
        return command;
    }

    private static Command PiecesSubcommand()
    {
        Option<int?> rounds = Integer("--rounds", "Turns of each way (default: 60)", 1, 100_000);
        var command = new Command("pieces", "4,096 samples in one call beside 64 calls of 64: this compiler alone.") { rounds };
        command.SetAction(parsed => PiecesCommand.Run(parsed.GetValue(rounds) ?? 60));
        return command;
    }

    private static Command ThreadsSubcommand()
    {
        Option<int?> threads = Integer("--threads", "How many beside one (default: as many as the machine has cores)", 2, 256);
        Option<int?> rounds = Integer("--rounds", "Turns of each (default: 9)", 1, 1_000);
        Option<int?> milliseconds = Integer("--milliseconds", "Time of a turn (default: 30)", 1, 60_000);
        Option<string?> write = Write("threads", "the table");
        var command = new Command("threads", "Large batches on one thread and on several: this compiler alone.") { threads, rounds, milliseconds, write };
        command.SetAction(parsed => ThreadsCommand.Run(
            parsed.GetValue(threads) ?? Math.Max(2, Environment.ProcessorCount),
            parsed.GetValue(rounds) ?? 9,
            TimeSpan.FromMilliseconds(parsed.GetValue(milliseconds) ?? 30),
            parsed.GetValue(write)));
        return command;
    }

    private static Option<string?> Write(string section, string what) => new("--write")
    {
        Description = $"A Markdown file; its part between <!-- begin: {section} --> and <!-- end: {section} --> becomes {what}",
        HelpName = "file",
    };

    private static Option<int[]> Integers(string name, string description, int max) => new(name)
    {
        Description = description,
        HelpName = "n…",
        AllowMultipleArgumentsPerToken = true,
        CustomParser = result =>
        {
            var values = new List<int>();
            foreach (Token token in result.Tokens)
            {
                if (int.TryParse(token.Value, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value >= 1 && value <= max)
                {
                    values.Add(value);
                }
                else
                {
                    result.AddError(FormattableString.Invariant($"{name} \"{token.Value}\": expected integers from 1 to {max}"));
                }
            }

            return [.. values];
        },
    };

    private static Option<int?> Integer(string name, string description, int min, int max) => new(name)
    {
        Description = description,
        HelpName = "n",
        CustomParser = result =>
        {
            if (int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value >= min && value <= max)
            {
                return value;
            }

            result.AddError(FormattableString.Invariant($"{name} \"{result.Tokens.Single().Value}\": expected an integer from {min} to {max}"));
            return null;
        },
    };
}
