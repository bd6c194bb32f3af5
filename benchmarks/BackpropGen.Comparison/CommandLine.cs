using System;
using System.CommandLine;
using System.Globalization;
using System.Linq;

namespace BackpropGen.Comparison;

/// <summary>What the command line says.</summary>
internal static class CommandLine
{
    /// <returns>The exit code.</returns>
    public static int Run(string[] args)
    {
        var root = new RootCommand("Measures this compiler's networks beside native libraries, in turns, on one thread.") { CompetitorsSubcommand() };
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
        Option<string?> write = new("--write") { Description = "A Markdown file; its part between <!-- begin: competitors --> and <!-- end: competitors --> becomes the table", HelpName = "file" };
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
