using System;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Threading;
using BackpropGen.Data;

namespace BackpropGen.Training;

/// <summary>Runs a training from where it is to its end.</summary>
internal sealed class TrainingLoop
{
    // How many steps are repeated at most to find out why a training diverged.
    private const int StepsBetweenSnapshots = 256;

    private readonly TrainingPlan plan;
    private readonly ITrainable network;
    private readonly BatchStep batchStep;
    private readonly Examination examination;
    private readonly Snapshot snapshot;
    private readonly TrainingProgress progress;
    private readonly CheckpointKeeper keeper;
    private readonly int[] order;
    private Divergence? divergence;
    private long started;

    public TrainingLoop(TrainingPlan plan)
    {
        this.plan = plan;
        network = plan.Network;
        batchStep = plan.Collective is { } collective ? new SharedBatchStep(plan, collective) : new BatchStep(plan);

        // Without validation examples the training examples are examined, a piece at a time.
        bool examinesTraining = plan.Validation is null && plan.Metrics.Count > 0;
        plan.Training.Allocate(examinesTraining ? Math.Min(plan.Training.PieceSize(plan.BatchSize), plan.Training.ExampleCount) : plan.BatchSize);
        plan.Validation?.Allocate(Math.Min(plan.Validation.PieceSize(plan.BatchSize), plan.Validation.ExampleCount));

        examination = new Examination(plan);
        snapshot = new Snapshot(network);
        progress = new TrainingProgress
        {
            BaseRate = network.LearningRate,
            BestScore = plan.Score.Worst,
            ScheduleState = new double[plan.Schedule?.StateSize ?? 0],
        };
        plan.Schedule?.Begin(progress.ScheduleState);
        keeper = new CheckpointKeeper(plan, progress);
        order = new int[plan.Training.ExampleCount];
    }

    public TrainingResult Run(CancellationToken token)
    {
        keeper.Start();
        if (plan.Observers.Length > 0)
        {
            var run = new TrainingRun(
                network, plan.Epochs, Math.Min(progress.Epoch + 1, plan.Epochs), plan.BatchSize, plan.StepsPerEpoch, plan.Training.ExampleCount, plan.Validation?.ExampleCount ?? 0);
            foreach (TrainingObserver observer in plan.Observers)
            {
                observer.Started(run);
            }
        }

        StopReason? reason = null;
        while (reason is null)
        {
            reason = plan.EarlyStopping is { } early && progress.Waited >= early.Patience ? StopReason.StoppedEarly
                : progress.Epoch >= plan.Epochs ? StopReason.Completed
                : RunEpoch(token);
        }

        return End(reason.Value);
    }

    private StopReason? RunEpoch(CancellationToken token)
    {
        if (plan.Shuffles)
        {
            Shuffling.Fill(order, plan.Seed, progress.Epoch + 1);
        }
        else
        {
            for (int i = 0; i < order.Length; i++)
            {
                order[i] = i;
            }
        }

        int steps = plan.StepsPerEpoch;
        snapshot.Take(progress.Step);
        if (progress.Step < steps)
        {
            SetRate(isFirst: true);
        }

        started = Stopwatch.GetTimestamp();
        while (progress.Step < steps)
        {
            if (TakeStep(token) is { } reason)
            {
                return reason;
            }
        }

        StopClock();
        return EndEpoch();
    }

    // Optimized at its first call, as all on a step's way that is the trainer's: a small network has taken millions of steps before
    // the runtime thinks of it by itself.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private StopReason? TakeStep(CancellationToken token)
    {
        if (batchStep.IsCancelled(token))
        {
            StopClock();
            return KeepOrDiverge() ?? StopReason.Cancelled;
        }

        if (progress.Step - snapshot.Step >= StepsBetweenSnapshots)
        {
            snapshot.Take(progress.Step);
        }

        SetRate(isFirst: false);
        ReadOnlySpan<int> batch = BatchOf(progress.Step);
        double loss = batchStep.Take(batch, token);
        if (!double.IsFinite(loss))
        {
            return Diverged(progress.Step + 1, loss);
        }

        progress.LossSum += plan.Reduction == Reduction.Sum ? loss : loss * batch.Length;
        progress.Step++;
        foreach (TrainingObserver observer in plan.Observers)
        {
            observer.StepEnded(new StepProgress(
                progress.Epoch + 1, progress.Step, plan.StepsPerEpoch, Math.Min(progress.Step * plan.BatchSize, order.Length), (float)loss, network.LearningRate));
        }

        if (keeper.IsDueAfterStep)
        {
            StopClock();
            if (KeepOrDiverge() is { } diverged)
            {
                return diverged;
            }

            started = Stopwatch.GetTimestamp();
        }

        return null;
    }

    private StopReason? EndEpoch()
    {
        if (NonFinite.IndexIn(network.Parameters) >= 0)
        {
            return Diverged(progress.Step, double.NaN);
        }

        (double? validationLoss, MetricValue[] metrics) = examination.Run();
        if (validationLoss is { } loss && !double.IsFinite(loss))
        {
            return Diverged(0, loss);
        }

        var epoch = new EpochResult(
            progress.Epoch + 1,
            network.LearningRate,
            plan.Reduction == Reduction.Sum ? progress.LossSum : progress.LossSum / order.Length,
            validationLoss,
            metrics,
            progress.Elapsed,
            order.Length,
            false);
        double score = plan.Score.Of(epoch);
        if (plan.Score.IsBetter(score, progress.BestScore, double.IsFinite(progress.BestScore) ? plan.EarlyStopping?.MinimumDelta ?? 0 : 0))
        {
            epoch = epoch with { IsBest = true };
            progress.BestScore = score;
            progress.BestEpoch = epoch.Number;
            progress.Waited = 0;
            KeepBest();
        }
        else
        {
            progress.Waited++;
        }

        plan.Schedule?.EpochEnded(epoch, progress.ScheduleState);
        progress.History.Add(epoch);
        progress.Epoch++;
        progress.Step = 0;
        progress.LossSum = 0;
        progress.Elapsed = TimeSpan.Zero;
        if (keeper.IsDueAfterEpoch)
        {
            keeper.Keep();
        }

        if (plan.Observers.Length > 0)
        {
            ShowGradients();
            foreach (TrainingObserver observer in plan.Observers)
            {
                observer.EpochEnded(epoch);
            }
        }

        return null;
    }

    private TrainingResult End(StopReason reason)
    {
        if (reason is StopReason.Completed or StopReason.StoppedEarly)
        {
            keeper.Keep();
        }

        if (reason != StopReason.Cancelled && plan.EarlyStopping is { RestoresBest: true } && progress.BestParameters is { } best)
        {
            best.CopyTo(network.Parameters);
            progress.BestBuffers!.CopyTo(network.Buffers);
        }

        EpochResult[] history = [.. progress.History];
        var result = new TrainingResult(reason, history, progress.BestEpoch > 0 ? history[progress.BestEpoch - 1] : null) { Divergence = divergence };
        foreach (TrainingObserver observer in plan.Observers)
        {
            observer.Ended(result);
        }

        return result;
    }

    private StopReason Diverged(int step, double loss)
    {
        var search = new DivergenceSearch(plan, batchStep, snapshot, s =>
        {
            progress.Step = s;
            SetRate(isFirst: s == snapshot.Step);
            return BatchOf(s).ToArray();
        });
        divergence = search.Run(progress.Epoch + 1, step, loss);
        return StopReason.Diverged;
    }

    // The loss shows only at the next step that a step has spoilt the parameters: such a checkpoint must not replace a good one.
    private StopReason? KeepOrDiverge()
    {
        if (plan.Checkpoints is not null && NonFinite.IndexIn(network.Parameters) >= 0)
        {
            return Diverged(progress.Step, double.NaN);
        }

        keeper.Keep();
        return null;
    }

    private void KeepBest()
    {
        if (plan.EarlyStopping is not { RestoresBest: true })
        {
            return;
        }

        progress.BestParameters ??= new float[network.Parameters.Length];
        progress.BestBuffers ??= new float[network.Buffers.Length];
        network.Parameters.CopyTo(progress.BestParameters);
        network.Buffers.CopyTo(progress.BestBuffers);
    }

    // A fused step leaves no gradients behind: whoever looks at the epoch gets those of its last batch. Nothing else is changed by it.
    private void ShowGradients()
    {
        if (batchStep.LeavesGradients)
        {
            return;
        }

        snapshot.Take(plan.StepsPerEpoch);
        plan.Training.Gather(BatchOf(plan.StepsPerEpoch - 1));
        plan.Training.Backward();
        snapshot.Restore();
    }

    private void SetRate(bool isFirst)
    {
        if (plan.Schedule is { } schedule && (isFirst || schedule.ChangesWithinEpoch))
        {
            int steps = plan.StepsPerEpoch;
            network.LearningRate = (float)schedule.Rate(
                new TrainingTime(progress.BaseRate, ((long)progress.Epoch * steps) + progress.Step, steps, plan.Epochs), progress.ScheduleState);
        }
    }

    private ReadOnlySpan<int> BatchOf(int step)
    {
        int start = step * plan.BatchSize;
        return order.AsSpan(start, Math.Min(plan.BatchSize, order.Length - start));
    }

    private void StopClock() => progress.Elapsed += Stopwatch.GetElapsedTime(started);
}
