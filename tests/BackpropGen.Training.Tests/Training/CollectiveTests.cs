using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using BackpropGen.Data;
using Xunit;

namespace BackpropGen.Training.Tests.Training;

public sealed class CollectiveTests : IDisposable
{
    private readonly string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    public void Dispose() => File.Delete(path);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void Any_number_of_processes_ends_with_the_parameters_of_one(int size)
    {
        // Batches of 4 for up to 5 processes: one has no example; the last batch has 3.
        Check(() => new PlainNet(), Targets);
        Check(() => new SummedNet(), Targets);
        Check(() => new BatchMeanNet(), Targets);
        Check(() => new AdamNet(), Targets);
        Check(() => new ClassNet(), net => new LabelTrainer<ClassNet>(net, Sets.Classes(23, 1), Sets.Classes(9, 2)) { Metrics = { Metric.Accuracy(), Metric.Recall() } });
        Check(() => new PixelNet(), net => new LabelTrainer<PixelNet>(net, Sets.Classes(23, 1, 12, 3, 4), Sets.Classes(9, 2, 12, 3, 4)) { Metrics = { Metric.Accuracy() } });

        static Trainer Targets<T>(T net)
            where T : ITargetTrainable => new TargetTrainer<T>(net, Sets.Targets(23, 1), Sets.Targets(9, 2)) { Metrics = { Metric.Rmse(), Metric.RSquared() } };

        void Check<T>(Func<T> create, Func<T, Trainer> train)
            where T : ITrainable
        {
            foreach (GradientClipping? clipping in new[] { null, GradientClipping.ByNorm(0.1f) })
            {
                Trainer With(Trainer trainer, ICollective? collective)
                {
                    trainer.Collective = collective;
                    trainer.Epochs = 3;
                    trainer.BatchSize = 4;
                    trainer.Clipping = clipping;
                    trainer.Schedule = LearningRateSchedule.OnPlateau(0.5, 0);
                    return trainer;
                }

                T expected = create();
                TrainingResult whole = With(train(expected), null).Run();
                (float[] Parameters, TrainingResult Result)[] all = ThreadCollective.Run(size, collective =>
                {
                    T net = create();

                    // What process 0 begins with counts.
                    net.Initialize(collective.Rank);
                    TrainingResult result = With(train(net), collective).Run();
                    return (net.Parameters.ToArray(), result);
                });

                Assert.All(all, one => Assert.Equal(all[0].Parameters, one.Parameters));
                Near(expected.Parameters.ToArray(), all[0].Parameters);
                foreach ((_, TrainingResult result) in all)
                {
                    Near(whole.History.Select(e => e.TrainingLoss), result.History.Select(e => e.TrainingLoss));
                    Near(whole.History.Select(e => e.ValidationLoss!.Value), result.History.Select(e => e.ValidationLoss!.Value));
                    Near(whole.History.SelectMany(e => e.Metrics).Select(m => m.Value), result.History.SelectMany(e => e.Metrics).Select(m => m.Value));
                    Assert.Equal(whole.BestEpoch!.Number, result.BestEpoch!.Number);
                }
            }
        }
    }

    [Theory]
    [InlineData(1, 3)]
    [InlineData(3, 1)]
    [InlineData(2, 4)]
    public void It_goes_on_with_another_number_of_processes(int before, int after)
    {
        var expected = new AdamNet();
        Trainer Train(AdamNet net, ICollective? collective) => new TargetTrainer<AdamNet>(net, Sets.Targets(23, 1)) { Epochs = 4, BatchSize = 5, Collective = collective };
        Train(expected, null).Run();

        StopReason[] reasons = ThreadCollective.Run(before, collective =>
        {
            using var source = new CancellationTokenSource();
            Trainer trainer = Train(new AdamNet(), collective);
            trainer.Checkpoints = new CheckpointOptions(path);
            trainer.Observers.Add(new StepObserver(p =>
            {
                if (p is { Epoch: 2, Step: 3 })
                {
                    source.Cancel();
                }
            }));
            return trainer.Run(source.Token).Reason;
        });
        Assert.All(reasons, r => Assert.Equal(StopReason.Cancelled, r));
        // They have agreed for the fourth step before the third is looked at.
        Assert.Equal("4", SafetensorsFile.Open(path).Metadata["training.step"]);
        float[][] all = ThreadCollective.Run(after, collective =>
        {
            var net = new AdamNet();
            Trainer trainer = Train(net, collective);
            trainer.Checkpoints = new CheckpointOptions(path);
            Assert.Equal(StopReason.Completed, trainer.Run().Reason);
            Assert.Equal(20, net.StepCount);
            return net.Parameters.ToArray();
        });

        Assert.All(all, one => Assert.Equal(all[0], one));
        Near(expected.Parameters.ToArray(), all[0]);
    }

    [Fact]
    public void Cancelling_any_of_them_ends_all_after_the_same_step()
    {
        for (int who = 0; who < 3; who++)
        {
            long[] steps = ThreadCollective.Run(3, collective =>
            {
                using var source = new CancellationTokenSource();
                if (collective.Rank == who)
                {
                    source.CancelAfter(20);
                }

                var net = new PlainNet();
                TrainingResult result = new TargetTrainer<PlainNet>(net, Sets.Targets(9, 1)) { Epochs = int.MaxValue / 9, BatchSize = 3, Collective = collective }.Run(source.Token);
                Assert.Equal(StopReason.Cancelled, result.Reason);
                return net.StepCount;
            });
            Assert.Single(steps.Distinct());
        }
    }

    [Fact]
    public void Cancelled_beforehand_none_takes_a_step() => Assert.Equal([0L, 0L], ThreadCollective.Run(2, collective =>
    {
        var net = new PlainNet();
        new TargetTrainer<PlainNet>(net, Sets.Targets(9, 1)) { BatchSize = 3, Collective = collective }.Run(new CancellationToken(collective.Rank == 1));
        return net.StepCount;
    }));

    [Fact]
    public void Only_the_first_one_is_looked_at()
    {
        List<string>[] seen = ThreadCollective.Run(3, collective =>
        {
            var own = new List<string>();
            var trainer = new TargetTrainer<PlainNet>(new PlainNet(), Sets.Targets(9, 1)) { Epochs = 2, BatchSize = 3, Collective = collective };
            trainer.Observers.Add(new Recorder(own));
            trainer.Run();
            return own;
        });
        Assert.Equal(1 + (2 * 4) + 1, seen[0].Count);
        Assert.Empty(seen[1]);
        Assert.Empty(seen[2]);
    }

    [Fact]
    public void Why_it_diverged_all_of_them_say_alike()
    {
        float[] inputs = Sets.Values(90, 1);
        inputs[(3 * 16) + 1] = float.PositiveInfinity;
        var set = new TargetExamples(inputs, 3, Sets.Values(60, 2), 2);
        (Divergence Divergence, float[] Parameters)[] all = ThreadCollective.Run(3, collective =>
        {
            var net = new PlainNet();
            TrainingResult result = new TargetTrainer<PlainNet>(net, set) { BatchSize = 6, ChecksExamples = false, Shuffles = false, Collective = collective }.Run();
            return (result.Divergence!, net.Parameters.ToArray());
        });

        Assert.All(all, one => Assert.Equal(all[0].Divergence.Message, one.Divergence.Message));
        Assert.All(all, one => Assert.Equal(all[0].Parameters, one.Parameters));
        Assert.Equal((DivergenceCause.Input, 3, 16, 1), (all[0].Divergence.Cause, all[0].Divergence.Step, all[0].Divergence.Example, all[0].Divergence.Index));
        Assert.All(all[0].Parameters, p => Assert.True(float.IsFinite(p)));
    }

    [Fact]
    public void Processes_with_other_examples_or_settings_are_told_apart()
    {
        Assert.Contains("BatchSize: 3", Refusal(rank => Sets.Targets(9, 1), rank => rank == 0 ? 2 : 3), StringComparison.Ordinal);
        Refusal(rank => Sets.Targets(9, rank), rank => 3);

        static string Refusal(Func<int, TargetExamples> set, Func<int, int> batchSize)
        {
            string[] messages = ThreadCollective.Run(2, collective => Assert.ThrowsAny<ArgumentException>(() =>
                new TargetTrainer<PlainNet>(new PlainNet(), set(collective.Rank)) { BatchSize = batchSize(collective.Rank), Collective = collective }.Run()).Message);
            Assert.StartsWith("1 of 2 processes train otherwise than process 0", messages[0], StringComparison.Ordinal);
            Assert.StartsWith("Process 1 trains otherwise than process 0", messages[1], StringComparison.Ordinal);
            return messages[1];
        }
    }

    [Fact]
    public void A_checkpoint_that_is_damaged_ends_all_of_them()
    {
        File.WriteAllText(path, "damaged");
        string[] messages = ThreadCollective.Run(3, collective => Assert.Throws<CheckpointException>(() =>
            new TargetTrainer<PlainNet>(new PlainNet(), Sets.Targets(9, 1)) { BatchSize = 3, Collective = collective, Checkpoints = new CheckpointOptions(path) }.Run()).Message);
        Assert.All(messages, m => Assert.Contains(path, m, StringComparison.Ordinal));
    }

    private static void Near(IEnumerable<float> expected, IEnumerable<float> actual) => Near(expected.Select(v => (double)v), actual.Select(v => (double)v));

    private static void Near(IEnumerable<double> expected, IEnumerable<double> actual)
    {
        double[] all = [.. actual];
        double[] wanted = [.. expected];
        Assert.Equal(wanted.Length, all.Length);
        for (int i = 0; i < all.Length; i++)
        {
            Assert.InRange(all[i] - wanted[i], -1e-5 * Math.Max(1, Math.Abs(wanted[i])), 1e-5 * Math.Max(1, Math.Abs(wanted[i])));
        }
    }
}
