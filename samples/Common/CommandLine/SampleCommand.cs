using System;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using BackpropGen.Data;
using Spectre.Console;

namespace Samples;

/// <summary>What the samples' command lines have in common: options with ranges, and errors that are one line on stderr.</summary>
internal static class SampleCommand
{
    /// <summary>Runs a sample; whatever the user can mend becomes a line and exit code 1.</summary>
    public static int Guarded(Func<int> run)
    {
        SetUpConsole();
        try
        {
            return run();
        }
        catch (DataFileException exception)
        {
            return Fail(exception.Summary);
        }
        catch (Exception exception) when (exception is UserErrorException or IOException or UnauthorizedAccessException)
        {
            return Fail(exception.Message);
        }
    }

    /// <summary>Says what is wrong.</summary>
    /// <returns>The exit code.</returns>
    public static int Fail(string message)
    {
        Console.Error.WriteLine($"error: {message}");
        return 1;
    }

    /// <summary>Parses and runs a command whose action is set.</summary>
    /// <param name="check">Looks at the options together; throws what is wrong.</param>
    /// <returns>The exit code.</returns>
    public static int Invoke(RootCommand command, string[] args, Action<ParseResult>? check = null)
    {
        ParseResult result = command.Parse(args);
        if (result.Errors.Count > 0)
        {
            // An option that swallowed the next one's name says more than the value that is left over.
            ParseError error = result.Errors.FirstOrDefault(e => e.SymbolResult is not CommandResult) ?? result.Errors[0];
            throw new UserErrorException(error.Message);
        }

        check?.Invoke(result);

        // Errors come out as exceptions, so that all of them are reported in one place.
        return result.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
    }

    public static Option<int?> Integer(string name, string description, int min, int max) => new(name)
    {
        Description = description,
        HelpName = "n",
        CustomParser = result =>
            int.TryParse(result.Tokens[0].Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) && value >= min && value <= max
                ? value
                : Wrong<int?>(result, $"expected an integer from {min} to {max}"),
    };

    public static Option<double?> Number(string name, string description, string helpName, double max) => new(name)
    {
        Description = description,
        HelpName = helpName,
        CustomParser = result =>
            double.TryParse(result.Tokens[0].Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value) && value >= 0 && value <= max
                ? value
                : Wrong<double?>(result, FormattableString.Invariant($"expected a number from 0 to {max}")),
    };

    public static Option<string?> Path(string name, string description, string helpName) => new(name) { Description = description, HelpName = helpName };

    public static T? Wrong<T>(ArgumentResult result, string expected)
    {
        string name = (result.Parent as OptionResult)?.Option.Name ?? "the command line";
        result.AddError($"{name} \"{result.Tokens.Single().Value}\": {expected}");
        return default;
    }

    /// <summary>A folder that is there.</summary>
    public static void CheckFolder(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new UserErrorException(File.Exists(folder)
                ? $"--data \"{folder}\": a file, a folder was expected"
                : $"--data \"{folder}\": there is no such folder");
        }
    }

    // Colours and bars are for a terminal; a file or a pipe gets plain lines.
    private static void SetUpConsole()
    {
        Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        if (Console.IsOutputRedirected)
        {
            AnsiConsole.Console = AnsiConsole.Create(new AnsiConsoleSettings
            {
                Ansi = AnsiSupport.No,
                ColorSystem = ColorSystemSupport.NoColors,
                Interactive = InteractionSupport.No,
            });
            AnsiConsole.Profile.Width = 100;
        }
    }
}
