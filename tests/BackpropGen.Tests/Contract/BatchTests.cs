using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace BackpropGen.Tests.Contract;

/// <summary>A batch has any number of samples: worked off in pieces, with the same result up to rounding and no allocation.</summary>
public sealed class BatchTests
{
    private static int[] Sizes(int workspace) => [1, 2, workspace - 1, workspace, workspace + 1, (3 * workspace) + 2];

    public static TheoryData<string, string> Methods => ErrorTests.Methods;

    [Fact]
    public void Forward_takes_any_number_of_samples()
    {
        var tiny = new TinyNet();
        var vector = new VectorNet();
        var model = new Model();
        var image = new ImageClassifier();
        var wide = new Wide();
        AssertSampleBySample(tiny.Forward, TinyNet.InputSize, TinyNet.OutputSize, Sizes(TinyNet.WorkspaceSamples));
        AssertSampleBySample(vector.Forward, VectorNet.InputSize, VectorNet.OutputSize, Sizes(VectorNet.WorkspaceSamples));
        AssertSampleBySample(vector.Forward, VectorNet.InputSize, VectorNet.OutputSize, Enumerable.Range(1, 40).Concat([255, 256, 257, 1000]));
        AssertSampleBySample(model.Forward, Model.InputSize, Model.OutputSize, Sizes(Model.WorkspaceSamples));
        AssertSampleBySample(image.Forward, ImageClassifier.InputSize, ImageClassifier.OutputSize, Sizes(ImageClassifier.WorkspaceSamples));
        AssertSampleBySample(wide.Forward, Wide.InputSize, Wide.OutputSize, Enumerable.Range(1, 20));
    }

    [Fact]
    public void Against_values_a_batch_is_the_mean_of_its_samples()
    {
        var net = new VectorNet();
        var one = new VectorNet();
        foreach (int n in Sizes(VectorNet.WorkspaceSamples))
        {
            float[] x = Numbers.Values(n * 13, n);
            float[] t = Numbers.Values(n * 5, n + 1);
            var dx = new float[x.Length];
            var dxOne = new float[x.Length];
            float loss = net.Backward(x, t, dx);
            Numbers.AssertClose(loss, net.Loss(x, t));
            double sum = 0;
            one.Gradients.Clear();
            for (int i = 0; i < n; i++)
            {
                sum += one.Accumulate(x.AsSpan(i * 13, 13), t.AsSpan(i * 5, 5), dxOne.AsSpan(i * 13, 13));
            }

            Numbers.AssertClose((float)(sum / n), loss);
            Numbers.AssertClose(Scaled(one.Gradients, n), net.Gradients, 1e-4);
            Numbers.AssertClose(Scaled(dxOne, n), dx);
        }
    }

    [Fact]
    public void Against_labels_a_batch_is_the_mean_of_its_samples()
    {
        var net = new Classifier();
        var one = new Classifier();
        foreach (int n in Sizes(Classifier.WorkspaceSamples))
        {
            float[] x = Numbers.Values(n * 16, n);
            int[] labels = Numbers.Labels(n, 10, n);
            var dx = new float[x.Length];
            var dxOne = new float[x.Length];
            float loss = net.Backward(x, labels, dx);
            Numbers.AssertClose(loss, net.Loss(x, labels));
            double sum = 0;
            one.Gradients.Clear();
            for (int i = 0; i < n; i++)
            {
                sum += one.Accumulate(x.AsSpan(i * 16, 16), labels.AsSpan(i, 1), dxOne.AsSpan(i * 16, 16));
            }

            Numbers.AssertClose((float)(sum / n), loss);
            Numbers.AssertClose(Scaled(one.Gradients, n), net.Gradients);
            Numbers.AssertClose(Scaled(dxOne, n), dx);
        }
    }

    [Fact]
    public void A_sum_over_a_batch_is_the_sum_over_its_samples()
    {
        var net = new VectorSum();
        var one = new VectorSum();
        foreach (int n in Sizes(VectorSum.WorkspaceSamples))
        {
            float[] x = Numbers.Values(n * 20, n);
            var dx = new float[x.Length];
            var dxOne = new float[x.Length];
            float loss = net.Backward(x, default, dx);
            double sum = 0;
            one.Gradients.Clear();
            for (int i = 0; i < n; i++)
            {
                sum += one.Accumulate(x.AsSpan(i * 20, 20), default, dxOne.AsSpan(i * 20, 20));
            }

            Numbers.AssertClose((float)sum, loss);
            Numbers.AssertClose(one.Gradients, net.Gradients);
            Numbers.AssertClose(dxOne, dx);
        }
    }

    [Fact]
    public void BackwardFrom_adds_up_over_the_pieces()
    {
        var net = new Model();
        var one = new Model();
        foreach (int n in Sizes(Model.WorkspaceSamples))
        {
            float[] x = Numbers.Values(n * 17, n);
            float[] dy = Numbers.Values(n * 11, n + 1);
            var dx = new float[x.Length];
            var dxOne = new float[x.Length];
            net.BackwardFrom(x, dy, dx);
            one.Gradients.Clear();
            for (int i = 0; i < n; i++)
            {
                one.Accumulate(x.AsSpan(i * 17, 17), dy.AsSpan(i * 11, 11), dxOne.AsSpan(i * 17, 17));
            }

            Numbers.AssertClose(one.Gradients, net.Gradients);
            Numbers.AssertClose(dxOne, dx);
        }
    }

    [Fact]
    public void The_size_of_the_workspace_changes_nothing_but_rounding()
    {
        var small = new SequenceClassifier();
        var large = new SequenceInOnePiece();
        Assert.Equal(Numbers.Bits(small.Parameters), Numbers.Bits(large.Parameters));
        foreach (int n in Sizes(SequenceClassifier.WorkspaceSamples))
        {
            float[] x = Numbers.Values(n * 24, n);
            int[] labels = Numbers.Labels(n * 6, 3, n);
            var dx = new float[x.Length];
            var dxLarge = new float[x.Length];
            Numbers.AssertClose(large.Backward(x, labels, dxLarge), small.Backward(x, labels, dx));
            Numbers.AssertClose(large.Gradients, small.Gradients);
            Numbers.AssertClose(dxLarge, dx);
            Numbers.AssertClose(large.TrainStep(x, labels), small.TrainStep(x, labels));
            Numbers.AssertClose(large.Parameters, small.Parameters, 1e-3);
            large.Parameters.CopyTo(small.Parameters);
            large.OptimizerState.CopyTo(small.OptimizerState);
        }
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Nothing_is_allocated_whatever_the_batch(string network, string method)
    {
        Surface surface = Surface.Of(network);
        Method call = surface.Methods.Single(m => m.ToString() == method);
        foreach (int samples in (int[])[1, 5, 6, 300])
        {
            if (network == nameof(Wide) && samples > 6)
            {
                continue;
            }

            Arguments arguments = surface.Arguments(samples);
            Assert.Equal(0, Numbers.Allocated(() => call.Call(arguments)));
        }
    }

    [Fact]
    public void A_step_allocates_nothing()
    {
        var net = new VectorNet();
        var tiny = new TinyFrozen();
        Assert.Equal(0, Numbers.Allocated(() =>
        {
            net.Step();
            tiny.Step();
            net.Initialize(7);
            net.Parameters[0] = net.Affine1Weights[1] + net.Gradients[2] + net.OptimizerState[3] + net.LearningRate + net.StepCount;
        }));
    }

    [Fact]
    public void An_allocation_would_be_seen() => Assert.NotEqual(0, Numbers.Allocated(() => _ = new VectorNet()));

    private static void AssertSampleBySample(ForwardCall forward, int inputSize, int outputSize, IEnumerable<int> sizes)
    {
        foreach (int n in sizes.Where(n => n > 0))
        {
            float[] x = Numbers.Values(n * inputSize, n);
            var batch = new float[n * outputSize];
            var single = new float[n * outputSize];
            forward(x, batch);
            for (int i = 0; i < n; i++)
            {
                forward(x.AsSpan(i * inputSize, inputSize), single.AsSpan(i * outputSize, outputSize));
            }

            Numbers.AssertClose(single, batch);
        }
    }

    private static float[] Scaled(ReadOnlySpan<float> values, int n)
    {
        var scaled = new float[values.Length];
        for (int i = 0; i < scaled.Length; i++)
        {
            scaled[i] = values[i] / n;
        }

        return scaled;
    }
}

[Input(6, 4)]
[Affine(4, 19)]
[Gelu]
[Affine(19, 3)]
[CrossEntropyLoss]
[AdamW(0.01f)]
[Workspace(1000)]
internal sealed partial class SequenceInOnePiece;
