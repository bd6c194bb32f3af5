using System;
using Xunit;

namespace BackpropGen.Tests.Contract;

/// <summary>Gradients, Backward, Accumulate and BackwardFrom.</summary>
public sealed class GradientsTests
{
    [Fact]
    public void Backward_overwrites_Gradients()
    {
        var net = new VectorNet();
        float[] x = Numbers.Values(9 * 13);
        float[] t = Numbers.Values(9 * 5, 2);
        net.Backward(x, t);
        float[] expected = net.Gradients.ToArray();
        net.Gradients.Fill(1000);
        net.Backward(x, t);
        Assert.Equal(Numbers.Bits(expected), Numbers.Bits(net.Gradients));

        var tiny = new TinyNet();
        tiny.Backward([1, 2, 3, 4], [1, -1]);
        expected = tiny.Gradients.ToArray();
        tiny.Gradients.Fill(float.NaN);
        tiny.Backward([1, 2, 3, 4], [1, -1]);
        Assert.Equal(Numbers.Bits(expected), Numbers.Bits(tiny.Gradients));
    }

    [Fact]
    public void BackwardFrom_overwrites_Gradients()
    {
        var net = new Model();
        float[] x = Numbers.Values(9 * 17);
        float[] dy = Numbers.Values(9 * 11, 2);
        net.BackwardFrom(x, dy);
        float[] expected = net.Gradients.ToArray();
        net.Gradients.Fill(float.NaN);
        net.BackwardFrom(x, dy);
        Assert.Equal(Numbers.Bits(expected), Numbers.Bits(net.Gradients));
    }

    [Fact]
    public void Accumulate_is_the_same_adding_to_Gradients()
    {
        var net = new Classifier();
        float[] x = Numbers.Values(8 * 16);
        int[] labels = Numbers.Labels(8, 10);
        var dx = new float[x.Length];
        float loss = net.Backward(x, labels, dx);
        float[] gradients = net.Gradients.ToArray();
        float[] given = Numbers.Values(Classifier.ParameterCount, 3);
        given.CopyTo(net.Gradients);
        var dxAccumulated = new float[x.Length];
        Assert.Equal(loss, net.Accumulate(x, labels, dxAccumulated));
        for (int i = 0; i < given.Length; i++)
        {
            given[i] += gradients[i];
        }

        Numbers.AssertClose(given, net.Gradients);
        Assert.Equal(Numbers.Bits(dx), Numbers.Bits(dxAccumulated));
    }

    [Fact]
    public void Accumulate_adds_against_values_too_and_in_a_straight_line()
    {
        var net = new TinyNet();
        net.Backward([1, 2], [1]);
        float[] first = net.Gradients.ToArray();
        net.Backward([-2, 0.5f], [-1]);
        float[] sum = net.Gradients.ToArray();
        for (int i = 0; i < sum.Length; i++)
        {
            sum[i] += first[i];
        }

        net.Backward([1, 2], [1]);
        net.Accumulate([-2, 0.5f], [-1]);
        Numbers.AssertClose(sum, net.Gradients);
    }

    [Fact]
    public void Accumulate_exists_where_no_loss_is_declared()
    {
        var net = new Policy();
        net.Backward([1, 2, 3], [1, -1]);
        float[] once = net.Gradients.ToArray();
        net.Accumulate([1, 2, 3], [1, -1]);
        for (int i = 0; i < once.Length; i++)
        {
            Assert.Equal(2 * once[i], net.Gradients[i]);
        }
    }

    [Fact]
    public void Writing_Gradients_between_Backward_and_Step_takes_effect()
    {
        var net = new TinyNet();
        net.Backward([1, 2], [3]);
        for (int i = 0; i < net.Gradients.Length; i++)
        {
            net.Gradients[i] = Math.Clamp(net.Gradients[i], -0.25f, 0.25f);
        }

        net.Affine2BiasGradient[0] = 2;
        float[] before = net.Parameters.ToArray();
        float[] gradients = net.Gradients.ToArray();
        net.Step();
        for (int i = 0; i < before.Length; i++)
        {
            Assert.Equal(before[i] - (0.1f * gradients[i]), net.Parameters[i], 1e-6f);
        }
    }

    [Fact]
    public void Step_leaves_Gradients_as_they_are()
    {
        var net = new VectorNet();
        net.Backward(Numbers.Values(13), Numbers.Values(5, 2));
        float[] gradients = net.Gradients.ToArray();
        net.Step();
        Assert.Equal(gradients, net.Gradients.ToArray());
    }

    [Fact]
    public void A_frozen_tensors_gradient_is_0()
    {
        var net = new Frozen();
        float[] x = Numbers.Values(6 * 9);
        float[] t = Numbers.Values(6 * 4, 2);
        net.Backward(x, t);
        AssertFrozen(net);
        Assert.NotEqual(0, net.Affine1WeightsGradient[0]);
        Assert.NotEqual(0, net.Affine3WeightsGradient[0]);

        // Also after somebody wrote there.
        net.Gradients.Fill(7);
        net.Backward(x, t);
        AssertFrozen(net);
        net.Gradients.Fill(7);
        net.BackwardFrom(x, t);
        AssertFrozen(net);

        var tiny = new TinyFrozen();
        tiny.Gradients.Fill(7);
        tiny.Backward([1, 2], [3, 4]);
        Assert.Equal(new float[6], tiny.Affine1WeightsGradient.ToArray());
        Assert.Equal(new float[3], tiny.Affine1BiasGradient.ToArray());
        Assert.NotEqual(0, tiny.Affine2BiasGradient[0]);
    }

    [Fact]
    public void The_gradient_goes_through_a_frozen_layer()
    {
        // The same parameters in a network without frozen layers give the same gradients elsewhere.
        var frozen = new Frozen();
        var free = new Thawed();
        frozen.Parameters.CopyTo(free.Parameters);
        float[] x = Numbers.Values(6 * 9);
        float[] t = Numbers.Values(6 * 4, 2);
        var dx = new float[x.Length];
        var dxFree = new float[x.Length];
        Numbers.AssertClose(free.Backward(x, t, dxFree), frozen.Backward(x, t, dx));
        Numbers.AssertClose(dxFree, dx);
        Numbers.AssertClose(free.Affine1WeightsGradient, frozen.Affine1WeightsGradient);
        Numbers.AssertClose(free.Affine3WeightsGradient, frozen.Affine3WeightsGradient);
        Numbers.AssertClose(free.Affine3BiasGradient, frozen.Affine3BiasGradient);
    }

    [Fact]
    public void Frozen_parameters_are_not_touched_by_a_step()
    {
        var net = new Frozen();
        float[] before = net.Parameters.ToArray();
        float[] frozen = net.Affine2Weights.ToArray();
        float[] frozenBias = net.Affine2Bias.ToArray();
        for (int i = 0; i < 3; i++)
        {
            net.TrainStep(Numbers.Values(18, i), Numbers.Values(8, i));
            net.Backward(Numbers.Values(9, i), Numbers.Values(4, i));

            // A written gradient does not move what is frozen, and weight decay does not either.
            net.Affine2WeightsGradient.Fill(1);
            net.Step();
        }

        Assert.Equal(Numbers.Bits(frozen), Numbers.Bits(net.Affine2Weights));
        Assert.Equal(Numbers.Bits(frozenBias), Numbers.Bits(net.Affine2Bias));
        Assert.NotEqual(before[0], net.Parameters[0]);
        Assert.NotEqual(before[^1], net.Parameters[^1]);

        var all = new AllFrozen();
        before = all.Parameters.ToArray();
        all.TrainStep([1, 2, 3], [4, 5]);
        Assert.Equal(before, all.Parameters.ToArray());
        Assert.Equal(1, all.StepCount);
    }

    [Fact]
    public void A_frozen_tensor_may_be_written_by_hand()
    {
        var net = new AllFrozen();
        net.Affine1Weights.Clear();
        net.Affine1Bias[0] = 2;
        net.Affine1Bias[1] = 3;
        var output = new float[2];
        net.Forward([7, 8, 9], output);
        Assert.Equal([2f, 3f], output);
    }

    [Fact]
    public void Backward_returns_what_Loss_returns()
    {
        var vector = new VectorNet();
        var classifier = new Classifier();
        var sequence = new SequenceClassifier();
        var tiny = new TinyNet();
        var evaluated = new Evaluated();
        var sum = new VectorSum();
        foreach (int n in (int[])[1, 2, 5, 6, 17])
        {
            float[] x = Numbers.Values(n * 13);
            float[] t = Numbers.Values(n * 5, 2);
            Numbers.AssertClose(vector.Loss(x, t), vector.Backward(x, t), 1e-6);
            x = Numbers.Values(n * 16);
            int[] labels = Numbers.Labels(n, 10);
            Numbers.AssertClose(classifier.Loss(x, labels), classifier.Backward(x, labels), 1e-6);
            x = Numbers.Values(n * 24);
            labels = Numbers.Labels(n * 6, 3);
            Numbers.AssertClose(sequence.Loss(x, labels), sequence.Backward(x, labels), 1e-6);
            x = Numbers.Values(n * 2);
            t = Numbers.Values(n, 2);
            Numbers.AssertClose(tiny.Loss(x, t), tiny.Backward(x, t), 1e-6);
            x = Numbers.Values(n * 20);
            t = Numbers.Values(n * 9, 2);
            Numbers.AssertClose(evaluated.Loss(x, t), evaluated.Backward(x, t), 1e-6);
            Numbers.AssertClose(sum.Loss(x, default), sum.Backward(x, default(ReadOnlySpan<float>)), 1e-6);
        }
    }

    [Fact]
    public void Loss_computes_no_gradients()
    {
        var net = new Classifier();
        net.Gradients.Fill(3);
        net.Loss(Numbers.Values(32), [1, 2]);
        net.Loss(Numbers.Values(32), Numbers.Values(20));
        net.Forward(Numbers.Values(32), new float[20]);
        net.Predict(Numbers.Values(32), new int[2]);
        Assert.All(net.Gradients.ToArray(), g => Assert.Equal(3, g));
        Assert.Equal(0, net.StepCount);
    }

    [Fact]
    public void Labels_are_the_same_as_their_one_hot_distributions()
    {
        var net = new SequenceClassifier();
        var other = new SequenceClassifier();
        float[] x = Numbers.Values(5 * 24);
        int[] labels = Numbers.Labels(30, 3);
        var t = new float[90];
        for (int i = 0; i < labels.Length; i++)
        {
            t[(3 * i) + labels[i]] = 1;
        }

        Numbers.AssertClose(net.Loss(x, t), net.Loss(x, labels));
        Numbers.AssertClose(net.Backward(x, t), other.Backward(x, labels));
        Numbers.AssertClose(net.Gradients, other.Gradients);
        Numbers.AssertClose(net.TrainStep(x, t), other.TrainStep(x, labels));
        Numbers.AssertClose(net.Parameters, other.Parameters, 1e-4);

        var image = new ImageClassifier();
        x = Numbers.Values(2 * 60);
        labels = Numbers.Labels(2 * 20, 3);
        t = new float[120];
        for (int i = 0; i < labels.Length; i++)
        {
            t[(60 * (i / 20)) + (20 * labels[i]) + (i % 20)] = 1;
        }

        Numbers.AssertClose(image.Loss(x, t), image.Loss(x, labels));
        Numbers.AssertClose(image.Backward(x, t), image.Backward(x, labels));
    }

    [Fact]
    public void SumLoss_is_the_sum_of_all_outputs_and_reads_no_target()
    {
        var net = new VectorSum();
        float[] x = Numbers.Values(8 * 20);
        var output = new float[8 * 30];
        net.Forward(x, output);
        double sum = 0;
        foreach (float y in output)
        {
            sum += y;
        }

        Numbers.AssertClose((float)sum, net.Loss(x, default));
        Numbers.AssertClose((float)sum, net.Backward(x, default));
        float[] gradients = net.Gradients.ToArray();
        var ones = new float[output.Length];
        Array.Fill(ones, 1);
        net.BackwardFrom(x, ones);
        Numbers.AssertClose(gradients, net.Gradients);
        Numbers.AssertClose((float)sum, net.TrainStep(x, default));
    }

    [Fact]
    public void BackwardFrom_takes_the_upstream_gradient_from_the_caller()
    {
        // Mean squared error by hand: dL/dy = 2(y − t)/count.
        var net = new VectorNet();
        float[] x = Numbers.Values(6 * 13);
        float[] t = Numbers.Values(30, 2);
        var y = new float[30];
        net.Forward(x, y);
        var dy = new float[30];
        for (int i = 0; i < dy.Length; i++)
        {
            dy[i] = 2 * (y[i] - t[i]) / 30;
        }

        var dx = new float[x.Length];
        var dxFrom = new float[x.Length];
        net.Backward(x, t, dx);
        float[] gradients = net.Gradients.ToArray();
        net.BackwardFrom(x, dy, dxFrom);
        Numbers.AssertClose(gradients, net.Gradients);
        Numbers.AssertClose(dx, dxFrom);
    }

    [Fact]
    public void BackwardFrom_is_on_every_network()
    {
        new TinyClassifier().BackwardFrom([1, 2], [1, 0, 0]);
        new TinySum().BackwardFrom([1, 2], [1, 0, 0]);
        new TinyModel().BackwardFrom([1, 2], [1, 0]);
        new Policy().BackwardFrom([1, 2, 3], [1, 0]);
        new Evaluated().BackwardFrom(new float[20], new float[9]);
        new Parameterless().BackwardFrom([1, 2, 3], [1, 0, 0]);
        new AllFrozen().BackwardFrom([1, 2, 3], [1, 0]);
    }

    [Fact]
    public void Where_no_loss_is_declared_Backward_is_the_same()
    {
        var net = new Model();
        var other = new Model();
        float[] x = Numbers.Values(12 * 17);
        float[] dy = Numbers.Values(12 * 11, 2);
        var dx = new float[x.Length];
        var dxOther = new float[x.Length];
        net.Backward(x, dy, dx);
        other.BackwardFrom(x, dy, dxOther);
        Assert.Equal(Numbers.Bits(net.Gradients), Numbers.Bits(other.Gradients));
        Assert.Equal(Numbers.Bits(dx), Numbers.Bits(dxOther));
    }

    [Fact]
    public void Networks_can_be_chained()
    {
        var first = new TinyModel();
        var second = new TinyNet();
        float[] x = [0.5f, -0.25f];
        var between = new float[2];
        var dBetween = new float[2];
        first.Forward(x, between);
        second.Backward(between, [1], dBetween);
        first.BackwardFrom(x, dBetween);
        float derived = first.Gradients[0];
        const float Nudge = 0.01f;
        first.Parameters[0] += Nudge;
        first.Forward(x, between);
        float above = second.Loss(between, [1]);
        first.Parameters[0] -= 2 * Nudge;
        first.Forward(x, between);
        float below = second.Loss(between, [1]);
        Assert.Equal((above - below) / (2 * Nudge), derived, 1e-3f);
    }

    private static void AssertFrozen(Frozen net)
    {
        Assert.All(net.Affine2WeightsGradient.ToArray(), g => Assert.Equal(0, g));
        Assert.All(net.Affine2BiasGradient.ToArray(), g => Assert.Equal(0, g));
    }
}

[Affine(9, 21)]
[Tanh]
[Affine(21, 18)]
[Tanh]
[Affine(18, 4)]
[MseLoss]
internal sealed partial class Thawed;
