using System;
using Xunit;

namespace BackpropGen.Tests.Contract;

/// <summary>Step, TrainStep, LearningRate, StepCount, OptimizerState, and an exact resume.</summary>
public sealed class StepTests
{
    [Fact]
    public void TrainStep_leaves_Parameters_as_Backward_and_Step_would_up_to_rounding()
    {
        foreach (int n in (int[])[1, 4, 5, 6, 13])
        {
            var one = new Classifier();
            var two = new Classifier();
            for (int step = 0; step < 3; step++)
            {
                float[] x = Numbers.Values(n * 16, step);
                int[] labels = Numbers.Labels(n, 10, step);
                float loss = two.Backward(x, labels);
                two.Step();
                Numbers.AssertClose(loss, one.TrainStep(x, labels));
                Assert.Equal(two.StepCount, one.StepCount);
            }

            Numbers.AssertClose(two.Parameters, one.Parameters, 1e-4);
            Numbers.AssertClose(two.OptimizerState, one.OptimizerState, 1e-4);
        }
    }

    [Fact]
    public void TrainStep_takes_all_gradients_at_the_parameters_from_before_the_step()
    {
        // A rate so large that gradients at the new parameters would be others.
        var one = new OutIn { LearningRate = 5 };
        var two = new OutIn { LearningRate = 5 };
        float[] x = Numbers.Values(6 * 19);
        float[] t = Numbers.Values(12, 2);
        one.TrainStep(x, t);
        two.Backward(x, t);
        two.Step();
        Numbers.AssertClose(two.Parameters, one.Parameters);

        var tiny = new TinyNet { LearningRate = 5 };
        var other = new TinyNet { LearningRate = 5 };
        tiny.TrainStep([1, 2, 3, 4], [1, -1]);
        other.Backward([1, 2, 3, 4], [1, -1]);
        other.Step();
        Numbers.AssertClose(other.Parameters, tiny.Parameters);
    }

    [Fact]
    public void TrainStep_returns_the_loss_before_the_step()
    {
        var net = new VectorNet();
        float[] x = Numbers.Values(39);
        float[] t = Numbers.Values(15);
        Numbers.AssertClose(net.Loss(x, t), net.TrainStep(x, t));
    }

    [Fact]
    public void Training_lowers_the_loss()
    {
        var net = new SequenceClassifier();
        float[] x = Numbers.Values(8 * 24);
        int[] labels = Numbers.Labels(48, 3);
        float first = net.Loss(x, labels);
        for (int i = 0; i < 100; i++)
        {
            net.TrainStep(x, labels);
        }

        Assert.InRange(net.Loss(x, labels), 0, 0.8f * first);
    }

    [Fact]
    public void Step_without_momentum_is_rate_times_gradient()
    {
        var net = new Policy();
        net.Gradients.Fill(2);
        float[] before = net.Parameters.ToArray();
        net.Step();
        for (int i = 0; i < before.Length; i++)
        {
            Assert.Equal(before[i] - 1, net.Parameters[i], 1e-6f);
        }
    }

    [Fact]
    public void LearningRate_starts_at_the_declared_one()
    {
        Assert.Equal(0.1f, new TinyNet().LearningRate);
        Assert.Equal(0.01f, new VectorNet().LearningRate);
        Assert.Equal(0.5f, new Policy().LearningRate);
        Assert.Equal(1e-3f, new SameA().LearningRate);
    }

    [Fact]
    public void A_LearningRate_that_is_set_takes_effect()
    {
        var net = new Policy { LearningRate = 0.25f };
        Assert.Equal(0.25f, net.LearningRate);
        float[] before = net.Parameters.ToArray();
        net.Gradients.Fill(4);
        net.Step();
        Assert.Equal(before[0] - 1, net.Parameters[0], 1e-6f);

        var slow = new TinyNet { LearningRate = 0.001f };
        var fast = new TinyNet();
        slow.TrainStep([1, 2], [3]);
        fast.TrainStep([1, 2], [3]);
        float[] start = new TinyNet().Parameters.ToArray();
        Assert.Equal(100 * (slow.Parameters[^1] - start[^1]), fast.Parameters[^1] - start[^1], 1e-3f);
    }

    [Fact]
    public void A_rate_of_0_is_legal()
    {
        var net = new VectorNet { LearningRate = 0 };
        int[] before = Numbers.Bits(net.Parameters);
        net.TrainStep(Numbers.Values(26), Numbers.Values(10));
        Assert.Equal(before, Numbers.Bits(net.Parameters));
        Assert.Equal(1, net.StepCount);

        var still = new Still();
        Assert.Equal(0, still.LearningRate);
        before = Numbers.Bits(still.Parameters);
        still.TrainStep([1, 2], [3]);
        Assert.Equal(before, Numbers.Bits(still.Parameters));
        still.LearningRate = 1;
        still.TrainStep([1, 2], [3]);
        Assert.NotEqual(before, Numbers.Bits(still.Parameters));
    }

    [Theory]
    [InlineData(-0.1f)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_rate_that_is_none_is_refused(float rate)
    {
        var net = new TinyNet();
        Assert.Throws<ArgumentOutOfRangeException>(() => net.LearningRate = rate);
        Assert.Equal(0.1f, net.LearningRate);
    }

    [Fact]
    public void StepCount_counts_steps()
    {
        var net = new VectorNet();
        Assert.Equal(0, net.StepCount);
        net.Backward(Numbers.Values(13), Numbers.Values(5));
        Assert.Equal(0, net.StepCount);
        net.Step();
        Assert.Equal(1, net.StepCount);
        net.TrainStep(Numbers.Values(13 * 1000), Numbers.Values(5000));
        Assert.Equal(2, net.StepCount);
        net.StepCount = 1L << 40;
        net.Step();
        Assert.Equal((1L << 40) + 1, net.StepCount);
    }

    [Fact]
    public void Adam_reads_StepCount()
    {
        // Bias correction: the first step of Adam is the rate, whatever the gradient is.
        var net = new VectorNet();
        float[] before = net.Parameters.ToArray();
        net.Gradients.Fill(1e-3f);
        net.Step();
        Assert.Equal(before[0] - 0.01f, net.Parameters[0], 1e-5f);

        var late = new VectorNet { StepCount = 1_000_000 };
        late.Gradients.Fill(1e-3f);
        late.Step();
        Assert.Equal(before[0] - (0.01f * 0.1f / MathF.Sqrt(0.001f)), late.Parameters[0], 1e-4f);
    }

    [Fact]
    public void Parameters_OptimizerState_StepCount_and_LearningRate_make_an_exact_resume()
    {
        var net = new VectorNet();
        Train(net, 0, 5);
        net.LearningRate = 0.003f;
        var resumed = new VectorNet();
        net.Parameters.CopyTo(resumed.Parameters);
        net.OptimizerState.CopyTo(resumed.OptimizerState);
        resumed.StepCount = net.StepCount;
        resumed.LearningRate = net.LearningRate;
        Train(net, 5, 10);
        Train(resumed, 5, 10);
        Assert.Equal(Numbers.Bits(net.Parameters), Numbers.Bits(resumed.Parameters));
        Assert.Equal(Numbers.Bits(net.OptimizerState), Numbers.Bits(resumed.OptimizerState));
        Assert.Equal(net.StepCount, resumed.StepCount);

        // With another count it is not the same: the test can fail.
        resumed.StepCount = 0;
        Train(net, 10, 11);
        Train(resumed, 10, 11);
        Assert.NotEqual(Numbers.Bits(net.Parameters), Numbers.Bits(resumed.Parameters));
    }

    [Fact]
    public void A_resume_with_frozen_layers_and_momentum_is_exact()
    {
        var net = new TinyFrozen();
        for (int i = 0; i < 4; i++)
        {
            net.TrainStep([1, i], [i, -1]);
        }

        var resumed = new TinyFrozen();
        net.Parameters.CopyTo(resumed.Parameters);
        net.OptimizerState.CopyTo(resumed.OptimizerState);
        resumed.StepCount = net.StepCount;
        Assert.Contains(net.OptimizerState.ToArray(), s => s != 0);
        net.TrainStep([1, 2], [3, 4]);
        resumed.TrainStep([1, 2], [3, 4]);
        Assert.Equal(Numbers.Bits(net.Parameters), Numbers.Bits(resumed.Parameters));
    }

    [Fact]
    public void Where_no_optimizer_is_declared_there_is_no_step()
    {
        foreach (string member in (string[])["Step", "TrainStep", "LearningRate", "StepCount", "OptimizerState"])
        {
            Assert.Empty(typeof(Evaluated).GetMember(member));
            Assert.Empty(typeof(Model).GetMember(member));
        }

        Assert.Empty(typeof(Policy).GetMember("TrainStep"));
        Assert.NotEmpty(typeof(Policy).GetMember("Step"));
        Assert.Empty(typeof(Policy).GetMember("Loss"));
        Assert.Empty(typeof(VectorNet).GetMember("Predict"));
    }

    private static void Train(VectorNet net, int from, int to)
    {
        for (int i = from; i < to; i++)
        {
            net.TrainStep(Numbers.Values(13 * 4, i), Numbers.Values(20, i + 1));
        }
    }
}

[Affine(2, 1)]
[MseLoss]
[Sgd(0)]
internal sealed partial class Still;
