using System;
using System.Diagnostics;
using System.Globalization;
using System.Linq;

namespace BackpropGen.StartUp;

/// <summary>
/// How long a process takes until it has trained a network for the first time, and after how many calls it is at full speed: the program starts
/// itself, again and again, and compares clocks, which are one for all processes where time is counted from the machine's start.
/// </summary>
internal static class Program
{
    private const int Runs = 21, Calls = 1000, Samples = 32;

    private static int Main(string[] args)
    {
        if (args is ["child"])
        {
            Train();
            return 0;
        }

        double[][] runs = Enumerable.Range(0, Runs).Select(_ => Measure()).ToArray();
        double Median(Func<double[], double> figure) => runs.Select(figure).Order().ElementAt(Runs / 2);

        // Full speed: the fastest that a call becomes, with a tenth to spare; a call that is interrupted does not count.
        double settled = Median(run => run[3..].Order().ElementAt(Calls / 10));
        int atFullSpeed = Enumerable.Range(0, Calls).First(i => Median(run => run[3 + i]) <= 1.1 * settled) + 2;
        Say($"a program's first line          {Median(run => run[0]),8:F1} ms after the process's start");
        Say($"the network is made             {Median(run => run[1]),8:F1} ms");
        Say($"the first step of training done {Median(run => run[2]),8:F1} ms");
        Say($"a step at full speed            {settled,8:F2} µs, from call {atFullSpeed} on");
        Say($"Medians of {Runs} processes; 64-32-10, batches of {Samples}; {System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription}.");
        return 0;
    }

    private static void Say(FormattableString line) => Console.WriteLine(FormattableString.Invariant(line));

    /// <summary>One process: three times in ms since before its start, then each call after the first in µs.</summary>
    private static double[] Measure()
    {
        var child = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Environment.ProcessPath!.EndsWith("dotnet", StringComparison.Ordinal) || Environment.ProcessPath.EndsWith("dotnet.exe", StringComparison.Ordinal))
        {
            child.ArgumentList.Add(Environment.GetCommandLineArgs()[0]);
        }

        child.ArgumentList.Add("child");
        long started = Stopwatch.GetTimestamp();
        using Process process = Process.Start(child)!;
        long[] stamps = process.StandardOutput.ReadToEnd().Split(' ').Select(s => long.Parse(s, CultureInfo.InvariantCulture)).ToArray();
        process.WaitForExit();
        return [
            .. stamps.Take(3).Select(s => Stopwatch.GetElapsedTime(started, s).TotalMilliseconds),
            .. Enumerable.Range(2, Calls).Select(i => Stopwatch.GetElapsedTime(stamps[i], stamps[i + 1]).TotalMicroseconds)];
    }

    private static void Train()
    {
        // Before anything else: the program's first line, the network made, the first step done, then each step's end.
        var stamps = new long[3 + Calls];
        stamps[0] = Stopwatch.GetTimestamp();
        var net = new DigitNet();
        stamps[1] = Stopwatch.GetTimestamp();
        var pixels = new float[Samples * DigitNet.InputSize];
        var labels = new int[Samples];
        for (int i = 0; i < pixels.Length; i++)
        {
            pixels[i] = (i * 7 % 17) / 16f;
        }

        for (int i = 0; i < labels.Length; i++)
        {
            labels[i] = i % DigitNet.OutputSize;
        }

        for (int call = 0; call <= Calls; call++)
        {
            net.TrainStep(pixels, labels);
            stamps[2 + call] = Stopwatch.GetTimestamp();
        }

        Console.Out.Write(string.Join(' ', stamps));
    }
}
