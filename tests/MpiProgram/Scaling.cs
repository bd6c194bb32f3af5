using System;
using System.Diagnostics;
using System.Linq;
using BackpropGen;
using BackpropGen.Mpi;

namespace MpiProgram;

/// <summary>
/// How long a step of training takes over processes, and what a model of two terms says: the rows that a process has, alone, and the sum of
/// the gradients, alone. What is measured beyond their sum is waiting.
/// </summary>
internal static class Scaling
{
    private const int Rounds = 400;

    public static int Measure(MpiCollective collective)
    {
        foreach (int batch in (ReadOnlySpan<int>)[64, 1024])
        {
            Measure(collective, new DigitNet(), batch);
            Measure(collective, new MnistNet(), batch);
            Measure(collective, new WideNet(), batch);
        }

        return 0;
    }

    private static void Measure(MpiCollective collective, ILabelTrainable net, int batch)
    {
        int rows = batch / collective.Size;
        float[] input = Enumerable.Range(0, rows * net.InputSize).Select(i => (i * 7 % 17) / 17f).ToArray();
        int[] labels = Enumerable.Range(0, rows).Select(i => i % net.OutputSize).ToArray();
        float[] gradients = new float[net.Gradients.Length];
        double compute = Median(collective, () =>
        {
            net.Backward(input, labels);
            net.Step();
        });
        double sum = Median(collective, () => collective.Sum(gradients));
        double both = Median(collective, () =>
        {
            net.Backward(input, labels);
            collective.Sum(net.Gradients);
            net.Step();
        });
        if (collective.Rank == 0)
        {
            Console.WriteLine(FormattableString.Invariant(
                $"{net.GetType().Name,-8} {net.Parameters.Length,7} parameters, batch {batch,4}, {collective.Size} processes: compute {compute,7:F1} µs + sum {sum,6:F1} µs = {compute + sum,7:F1}, measured {both,7:F1} µs a step"));
        }
    }

    /// <summary>In µs, of the slowest process.</summary>
    private static double Median(MpiCollective collective, Action step)
    {
        var times = new double[Rounds];
        for (int round = -Rounds; round < Rounds; round++)
        {
            collective.Synchronize();
            long started = Stopwatch.GetTimestamp();
            step();
            if (round >= 0)
            {
                times[round] = Stopwatch.GetElapsedTime(started).TotalMicroseconds;
            }
        }

        Array.Sort(times);
        Span<double> all = stackalloc double[collective.Size];
        all.Clear();
        all[collective.Rank] = times[Rounds / 2];
        collective.Sum(all);
        double slowest = 0;
        foreach (double time in all)
        {
            slowest = Math.Max(slowest, time);
        }

        return slowest;
    }
}
