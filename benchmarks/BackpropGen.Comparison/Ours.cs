using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Runtime;
using System.Threading;

namespace BackpropGen.Comparison;

/// <summary>This compiler's networks, through their public members.</summary>
internal sealed class Ours(CompiledNetworks networks) : Contender("BackpropGen", "BackpropGen")
{
    private readonly Dictionary<Workload, Action<int>> _calls = [];
    private readonly Dictionary<string, Subject> _subjects = [];

    /// <summary>Lets the runtime compile all code of these workloads at its best level, as after a while in a user's process.</summary>
    public void WarmUp(IEnumerable<Workload> workloads)
    {
        // A method is compiled again after 30 calls, with a profile in between, by a thread that waits for 100 ms of quiet. Large
        // batches run the same methods as small ones, and need not be called as often.
        const int Calls = 35;
        const int QuietPasses = 3;
        TimeSpan longest = TimeSpan.FromMilliseconds(2);
        TimeSpan pause = TimeSpan.FromMilliseconds(150);
        Action<int>[] all = [.. workloads.Select(CallsOf)];
        long compiled = 0;
        for (int quiet = 0; quiet < QuietPasses; quiet = JitInfo.GetCompiledMethodCount() == compiled ? quiet + 1 : 0)
        {
            compiled = JitInfo.GetCompiledMethodCount();
            foreach (Action<int> calls in all)
            {
                long started = Stopwatch.GetTimestamp();
                for (int i = 0; i < Calls && Stopwatch.GetElapsedTime(started) < longest; i++)
                {
                    calls(1);
                }
            }

            Thread.Sleep(pause);
        }
    }

    /// <summary>Lets go of a workload's samples: a sweep has thousands.</summary>
    public void Forget(Workload workload) => _calls.Remove(workload);

    public override Timing? Measure(Workload workload, TimeSpan budget) => Timing.Measure(budget, CallsOf(workload));

    public override Sample Compute(NetworkSpec network, int batch, float rate)
    {
        Subject subject = networks.Create(network);
        subject.Network.LearningRate = rate;
        Memory<float> input = Numbers.Inputs(network, batch);
        Memory<float> targets = Numbers.Targets(network, batch);
        int[] labels = Numbers.Labels(network, batch);
        var output = new float[batch * network.Outputs];

        double[] outputs = Outputs();
        double[] losses = [.. Enumerable.Range(0, 3).Select(_ => (double)subject.Train(input.Span, targets.Span, labels, 1))];
        return new Sample(outputs, losses, Outputs());

        double[] Outputs()
        {
            subject.Infer(input.Span, output, 1);
            return [.. output.Take(Sample.OutputCount).Select(y => (double)y)];
        }
    }

    private Action<int> CallsOf(Workload workload)
    {
        if (!_calls.TryGetValue(workload, out Action<int>? calls))
        {
            if (!_subjects.TryGetValue(workload.Network.Text, out Subject? subject))
            {
                subject = networks.Create(workload.Network);
                _subjects.Add(workload.Network.Text, subject);
            }

            Memory<float> input = Numbers.Inputs(workload.Network, workload.Batch);
            Memory<float> targets = Numbers.Targets(workload.Network, workload.Batch);
            Memory<float> output = Numbers.Aligned(workload.Batch * workload.Network.Outputs);
            int[] labels = Numbers.Labels(workload.Network, workload.Batch);
            calls = workload.Phase == Phase.Infer
                ? count => subject.Infer(input.Span, output.Span, count)
                : count => subject.Train(input.Span, targets.Span, labels, count);
            _calls.Add(workload, calls);
        }

        return calls;
    }
}
