using System;
using System.Collections.Generic;
using System.Diagnostics;

namespace BackpropGen.Comparison;

/// <summary>A large batch in one call beside the same samples in many: what a network works off in pieces by itself must not cost more.</summary>
internal static class PiecesCommand
{
    private const int Samples = 4096;
    private const int Small = 64;

    /// <param name="rounds">Turns of each way.</param>
    public static void Run(int rounds)
    {
        var networks = CompiledNetworks.Of(FiveNetworks.Networks);
        Console.WriteLine($"| network | one call of {Samples}, ns a sample | {Samples / Small} calls of {Small} | ratio |");
        Console.WriteLine("| --- | ---: | ---: | ---: |");
        foreach (NetworkSpec network in FiveNetworks.Networks)
        {
            Subject subject = networks.Create(network);
            Memory<float> input = Numbers.Inputs(network, Samples);
            Memory<float> targets = Numbers.Targets(network, Samples);
            Memory<float> output = Numbers.Aligned(Samples * network.Outputs);
            int[] labels = Numbers.Labels(network, Samples);
            foreach (Phase phase in (Phase[])[Phase.Infer, Phase.Train])
            {
                var times = new Dictionary<int, List<double>> { [Samples] = [], [Small] = [] };

                // The first rounds are the runtime's, which compiles again what is called often.
                for (int round = -Math.Max(40, rounds / 2); round < rounds; round++)
                {
                    foreach (int batch in (int[])[Samples, Small])
                    {
                        long started = Stopwatch.GetTimestamp();
                        for (int start = 0; start < Samples; start += batch)
                        {
                            Call(start, batch);
                        }

                        if (round >= 0)
                        {
                            times[batch].Add(Stopwatch.GetElapsedTime(started).TotalNanoseconds / Samples);
                        }
                    }
                }

                (double one, double many) = (Statistics.Median(times[Samples]), Statistics.Median(times[Small]));
                Console.WriteLine(FormattableString.Invariant($"| {network.Text}: {(phase == Phase.Infer ? "inference" : "training")} | {one:F1} | {many:F1} | {one / many:F2} |"));

                void Call(int start, int batch)
                {
                    ReadOnlySpan<float> x = input.Span.Slice(start * network.Inputs, batch * network.Inputs);
                    if (phase == Phase.Infer)
                    {
                        subject.Infer(x, output.Span.Slice(start * network.Outputs, batch * network.Outputs), 1);
                    }
                    else
                    {
                        subject.Train(x, targets.Span.Slice(start * network.Outputs, batch * network.Outputs), labels.AsSpan(start, batch), 1);
                    }
                }
            }
        }
    }
}
