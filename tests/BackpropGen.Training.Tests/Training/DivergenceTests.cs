using System;
using System.Collections.Generic;
using System.Linq;
using BackpropGen.Data;
using Xunit;

namespace BackpropGen.Training.Tests.Training;

public class DivergenceTests
{
    [Fact]
    public void A_rate_that_is_too_high_ends_with_what_to_do_about_it_and_finite_parameters()
    {
        foreach (GradientClipping? clipping in new[] { null, GradientClipping.ByValue(1e30f) })
        {
            var net = new PlainNet();
            var trainer = new TargetTrainer<PlainNet>(net, Sets.Targets(300, 1)) { Epochs = 5, BatchSize = 1, Schedule = LearningRateSchedule.Of(_ => 1e5), Clipping = clipping };
            var losses = new List<float>();
            trainer.Observers.Add(new StepObserver(p => losses.Add(p.Loss)));

            TrainingResult result = trainer.Run();

            Assert.Equal(StopReason.Diverged, result.Reason);
            Divergence d = result.Divergence!;

            Assert.Equal(DivergenceCause.Gradient, d.Cause);
            Assert.StartsWith("Affine1", d.Tensor!.Name, StringComparison.Ordinal);
            Assert.Contains(d.Tensor.Name, d.Message, StringComparison.Ordinal);
            Assert.Equal(1, d.Epoch);
            Assert.InRange(d.Step, 2, losses.Count + 1);
            Assert.Equal(d.Step - 1, net.StepCount);
            Assert.All(net.Parameters.ToArray(), p => Assert.True(float.IsFinite(p)));
            Assert.Contains($"step {d.Step} of 300 of epoch 1 (learning rate 100000)", d.Message, StringComparison.Ordinal);
            Assert.Contains("Try a lower learning rate", d.Message, StringComparison.Ordinal);
            Assert.All(losses, l => Assert.True(float.IsFinite(l)));
        }
    }

    [Theory]
    [InlineData(5)]
    [InlineData(400)]
    public void An_example_that_is_no_number_is_named(int place)
    {
        float[] inputs = Sets.Values(500 * 3, 1);
        inputs[(3 * place) + 2] = float.NaN;
        var set = new TargetExamples(inputs, 3, Sets.Values(500 * 2, 2), 2);
        var net = new AdamNet();

        TrainingResult result = new TargetTrainer<AdamNet>(net, set) { BatchSize = 1, Shuffles = false, ChecksExamples = false }.Run();

        Assert.Equal(DivergenceCause.Input, result.Divergence!.Cause);
        Assert.Equal((1, place + 1, place, 2), (result.Divergence.Epoch, result.Divergence.Step, result.Divergence.Example, result.Divergence.Index));
        Assert.Contains($"input column 2 of training example {place} is NaN", result.Divergence.Message, StringComparison.Ordinal);
        Assert.Equal(place, net.StepCount);
        var expected = new AdamNet();
        for (int i = 0; i < place; i++)
        {
            expected.TrainStep(set.Input(i), set.Target(i));
        }

        Assert.Equal(expected.Parameters.ToArray(), net.Parameters.ToArray());
        Assert.Equal(expected.OptimizerState.ToArray(), net.OptimizerState.ToArray());
    }

    [Fact]
    public void A_target_that_is_infinite_is_named()
    {
        float[] targets = Sets.Values(20, 2);
        targets[7] = float.PositiveInfinity;
        TrainingResult result = new TargetTrainer<PlainNet>(new PlainNet(), new TargetExamples(Sets.Values(30, 1), 3, targets, 2)) { BatchSize = 4, ChecksExamples = false }.Run();

        Assert.Equal(DivergenceCause.Target, result.Divergence!.Cause);
        Assert.Equal((3, 1), (result.Divergence.Example, result.Divergence.Index));
    }

    [Fact]
    public void A_gradient_that_is_infinite_is_of_the_last_layer_first()
    {
        var set = new TargetExamples(Sets.Values(30, 1), 3, Enumerable.Repeat(3e38f, 20).ToArray(), 2);
        TrainingResult result = new TargetTrainer<SummedNet>(new SummedNet(), set) { BatchSize = 10 }.Run();

        Divergence d = result.Divergence!;
        Assert.Equal(DivergenceCause.Gradient, d.Cause);
        Assert.Equal("Affine2Bias", d.Tensor!.Name);
        Assert.Contains("the gradient of Affine2Bias [2], index 0, is minus infinity", d.Message, StringComparison.Ordinal);
        Assert.Equal((1, 1), (d.Epoch, d.Step));
    }

    [Fact]
    public void A_loss_that_overflows_alone_is_said_to()
    {
        // The square of 1e25 is no float, its derivative is one.
        var set = new TargetExamples(Sets.Values(30, 1), 3, Enumerable.Repeat(1e25f, 20).ToArray(), 2);
        TrainingResult result = new TargetTrainer<PlainNet>(new PlainNet(), set) { BatchSize = 10 }.Run();

        Assert.Equal(DivergenceCause.Loss, result.Divergence!.Cause);
        Assert.Contains("the loss is beyond what a float holds", result.Divergence.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Validation_that_is_not_finite_ends_it_too()
    {
        var held = new TargetExamples(Sets.Values(30, 1), 3, Enumerable.Repeat(1e25f, 20).ToArray(), 2);
        var net = new PlainNet();
        TrainingResult result = new TargetTrainer<PlainNet>(net, Sets.Targets(10, 1), held) { BatchSize = 5 }.Run();

        Assert.Equal(DivergenceCause.Validation, result.Divergence!.Cause);
        Assert.Equal(2, net.StepCount);
        Assert.Empty(result.History);
        Assert.StartsWith("The validation loss is infinite after epoch 1:", result.Divergence.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_last_step_of_an_epoch_is_found_out_although_no_loss_follows_it()
    {
        // One step an epoch, and the first one's update is beyond what a float holds.
        var net = new PlainNet();
        float[] before = net.Parameters.ToArray();
        var trainer = new TargetTrainer<PlainNet>(net, new TargetExamples(Sets.Values(30, 1), 3, Sets.Values(20, 2, 1e15f), 2)) { BatchSize = 10, Epochs = 1, Schedule = LearningRateSchedule.Of(_ => 1e38) };

        TrainingResult result = trainer.Run();

        Assert.Equal(StopReason.Diverged, result.Reason);
        Assert.Equal(DivergenceCause.Update, result.Divergence!.Cause);
        Assert.Contains($"the parameter {result.Divergence.Tensor}, index {result.Divergence.Index}, is ", result.Divergence.Message, StringComparison.Ordinal);
        Assert.Equal(before, net.Parameters.ToArray());
    }

    [Fact]
    public void The_best_weights_are_restored_after_a_divergence()
    {
        var snapshots = new List<float[]>();
        var net = new PlainNet();
        var trainer = new TargetTrainer<PlainNet>(net, Sets.Targets(300, 1))
        {
            BatchSize = 1,
            Epochs = 4,
            EarlyStopping = new EarlyStopping(10),
            Schedule = LearningRateSchedule.Of(t => t.Epoch < 2 ? 0.01 : 1e5),
        };
        trainer.Observers.Add(new EpochObserver(_ => snapshots.Add(net.Parameters.ToArray())));

        TrainingResult result = trainer.Run();

        Assert.Equal(StopReason.Diverged, result.Reason);
        Assert.Equal(snapshots[result.BestEpoch!.Number - 1], net.Parameters.ToArray());
    }
}
