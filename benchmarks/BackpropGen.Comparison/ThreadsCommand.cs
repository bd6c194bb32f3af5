using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace BackpropGen.Comparison;

/// <summary>Large batches of the five networks on one thread and on several: what the others gain.</summary>
internal static class ThreadsCommand
{
    // Of each network: the samples of an inference, and those of a training step.
    private static readonly (int Infer, int Train)[] Batches = [(65_536, 1_024), (16_384, 1_024), (4_096, 1_024), (1_024, 64), (1_024, 128)];

    /// <param name="threads">How many instead of one.</param>
    /// <param name="rounds">Turns of each.</param>
    /// <param name="budget">Of a turn.</param>
    /// <param name="write">A Markdown file whose section "threads" is written anew; null for none.</param>
    public static void Run(int threads, int rounds, TimeSpan budget, string? write)
    {
        MarkdownSection? target = write is null ? null : new MarkdownSection(write, "threads");
        var networks = CompiledNetworks.Of(FiveNetworks.Networks);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"| network | 1 thread, µs | {threads} threads, µs | × as fast |\n| --- | ---: | ---: | ---: |\n");
        foreach ((NetworkSpec network, (int infer, int train)) in FiveNetworks.Networks.Zip(Batches))
        {
            foreach (Workload workload in (Workload[])[new(network, Phase.Infer, infer), new(network, Phase.Train, train)])
            {
                Console.Error.WriteLine(FormattableString.Invariant($"{network.Text} {workload.PhaseName} {workload.Batch}"));
                (double one, double several) = Measure(networks, workload, threads, rounds, budget);
                text.Append(CultureInfo.InvariantCulture, $"| {network.Description}: {(workload.Phase == Phase.Infer ? "inference" : "training step")} of {workload.Batch} | {one / 1e3:F2} | {several / 1e3:F2} | {Math.Floor(100 * one / several) / 100:F2} |\n");
            }
        }

        text.Append('\n').Append(Machine.Describe(default, [])).Append('\n');
        Console.Write(text);
        target?.Write(text.ToString());
    }

    // Turn by turn, so that a clock that drifts falls on both.
    private static (double One, double Several) Measure(CompiledNetworks networks, Workload workload, int threads, int rounds, TimeSpan budget)
    {
        Subject subject = networks.Create(workload.Network);
        Memory<float> input = Numbers.Inputs(workload.Network, workload.Batch);
        Memory<float> targets = Numbers.Targets(workload.Network, workload.Batch);
        Memory<float> output = Numbers.Aligned(workload.Batch * workload.Network.Outputs);
        int[] labels = Numbers.Labels(workload.Network, workload.Batch);
        int[] numbers = [1, threads];
        var times = numbers.Select(_ => new List<double>()).ToArray();

        // The first rounds are the runtime's, which compiles again what is called often.
        for (int round = -Math.Max(3, rounds / 3); round < rounds; round++)
        {
            for (int i = 0; i < numbers.Length; i++)
            {
                subject.Network.Threads = numbers[i];
                Timing timing = Timing.Measure(budget, Calls);
                if (round >= 0)
                {
                    times[i].Add(timing.MedianNanoseconds);
                }
            }
        }

        return (Statistics.Median(times[0]), Statistics.Median(times[1]));

        void Calls(int count)
        {
            if (workload.Phase == Phase.Infer)
            {
                subject.Infer(input.Span, output.Span, count);
            }
            else
            {
                subject.Train(input.Span, targets.Span, labels, count);
            }
        }
    }
}
