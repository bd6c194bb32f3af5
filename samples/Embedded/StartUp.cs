using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;

namespace Embedded;

/// <summary>
/// From the start of the process to its first control step. The operating system knows when a process started to 10 ms; so the program
/// starts itself, and hands down the time.
/// </summary>
internal static class StartUp
{
    /// <summary>The argument in front of the time of the start.</summary>
    public const string Argument = "--first-step";

    /// <summary>In the new process: takes the first step, and says how long it took to get there.</summary>
    /// <param name="started">The clock of all processes, when the old one started this one.</param>
    public static void Answer(string started)
    {
        new ControlLoop(1, learns: true).RunTo(1);
        long elapsed = Stopwatch.GetTimestamp() - long.Parse(started, CultureInfo.InvariantCulture);
        Console.WriteLine((elapsed * 1e3 / Stopwatch.Frequency).ToString(CultureInfo.InvariantCulture));
    }

    /// <returns>Milliseconds, the median of several starts.</returns>
    public static double Measure(int starts)
    {
        double[] milliseconds = [.. Enumerable.Range(0, starts).Select(_ => Start()).Order()];
        return milliseconds[starts / 2];
    }

    private static double Start()
    {
        string program = Environment.ProcessPath ?? throw new InvalidOperationException("This program does not know its own file.");
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(program) == "dotnet")
        {
            start.ArgumentList.Add(Environment.GetCommandLineArgs()[0]);
        }

        start.ArgumentList.Add(Argument);
        start.ArgumentList.Add(Stopwatch.GetTimestamp().ToString(CultureInfo.InvariantCulture));
        using Process process = Process.Start(start)!;
        string answer = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return double.Parse(answer, CultureInfo.InvariantCulture);
    }
}
