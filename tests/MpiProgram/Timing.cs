using System;
using System.Diagnostics;
using System.Globalization;
using BackpropGen.Mpi;

namespace MpiProgram;

/// <summary>How long a sum of gradients takes, by its length: what the model of scaling in docs/mpi.md is made from.</summary>
internal static class Timing
{
    public static int Measure(MpiCollective collective)
    {
        foreach (int length in (ReadOnlySpan<int>)[1, 100, 1_000, 10_000, 100_000, 1_000_000])
        {
            var values = new float[length];
            double fastest = double.PositiveInfinity;
            for (int round = 0; round < 30; round++)
            {
                collective.Synchronize();
                long started = Stopwatch.GetTimestamp();
                collective.Sum(values);
                fastest = Math.Min(fastest, Stopwatch.GetElapsedTime(started).TotalMicroseconds);
            }

            if (collective.Rank == 0)
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{collective.Size} processes, {length,8} floats: {fastest:F1} µs"));
            }
        }

        return 0;
    }
}
