using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using BackpropGen.Data;
using Xunit;

namespace BackpropGen.Training.Tests.Training;

public sealed class CheckpointTests : IDisposable
{
    private readonly string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    public void Dispose() => File.Delete(path);

    [Fact]
    public void Stopped_at_any_step_and_resumed_it_is_as_if_it_had_never_stopped_whatever_the_optimizer()
    {
        Check(() => new PlainNet());
        Check(() => new MomentumNet());
        Check(() => new AdamNet());
        Check(() => new AdamWNet());
        Check(() => new RmsPropNet());
        Check(() => new AdagradNet());
        Check(() => new SummedNet());

        void Check<T>(Func<T> create)
            where T : ITargetTrainable
        {
            Trainer Train(T net) => new TargetTrainer<T>(net, Sets.Targets(11, 1), Sets.Targets(7, 2))
            {
                Epochs = 2,
                BatchSize = 3,
                Seed = 5,
                Schedule = LearningRateSchedule.OnPlateau(0.5, 0, Score.TrainingLoss).WithWarmUp(3),
                Clipping = net is AdamNet ? GradientClipping.ByNorm(0.5f) : null,
                EarlyStopping = new EarlyStopping(5),
                Metrics = { Metric.Rmse(), Metric.RSquared() },
            };
            CheckEveryStop(create, Train, 8);
        }
    }

    [Fact]
    public void Stopped_at_any_step_and_resumed_it_is_as_if_it_had_never_stopped_with_labels_too() => CheckEveryStop(
        () => new ClassNet(),
        net => new LabelTrainer<ClassNet>(net, Sets.Classes(11, 1), Sets.Classes(7, 2))
        {
            Epochs = 3,
            BatchSize = 4,
            Schedule = LearningRateSchedule.OneCycle(0.1),
            EarlyStopping = new EarlyStopping(1) { Score = Score.Of(Metric.Accuracy()) },
            Metrics = { Metric.Accuracy(), Metric.Precision(3) },
        },
        9);

    [Fact]
    public void Stopped_after_every_single_step_it_gets_there_too()
    {
        var expected = new AdamNet();
        Trainer Train(AdamNet net) => new TargetTrainer<AdamNet>(net, Sets.Targets(11, 1)) { Epochs = 3, BatchSize = 3, Schedule = LearningRateSchedule.Cosine() };
        TrainingResult whole = Train(expected).Run();
        var net = new AdamNet();
        TrainingResult result;
        int runs = 0;
        do
        {
            net = new AdamNet();
            Trainer trainer = Train(net);
            trainer.Checkpoints = new CheckpointOptions(path);
            result = StopAfter(trainer, 1);
            runs++;
        }
        while (result.Reason == StopReason.Cancelled);

        Same(expected, net);
        Same(whole, result);
        Assert.Equal(12, runs);
    }

    [Fact]
    public void A_training_that_is_done_is_done()
    {
        Trainer Train(AdamNet net, int epochs) => new TargetTrainer<AdamNet>(net, Sets.Targets(9, 1)) { Epochs = epochs, BatchSize = 3, Checkpoints = new CheckpointOptions(path) };
        var once = new AdamNet();
        TrainingResult first = Train(once, 2).Run();
        byte[] file = File.ReadAllBytes(path);
        var again = new AdamNet();
        again.Initialize(77);
        TrainingResult second = Train(again, 2).Run();

        Same(once, again);
        Same(first, second);
        Assert.Equal(file, File.ReadAllBytes(path));

        var longer = new AdamNet();
        Train(longer, 4).Run();
        var straight = new AdamNet();
        new TargetTrainer<AdamNet>(straight, Sets.Targets(9, 1)) { Epochs = 4, BatchSize = 3 }.Run();
        Same(straight, longer);
    }

    [Fact]
    public void Checkpoints_come_when_they_are_due()
    {
        var seen = new List<(int Epoch, int Step)>();
        Trainer trainer = new TargetTrainer<AdamNet>(new AdamNet(), Sets.Targets(10, 1)) { Epochs = 3, BatchSize = 2, Checkpoints = new CheckpointOptions(path) { EverySteps = 3, EveryEpochs = 2 } };
        string last = string.Empty;
        void Look()
        {
            string now = File.Exists(path) ? SafetensorsFile.Open(path).Metadata["training.epoch"] + " " + SafetensorsFile.Open(path).Metadata["training.step"] : string.Empty;
            if (now != last)
            {
                seen.Add((int.Parse(now.Split(' ')[0], null), int.Parse(now.Split(' ')[1], null)));
                last = now;
            }
        }

        trainer.Observers.Add(new StepObserver(_ => Look()));
        trainer.Observers.Add(new EpochObserver(_ => Look()));
        trainer.Run();
        Look();

        // A step's observers come before its checkpoint: 3, 6, 9, 12, 15 of all steps; epochs 2 and 3.
        Assert.Equal([(0, 3), (1, 1), (1, 4), (2, 0), (2, 2), (2, 5), (3, 0)], seen);
    }

    [Fact]
    public void Whoever_begins_anew_replaces_it()
    {
        File.WriteAllText(path, "no checkpoint");
        var net = new AdamNet();
        new TargetTrainer<AdamNet>(net, Sets.Targets(9, 1)) { Epochs = 1, BatchSize = 3, Checkpoints = new CheckpointOptions(path) { Resumes = false } }.Run();
        Assert.Equal("1", SafetensorsFile.Open(path).Metadata["training.epoch"]);
        Assert.Equal(3, net.StepCount);
    }

    [Fact]
    public void A_checkpoint_is_a_file_of_weights_too()
    {
        var net = new AdamNet();
        new TargetTrainer<AdamNet>(net, Sets.Targets(9, 1)) { Epochs = 1, BatchSize = 3, Checkpoints = new CheckpointOptions(path), EarlyStopping = new EarlyStopping(1) { RestoresBest = false } }.Run();
        var loaded = new AdamNet();
        loaded.Initialize(9);
        Weights.Load(loaded, path);
        Assert.Equal(net.Parameters.ToArray(), loaded.Parameters.ToArray());
    }

    [Fact]
    public void One_of_another_training_is_refused_with_all_that_differs()
    {
        Train(_ => { });
        Assert.Contains("BatchSize: found 3, expected 2", Refusal(t => t.BatchSize = 2), StringComparison.Ordinal);
        Assert.Contains("Seed: found 0, expected 4", Refusal(t => t.Seed = 4), StringComparison.Ordinal);
        Assert.Contains("Shuffles: found yes, expected no", Refusal(t => t.Shuffles = false), StringComparison.Ordinal);
        Assert.Contains("Metrics: found none, expected RMSE", Refusal(t => t.Metrics.Add(Metric.Rmse())), StringComparison.Ordinal);
        Assert.Contains("score: found loss (lower is better), expected training loss", Refusal(t => t.EarlyStopping = new EarlyStopping(1) { Score = Score.TrainingLoss, RestoresBest = false }), StringComparison.Ordinal);
        Assert.Contains("best weights kept: found no, expected yes", Refusal(t => t.EarlyStopping = new EarlyStopping(1)), StringComparison.Ordinal);
        Assert.Contains("values of the schedule's state: found 0, expected 4", Refusal(t => t.Schedule = LearningRateSchedule.OnPlateau()), StringComparison.Ordinal);
        Assert.Contains("training examples: found 9, expected 10", RefusalOf(new AdamNet(), Sets.Targets(10, 1)), StringComparison.Ordinal);
        Assert.Contains("hash of the training examples: found", RefusalOf(new AdamNet(), Sets.Targets(9, 2)), StringComparison.Ordinal);
        Assert.Contains("values of the optimizer's state: found", RefusalOf(new PlainNet(), Sets.Targets(9, 1)), StringComparison.Ordinal);
        Assert.Contains("Affine", RefusalOf(new HuberNet(), Sets.Targets(9, 1)), StringComparison.Ordinal);
        Assert.Contains("delete it or set Resumes = false", Refusal(t => t.Seed = 4), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_weights_alone_is_no_checkpoint()
    {
        Weights.Save(new AdamNet(), path);
        Assert.Contains("found a file without a training in it", Refusal(_ => { }), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_truncation_and_every_flipped_byte_is_found_and_changes_nothing()
    {
        Train(_ => { });
        byte[] whole = File.ReadAllBytes(path);
        for (int i = 0; i < whole.Length; i++)
        {
            File.WriteAllBytes(path, whole[..i]);
            Refusal(_ => { });
            byte[] flipped = [.. whole];
            flipped[i] ^= (byte)(1 << (i % 8));
            File.WriteAllBytes(path, flipped);
            Refusal(_ => { });
        }
    }

    [Fact]
    public void What_contradicts_itself_is_refused()
    {
        Train(_ => { });
        SafetensorsFile file = SafetensorsFile.Open(path);
        foreach ((string key, string value) in new[] { ("epoch", "5"), ("epoch", "-1"), ("step", "4"), ("step", "x"), ("learning_rate", "NaN"), ("best_epoch", "9"), ("history", "epoch"), ("version", "2") })
        {
            var writer = new SafetensorsWriter();
            Weights.AddTo(writer, new AdamNet());
            foreach (SafetensorsTensor tensor in file.Tensors.Where(t => t.Name.Contains('.', StringComparison.Ordinal)))
            {
                if (tensor.Type == SafetensorsType.F64)
                {
                    writer.Add(tensor.Name, new double[tensor.Length]);
                }
                else
                {
                    writer.Add(tensor.Name, new float[tensor.Length]);
                }
            }

            foreach ((string name, string text) in file.Metadata.Where(m => m.Key.StartsWith("training.", StringComparison.Ordinal)))
            {
                writer.AddMetadata(name, name == "training." + key ? value : text);
            }

            writer.Write(path);
            Refusal(_ => { });
        }
    }

    [Fact]
    public void A_training_that_diverged_leaves_the_checkpoint_from_before()
    {
        float[] inputs = Sets.Values(30, 1);
        inputs[20] = float.NaN;
        var set = new TargetExamples(inputs, 3, Sets.Values(20, 2), 2);
        TrainingResult result = new TargetTrainer<AdamNet>(new AdamNet(), set)
        {
            BatchSize = 1,
            Shuffles = false,
            ChecksExamples = false,
            Checkpoints = new CheckpointOptions(path) { EverySteps = 1 },
        }.Run();

        Assert.Equal(StopReason.Diverged, result.Reason);
        Assert.Equal("6", SafetensorsFile.Open(path).Metadata["training.step"]);
        Weights.Load(new AdamNet(), path);
    }

    private void Train(Action<Trainer> set)
    {
        var trainer = new TargetTrainer<AdamNet>(new AdamNet(), Sets.Targets(9, 1)) { Epochs = 1, BatchSize = 3, Checkpoints = new CheckpointOptions(path) };
        set(trainer);
        trainer.Run();
    }

    private string Refusal(Action<Trainer> set) => RefusalOf(new AdamNet(), Sets.Targets(9, 1), set);

    private string RefusalOf<T>(T net, TargetExamples examples, Action<Trainer>? set = null)
        where T : ITargetTrainable
    {
        var trainer = new TargetTrainer<T>(net, examples) { Epochs = 1, BatchSize = 3, Checkpoints = new CheckpointOptions(path) };
        set?.Invoke(trainer);
        net.Initialize(42);
        float[] parameters = net.Parameters.ToArray();
        float rate = net.LearningRate;
        string message = Assert.Throws<CheckpointException>(() => trainer.Run()).Message;
        Assert.Equal(parameters, net.Parameters.ToArray());
        Assert.All(net.OptimizerState.ToArray(), s => Assert.Equal(0, s));
        Assert.Equal((0, rate), (net.StepCount, net.LearningRate));
        Assert.Contains(path, message, StringComparison.Ordinal);
        return message;
    }

    private void CheckEveryStop<T>(Func<T> create, Func<T, Trainer> train, int steps)
        where T : ITrainable
    {
        T expected = create();
        TrainingResult whole = train(expected).Run();
        for (int stop = 1; stop <= steps; stop++)
        {
            // Stopped by a cancellation, and by a checkpoint after which the process is gone.
            foreach (bool cancels in new[] { true, false })
            {
                File.Delete(path);
                Trainer first = train(create());
                first.Checkpoints = new CheckpointOptions(path) { EverySteps = cancels ? 0 : 1, EveryEpochs = 0 };
                if (cancels)
                {
                    StopAfter(first, stop);
                }
                else
                {
                    int taken = 0;
                    first.Observers.Add(new StepObserver(_ =>
                    {
                        if (++taken == stop + 1)
                        {
                            throw new OperationCanceledException();
                        }
                    }));
                    try
                    {
                        first.Run();
                    }
                    catch (OperationCanceledException)
                    {
                        Assert.Equal(stop + 1, taken);
                    }
                }

                T net = create();
                net.Initialize(1234);
                Trainer second = train(net);
                second.Checkpoints = new CheckpointOptions(path);
                TrainingResult result = second.Run();

                Same(expected, net);
                Same(whole, result);
            }
        }
    }

    private static TrainingResult StopAfter(Trainer trainer, int steps)
    {
        using var source = new CancellationTokenSource();
        int taken = 0;
        trainer.Observers.Add(new StepObserver(_ =>
        {
            if (++taken == steps)
            {
                source.Cancel();
            }
        }));
        return trainer.Run(source.Token);
    }

    private static void Same(ITrainable expected, ITrainable actual)
    {
        Assert.Equal(expected.Parameters.ToArray(), actual.Parameters.ToArray());
        Assert.Equal(expected.OptimizerState.ToArray(), actual.OptimizerState.ToArray());
        Assert.Equal(expected.StepCount, actual.StepCount);
        Assert.Equal(expected.LearningRate, actual.LearningRate);
    }

    private static void Same(TrainingResult expected, TrainingResult actual)
    {
        static EpochResult[] Timeless(TrainingResult result) => [.. result.History.Select(e => e with { Duration = default, Metrics = [] })];
        Assert.Equal(expected.Reason, actual.Reason);
        Assert.Equal(Timeless(expected), Timeless(actual));
        Assert.Equal(expected.History.SelectMany(e => e.Metrics), actual.History.SelectMany(e => e.Metrics));
        Assert.Equal(expected.BestEpoch?.Number, actual.BestEpoch?.Number);
    }
}
