using System;
using System.Runtime.CompilerServices;
using System.Threading;
using Xunit;

namespace BackpropGen.Tests.Contract;

/// <summary>CreateReplica, and training on several threads with it.</summary>
public sealed class ReplicaTests
{
    [Fact]
    public void A_replica_shares_parameters()
    {
        var net = new VectorNet();
        VectorNet replica = net.CreateReplica();
        Assert.NotSame(net, replica);
        Assert.True(Unsafe.AreSame(ref net.Parameters[0], ref replica.Parameters[0]));
        Assert.True(Unsafe.AreSame(ref net.Affine2Bias[3], ref replica.Affine2Bias[3]));
        float[] x = Numbers.Values(26);
        net.TrainStep(x, Numbers.Values(10));
        var output = new float[10];
        var outputOfReplica = new float[10];
        net.Forward(x, output);
        replica.Forward(x, outputOfReplica);
        Assert.Equal(Numbers.Bits(output), Numbers.Bits(outputOfReplica));
    }

    [Fact]
    public void A_replica_has_gradients_of_its_own()
    {
        var net = new VectorNet();
        net.Backward(Numbers.Values(13), Numbers.Values(5, 2));
        float[] gradients = net.Gradients.ToArray();
        VectorNet replica = net.CreateReplica();
        Assert.False(Unsafe.AreSame(ref net.Gradients[0], ref replica.Gradients[0]));
        replica.Backward(Numbers.Values(13, 7), Numbers.Values(5, 8));
        Assert.Equal(gradients, net.Gradients.ToArray());
        Assert.NotEqual(gradients, replica.Gradients.ToArray());
    }

    [Fact]
    public void A_replicas_replica_shares_them_too()
    {
        var net = new TinyNet();
        TinyNet second = net.CreateReplica().CreateReplica();
        second.Parameters[3] = 99;
        Assert.Equal(99, net.Parameters[3]);
        second.Gradients[3] = 99;
        Assert.Equal(0, net.Gradients[3]);
    }

    [Fact]
    public void Fields_of_the_class_itself_are_kept()
    {
        var net = new Configured("digits", 0.5f) { Tag = net => net };
        Configured replica = net.CreateReplica();
        Assert.Equal("digits", replica.Title);
        Assert.Equal(0.5f, replica.Threshold);
        Assert.Same(net.Tag, replica.Tag);
        Assert.Equal(1, Configured.Constructions);
        replica.Parameters[0] = 5;
        Assert.Equal(5, net.Parameters[0]);
    }

    [Fact]
    public void A_replica_has_the_type_of_the_object()
    {
        Shaped net = new Round();
        Shaped replica = net.CreateReplica();
        Assert.IsType<Round>(replica);
        replica.Parameters[0] = 7;
        Assert.Equal(7, net.Parameters[0]);
    }

    [Fact]
    public void Training_on_two_threads_is_the_same_as_on_one()
    {
        // The mean over the batch is the mean of the halves' means.
        const int Half = 11;
        var single = new Classifier();
        var net = new Classifier();
        Classifier[] workers = [net.CreateReplica(), net.CreateReplica()];
        for (int step = 0; step < 3; step++)
        {
            float[] x = Numbers.Values(2 * Half * 16, step);
            int[] labels = Numbers.Labels(2 * Half, 10, step);
            var losses = new float[2];
            RunOnThreads(2, t => losses[t] = workers[t].Backward(x.AsSpan(t * Half * 16, Half * 16), labels.AsSpan(t * Half, Half)));
            for (int i = 0; i < Classifier.ParameterCount; i++)
            {
                net.Gradients[i] = (workers[0].Gradients[i] + workers[1].Gradients[i]) / 2;
            }

            float loss = single.Backward(x, labels);
            Numbers.AssertClose(loss, (losses[0] + losses[1]) / 2);
            Numbers.AssertClose(single.Gradients, net.Gradients);
            single.Step();
            net.Step();
        }

        Numbers.AssertClose(single.Parameters, net.Parameters, 1e-4);
        Assert.Equal(3, net.StepCount);
        Assert.Equal(3, workers[0].StepCount);
    }

    internal static void RunOnThreads(int count, Action<int> body)
    {
        var threads = new Thread[count];
        var failures = new Exception?[count];
        using var start = new Barrier(count);
        for (int t = 0; t < count; t++)
        {
            int thread = t;
            threads[t] = new Thread(() =>
            {
                start.SignalAndWait();
#pragma warning disable CA1031 // Whatever it is, it fails the test, on the test's own thread.
                try
                {
                    body(thread);
                }
                catch (Exception e)
                {
                    failures[thread] = e;
                }
#pragma warning restore CA1031
            });
            threads[t].Start();
        }

        foreach (Thread thread in threads)
        {
            thread.Join();
        }

        Assert.All(failures, Assert.Null);
    }
}

[Affine(2, 3)]
[Tanh]
[Affine(3, 1)]
[MseLoss]
[Adam]
internal sealed partial class Configured
{
    public Configured(string title, float threshold)
    {
        Title = title;
        Threshold = threshold;
        Constructions++;
    }

    public static int Constructions { get; private set; }

    public string Title { get; }

    public float Threshold { get; }

    public Func<object, object>? Tag { get; init; }
}

[Affine(2, 3)]
internal abstract partial class Shaped;

internal sealed class Round : Shaped;
