using System;
using System.Globalization;
using System.IO;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Samples;

namespace Embedded;

internal static class Program
{
    /// <returns>0; 1 where the network did not learn, 2 where an argument is wrong.</returns>
    private static int Main(string[] args)
    {
        if (args is [StartUp.Argument, string started])
        {
            StartUp.Answer(started);
            return 0;
        }

        const int Fewest = 100_000;
        int steps = 1_000_000;
        if (args.Length > 1 || (args.Length == 1 && !(int.TryParse(args[0], NumberStyles.None, CultureInfo.InvariantCulture, out steps) && steps is >= Fewest and <= 100_000_000)))
        {
            Console.Error.WriteLine($"error: \"{string.Join(' ', args)}\"; expected nothing, or a number of control steps from {Fewest} to 100000000");
            return 2;
        }

        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        Console.WriteLine($"Program    {Describe()}");
        Console.WriteLine($"Network    8-16-16-2 tanh, {ControlNet.ParameterCount} parameters, trained in every control step");
        Console.WriteLine($"Start-up   {StartUp.Measure(21):F1} ms from the start of the process to the first control step, with training (median of 21)");
        Console.WriteLine();
        return Learn(steps) ? 0 : 1;
    }

    private static string Describe() => (RuntimeFeature.IsDynamicCodeSupported
            ? "compiled as it runs (\"dotnet publish\" makes a native one)"
            : $"{new FileInfo(Environment.ProcessPath!).Length / 1e6:F2} MB, native, all in one file")
        + $", vectors of {(Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : Vector128.IsHardwareAccelerated ? 128 : 0)} bits";

    private static bool Learn(int steps)
    {
        var feedback = new ControlLoop(steps, learns: false);
        var learning = new ControlLoop(steps, learns: true);
        Console.WriteLine("How far the arm is from where it should be, in degrees:");
        Console.WriteLine("      seconds   feedback alone   with the network");
        long allocated = 0;
        int collections = GC.CollectionCount(0);
        double alone = 0;
        double together = 0;
        int half = steps / 2;
        foreach (int end in new[] { 100, 1_000, 5_000, 20_000, half, half + 100, half + 1_000, half + 5_000, half + 20_000, steps })
        {
            double from = learning.Time;
            alone = feedback.RunTo(end);
            long before = GC.GetAllocatedBytesForCurrentThread();
            together = learning.RunTo(end);
            allocated += GC.GetAllocatedBytesForCurrentThread() - before;
            string remark = end == half + 100 ? $"   the hand takes {ControlLoop.Load:F0} kg" : string.Empty;
            Console.WriteLine($"{from,6:F1} to {learning.Time,6:F1} {alone,12:F2} {together,18:F2}{remark}");
        }

        collections = GC.CollectionCount(0) - collections;
        Latencies latencies = learning.Latencies;
        Console.WriteLine();
        Console.WriteLine($"A control step: feedforward, feedback, one training step ({steps:N0} of them; {Latencies.OfTheClock():F0} ns of each are two looks at the clock)");
        Console.WriteLine($"   p50 {latencies.Percentile(0.5):F0} ns   p99 {latencies.Percentile(0.99):F0} ns   p99.9 {latencies.Percentile(0.999):F0} ns   longest {latencies.Percentile(1) / 1e3:F1} µs");
        Console.WriteLine($"   {allocated} bytes allocated, {collections} garbage collections");

        const double Required = 0.25;
        bool learned = together < Required * alone;
        if (!learned)
        {
            Console.Error.WriteLine($"error: {together:F2} degrees with the network; expected less than a quarter of {alone:F2}");
        }

        return learned;
    }
}
