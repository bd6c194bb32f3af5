using System;
using System.Linq;
using Xunit;

namespace BackpropGen.Tests.Contract;

/// <summary>Forward, Loss and Predict may run on many threads at once.</summary>
public sealed class ThreadTests
{
    private const int Threads = 8;
    private const int Rounds = 25;

    [Fact]
    public void A_straight_line_gives_the_same_bits_as_alone()
    {
        var net = new TinyClassifier();
        AssertSameBits(TinyClassifier.InputSize, TinyClassifier.OutputSize, net.Forward, net.Loss, net.Predict);
    }

    [Fact]
    public void Vector_kernels_give_the_same_bits_as_alone()
    {
        var net = new Classifier();
        AssertSameBits(Classifier.InputSize, Classifier.OutputSize, net.Forward, net.Loss, net.Predict);
    }

    [Fact]
    public void Beyond_the_stack_the_bits_are_the_same_too()
    {
        var net = new Wide();
        AssertSameBits(Wide.InputSize, Wide.OutputSize, net.Forward, net.Loss, net.Predict, rounds: 6);
    }

    [Fact]
    public void Each_further_thread_allocates_one_workspace_once()
    {
        var net = new Wide();
        var allocated = new long[Threads];
        int collections = GC.CollectionCount(0);
        ReplicaTests.RunOnThreads(Threads, t =>
        {
            float[] x = Numbers.Values(3 * Wide.InputSize, t);
            var y = new float[3 * Wide.OutputSize];
            var labels = new int[3];
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < Rounds; i++)
            {
                net.Forward(x, y);
                net.Predict(x, labels);
                net.Loss(x, labels);
            }

            allocated[t] = GC.GetAllocatedBytesForCurrentThread() - before;
        });

        // Hundreds of calls, and buffers for seven threads. A collection counts what is left of each thread's allocation buffer, 8 KB at most.
        collections = GC.CollectionCount(0) - collections;
        Assert.InRange(allocated.Sum(), 0, (Threads - 1L) * (Wide.WorkspaceBytes + 4096 + (8192 * collections)));

        // From then on, nothing.
        float[] again = Numbers.Values(3 * Wide.InputSize);
        var output = new float[3 * Wide.OutputSize];
        Assert.Equal(0, Numbers.Allocated(() => net.Forward(again, output)));
    }

    [Fact]
    public void What_lies_on_the_stack_allocates_nothing_on_any_thread()
    {
        var net = new Classifier();
        net.Predict(Numbers.Values(16), new int[1]);
        net.Loss(Numbers.Values(16), [1]);
        net.Forward(Numbers.Values(16), new float[10]);
        var allocated = new long[Threads];
        int collections = GC.CollectionCount(0);
        ReplicaTests.RunOnThreads(Threads, t =>
        {
            float[] x = Numbers.Values(30 * Classifier.InputSize, t);
            var y = new float[30 * Classifier.OutputSize];
            var labels = new int[30];
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < Rounds; i++)
            {
                net.Forward(x, y);
                net.Predict(x, labels);
                net.Loss(x, labels);
            }

            allocated[t] = GC.GetAllocatedBytesForCurrentThread() - before;
        });

        collections = GC.CollectionCount(0) - collections;
        Assert.All(allocated, bytes => Assert.InRange(bytes, 0, 8192L * collections));
    }

    [Fact]
    public void A_replica_may_be_used_while_the_other_is()
    {
        var net = new Wide();
        Wide replica = net.CreateReplica();
        float[] x = Numbers.Values(7 * Wide.InputSize);
        int[] labels = Numbers.Labels(7, Wide.OutputSize);
        net.Backward(x, labels);
        int[] expected = Numbers.Bits(net.Gradients);
        ReplicaTests.RunOnThreads(2, t =>
        {
            for (int i = 0; i < 5; i++)
            {
                Wide own = t == 0 ? net : replica;
                own.Backward(x, labels);
                Assert.Equal(expected, Numbers.Bits(own.Gradients));
            }
        });
    }

    private static void AssertSameBits(int inputSize, int outputSize, ForwardCall forward, LabelCall loss, PredictCall predict, int rounds = Rounds)
    {
        // Another batch per thread, of another size: a mix-up shows.
        var inputs = new float[Threads][];
        var outputs = new int[Threads][];
        var predictions = new int[Threads][];
        var losses = new float[Threads];
        for (int t = 0; t < Threads; t++)
        {
            int n = (3 * t) + 1;
            inputs[t] = Numbers.Values(n * inputSize, t);
            var y = new float[n * outputSize];
            predictions[t] = new int[n];
            forward(inputs[t], y);
            predict(inputs[t], predictions[t]);
            losses[t] = loss(inputs[t], predictions[t]);
            outputs[t] = Numbers.Bits(y);
        }

        ReplicaTests.RunOnThreads(Threads, t =>
        {
            for (int i = 0; i < rounds; i++)
            {
                var y = new float[outputs[t].Length];
                var labels = new int[predictions[t].Length];
                forward(inputs[t], y);
                Assert.Equal(outputs[t], Numbers.Bits(y));
                predict(inputs[t], labels);
                Assert.Equal(predictions[t], labels);
                Assert.Equal(losses[t], loss(inputs[t], predictions[t]));
            }
        });
    }
}
