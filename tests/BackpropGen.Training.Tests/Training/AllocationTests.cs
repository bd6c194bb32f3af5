using System;
using System.Linq;
using BackpropGen.Data;
using Xunit;

namespace BackpropGen.Training.Tests.Training;

public class AllocationTests
{
    [Fact]
    public void A_step_allocates_nothing_whatever_the_loss()
    {
        TargetExamples set = Sets.Targets(500, 1);
        var probabilities = new TargetExamples(Sets.Values(1500, 1), 3, Sets.Values(1000, 2).Select(Math.Abs).ToArray(), 2);
        Target(new PlainNet(), set);
        Target(new SummedNet(), set);
        Target(new BatchMeanNet(), set);
        Target(new HuberNet(), set);
        Target(new LogCoshNet(), set);
        Target(new ProbabilityNet(), probabilities);
        Target(new LogitNet(), probabilities);
        Target(new SumNet(), set);
        Target(new ClassNet(), new TargetExamples(Sets.Values(1500, 1), 3, Sets.Values(2000, 2).Select(Math.Abs).ToArray(), 4));
        Label(new ClassNet(), Sets.Classes(500, 1));
        Label(new LogClassNet(), Sets.Classes(500, 1));
        Label(new SequenceNet(), Sets.Classes(500, 1, 12, 5, 4));
        Label(new PixelNet(), Sets.Classes(500, 1, 12, 3, 4));

        static void Target<T>(T net, TargetExamples set)
            where T : ITargetTrainable
        {
            foreach (GradientClipping? clipping in new[] { null, GradientClipping.ByNorm(1), GradientClipping.ByValue(1) })
            {
                Measure(new TargetTrainer<T>(net, set) { Clipping = clipping, Schedule = LearningRateSchedule.Cosine().WithWarmUp(7) });
            }
        }

        static void Label<T>(T net, LabelExamples set)
            where T : ILabelTrainable => Measure(new LabelTrainer<T>(net, set));
    }

    [Fact]
    public void Examining_more_pieces_allocates_no_more()
    {
        long Allocated(int count)
        {
            var trainer = new LabelTrainer<ClassNet>(new ClassNet(), Sets.Classes(20, 1), Sets.Classes(count, 2)) { BatchSize = 20, Epochs = 6 };
            trainer.Metrics.Add(Metric.Accuracy());
            trainer.Metrics.Add(Metric.TopK(2));
            trainer.Metrics.Add(Metric.Precision());
            // So that no epoch is better than the first: a better one is a further object.
            trainer.Network.LearningRate = 0;
            var stamps = new EpochStamps();
            trainer.Observers.Add(stamps);
            trainer.Run();
            return stamps.Bytes[5] - stamps.Bytes[4];
        }

        Assert.Equal(Allocations.Least(() => Allocated(300)), Allocations.Least(() => Allocated(3000)));
    }

    private static void Measure(Trainer trainer)
    {
        trainer.BatchSize = 3;
        trainer.Epochs = 6;
        var stamps = new StepStamps();
        trainer.Observers.Add(stamps);
        trainer.Run();
        Assert.True(stamps.Bytes == 0, $"{trainer.Network.GetType().Name}, {trainer.Clipping?.GetType().Name ?? "no clipping"}: {stamps.Bytes} bytes in the steps of an epoch.");
    }

    /// <summary>What an epoch's steps allocate after its first: the least of all epochs, for the reason that <see cref="Allocations"/> has.</summary>
    private sealed class StepStamps : TrainingObserver
    {
        private long first;

        public long Bytes { get; private set; } = long.MaxValue;

        public override void StepEnded(in StepProgress progress)
        {
            if (progress.Step == 1)
            {
                first = GC.GetAllocatedBytesForCurrentThread();
            }
            else if (progress.Step == progress.Steps)
            {
                Bytes = Math.Min(Bytes, GC.GetAllocatedBytesForCurrentThread() - first);
            }
        }
    }

    private sealed class EpochStamps : TrainingObserver
    {
        private int next;

        public long[] Bytes { get; } = new long[6];

        public override void EpochEnded(EpochResult epoch) => Bytes[next++] = GC.GetAllocatedBytesForCurrentThread();
    }
}
