using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using BackpropGen.Data;
using Xunit;

namespace BackpropGen.Training.Tests.Training;

public class TrainerTests
{
    [Fact]
    public void Training_is_the_loop_that_one_would_write()
    {
        LabelExamples set = Sets.Classes(23, 1);
        var expected = new ClassNet();
        var order = new int[23];
        var inputs = new float[5 * 3];
        var labels = new int[5];
        var losses = new List<double>();
        for (int epoch = 1; epoch <= 3; epoch++)
        {
            Shuffling.Fill(order, 7, epoch);
            double sum = 0;
            for (int start = 0; start < 23; start += 5)
            {
                ReadOnlySpan<int> batch = order.AsSpan(start, Math.Min(5, 23 - start));
                set.CopyInputs(batch, inputs.AsSpan(0, batch.Length * 3));
                set.CopyTargets(batch, labels.AsSpan(0, batch.Length));
                sum += expected.TrainStep(inputs.AsSpan(0, batch.Length * 3), labels.AsSpan(0, batch.Length)) * (double)batch.Length;
            }

            losses.Add(sum / 23);
        }

        var net = new ClassNet();
        TrainingResult result = new LabelTrainer<ClassNet>(net, set) { Epochs = 3, BatchSize = 5, Seed = 7 }.Run();

        Assert.Equal(expected.Parameters.ToArray(), net.Parameters.ToArray());
        Assert.Equal(expected.OptimizerState.ToArray(), net.OptimizerState.ToArray());
        Assert.Equal(losses, result.History.Select(e => e.TrainingLoss));
        Assert.Equal(15, net.StepCount);
        Assert.Equal(StopReason.Completed, result.Reason);
        Assert.Null(result.Divergence);
    }

    [Fact]
    public void A_schedule_and_clipping_are_what_one_would_write_too()
    {
        TargetExamples set = Sets.Targets(10, 1);
        LearningRateSchedule schedule = LearningRateSchedule.OneCycle(0.5).WithWarmUp(3);
        GradientClipping clipping = GradientClipping.ByNorm(0.1f);
        var expected = new MomentumNet();
        var inputs = new float[4 * 3];
        var targets = new float[4 * 2];
        int step = 0;
        for (int epoch = 0; epoch < 2; epoch++)
        {
            for (int start = 0; start < 10; start += 4, step++)
            {
                int[] batch = [.. Enumerable.Range(start, Math.Min(4, 10 - start))];
                set.CopyInputs(batch, inputs.AsSpan(0, batch.Length * 3));
                set.CopyTargets(batch, targets.AsSpan(0, batch.Length * 2));
                expected.LearningRate = (float)schedule.Rate(new TrainingTime(0.1f, step, 3, 2));
                expected.Backward(inputs.AsSpan(0, batch.Length * 3), targets.AsSpan(0, batch.Length * 2));
                clipping.Apply(expected.Gradients);
                expected.Step();
            }
        }

        var net = new MomentumNet();
        new TargetTrainer<MomentumNet>(net, set) { Epochs = 2, BatchSize = 4, Shuffles = false, Schedule = schedule, Clipping = clipping }.Run();

        Assert.Equal(expected.Parameters.ToArray(), net.Parameters.ToArray());
        Assert.Equal(expected.LearningRate, net.LearningRate);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(10)]
    public void The_losses_of_batches_of_any_size_add_up_to_the_loss_of_all(int batchSize)
    {
        void Check<T>(T net)
            where T : ITargetTrainable
        {
            // A rate of 0 leaves the network as it is, so that every batch meets the same one.
            net.LearningRate = 0;
            TargetExamples set = Sets.Targets(10, 3);
            TargetExamples held = Sets.Targets(611, 5);
            TrainingResult result = new TargetTrainer<T>(net, set, held) { Epochs = 1, BatchSize = batchSize }.Run();
            Near(LossOf(net, set), result.History[0].TrainingLoss);
            Near(LossOf(net, held), result.History[0].ValidationLoss!.Value);
        }

        Check(new PlainNet());
        Check(new SummedNet());
        Check(new BatchMeanNet());
        static void Near(double expected, double actual) => Assert.InRange(actual, expected * (1 - 1e-6), expected * (1 + 1e-6));
    }

    [Fact]
    public void It_learns()
    {
        float[] inputs = Sets.Values(3 * 500, 1);
        int[] labels = [.. Enumerable.Range(0, 500).Select(i => (inputs[3 * i] > 0 ? 1 : 0) + (inputs[(3 * i) + 1] > 0 ? 2 : 0))];
        (LabelExamples train, LabelExamples held) = new LabelExamples(inputs, 3, labels).Split(0.8, 1);
        var trainer = new LabelTrainer<ClassNet>(new ClassNet(), train, held) { Epochs = 40, BatchSize = 20 };
        trainer.Metrics.Add(Metric.Accuracy());

        TrainingResult result = trainer.Run();

        Assert.InRange(result.BestEpoch!.Metrics[0].Value, 0.95, 1);
        Assert.InRange(ConfusionMatrix.Of(trainer.Network, held).Accuracy, 0.95, 1);
    }

    [Fact]
    public void Observers_see_each_step_and_each_epoch_in_order()
    {
        var seen = new List<string>();
        var net = new PlainNet();
        var trainer = new TargetTrainer<PlainNet>(net, Sets.Targets(5, 1), Sets.Targets(2, 2)) { Epochs = 2, BatchSize = 2 };
        trainer.Observers.Add(new Recorder(seen));

        TrainingResult result = trainer.Run();

        Assert.Equal(
            [
                "started 2 1 2 3 5 2", "step 1 1/3 2", "step 1 2/3 4", "step 1 3/3 5", "epoch 1", "step 2 1/3 2", "step 2 2/3 4", "step 2 3/3 5", "epoch 2",
                "ended Completed",
            ],
            seen);
        Assert.Equal(2, result.History.Count);
        Assert.All(result.History, e => Assert.Equal(5, e.Samples));
    }

    [Fact]
    public void Who_looks_changes_nothing_and_sees_gradients()
    {
        var plain = new AdamNet();
        new TargetTrainer<AdamNet>(plain, Sets.Targets(9, 1)) { Epochs = 3, BatchSize = 4 }.Run();
        var seen = new AdamNet();
        var trainer = new TargetTrainer<AdamNet>(seen, Sets.Targets(9, 1)) { Epochs = 3, BatchSize = 4 };
        var gradients = new GradientObserver();
        trainer.Observers.Add(gradients);

        trainer.Run();

        Assert.Equal(plain.Parameters.ToArray(), seen.Parameters.ToArray());
        Assert.Equal(plain.OptimizerState.ToArray(), seen.OptimizerState.ToArray());
        Assert.Equal(plain.StepCount, seen.StepCount);
        Assert.Equal(3, gradients.Norms.Distinct().Count());
        Assert.All(gradients.Norms, n => Assert.InRange(n, 1e-6, 10));
    }

    [Fact]
    public void What_an_observer_throws_ends_the_training()
    {
        var trainer = new TargetTrainer<PlainNet>(new PlainNet(), Sets.Targets(5, 1)) { BatchSize = 2 };
        trainer.Observers.Add(new StepObserver(_ => throw new InvalidOperationException("enough")));
        Assert.Equal("enough", Assert.Throws<InvalidOperationException>(() => trainer.Run()).Message);
    }

    [Fact]
    public void Cancelled_it_ends_between_two_steps()
    {
        using var source = new CancellationTokenSource();
        var net = new PlainNet();
        var trainer = new TargetTrainer<PlainNet>(net, Sets.Targets(10, 1)) { BatchSize = 1 };
        trainer.Observers.Add(new StepObserver(p =>
        {
            if (p is { Epoch: 2, Step: 3 })
            {
                source.Cancel();
            }
        }));

        TrainingResult result = trainer.Run(source.Token);

        Assert.Equal(StopReason.Cancelled, result.Reason);
        Assert.Equal(13, net.StepCount);
        Assert.Single(result.History);
        Assert.Equal(StopReason.Cancelled, trainer.Run(source.Token).Reason);
        Assert.Equal(13, net.StepCount);
    }

    [Fact]
    public void Early_stopping_waits_and_restores_the_best()
    {
        // A rate that makes it worse from the fourth epoch on: the score goes up while the network runs away.
        var snapshots = new List<float[]>();
        var net = new PlainNet();
        var trainer = new TargetTrainer<PlainNet>(net, Sets.Targets(8, 1))
        {
            Epochs = 50,
            BatchSize = 8,
            EarlyStopping = new EarlyStopping(3),
            Schedule = LearningRateSchedule.Of(t => t.Epoch < 4 ? 0.1 : 30),
        };
        trainer.Observers.Add(new EpochObserver(_ => snapshots.Add(net.Parameters.ToArray())));

        TrainingResult result = trainer.Run();

        int best = result.History.MinBy(e => e.TrainingLoss)!.Number;
        Assert.Equal(StopReason.StoppedEarly, result.Reason);
        Assert.Equal(best, result.BestEpoch!.Number);
        Assert.Equal(best + 3, result.History.Count);
        Assert.Equal(snapshots[best - 1], net.Parameters.ToArray());
        Assert.True(result.History[best - 1].IsBest);
        Assert.Equal(snapshots.Count, result.History.Count);

        var kept = new PlainNet();
        new TargetTrainer<PlainNet>(kept, Sets.Targets(8, 1)) { Epochs = 50, BatchSize = 8, EarlyStopping = new EarlyStopping(3) { RestoresBest = false }, Schedule = trainer.Schedule }.Run();
        Assert.Equal(snapshots[^1], kept.Parameters.ToArray());
    }

    [Fact]
    public void A_gain_below_the_minimum_delta_is_none()
    {
        TrainingResult Run(double delta) => new TargetTrainer<PlainNet>(new PlainNet(), Sets.Targets(8, 1))
        {
            Epochs = 20,
            BatchSize = 8,
            EarlyStopping = new EarlyStopping(2) { MinimumDelta = delta, Score = Score.TrainingLoss },
        }.Run();

        Assert.Equal(StopReason.Completed, Run(0).Reason);
        TrainingResult stopped = Run(10);
        Assert.Equal(StopReason.StoppedEarly, stopped.Reason);
        Assert.Equal(1, stopped.BestEpoch!.Number);
        Assert.Equal(3, stopped.History.Count);
    }

    private static double LossOf<T>(T net, TargetExamples set)
        where T : ITargetTrainable
    {
        int[] all = [.. Enumerable.Range(0, set.Count)];
        var inputs = new float[set.Count * 3];
        var targets = new float[set.Count * 2];
        set.CopyInputs(all, inputs);
        set.CopyTargets(all, targets);
        return net.Loss(inputs, targets);
    }
}
