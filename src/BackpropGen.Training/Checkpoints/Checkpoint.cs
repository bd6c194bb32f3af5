using System;
using System.Collections.Generic;
using System.Globalization;

namespace BackpropGen.Training;

/// <summary>A training in a file: a network's weights as <see cref="Weights"/> writes them, and under names with a dot what else it takes to go on.</summary>
internal sealed class Checkpoint
{
    private const string Version = "1";
    private const string Prefix = "training.";
    private const string OptimizerState = "optimizer.state";
    private const string ScheduleState = "schedule.state";
    private const string Best = "best.";
    private const string BestBuffers = "best.buffers";

    private readonly SafetensorsFile file;

    private Checkpoint(SafetensorsFile file) => this.file = file;

    /// <summary>The file of a training as it is.</summary>
    public static SafetensorsWriter Write(TrainingPlan plan, TrainingProgress progress, TrainingIdentity identity)
    {
        ITrainable network = plan.Network;
        var writer = new SafetensorsWriter();
        Weights.AddTo(writer, network);
        writer.Add<float>(OptimizerState, () => network.OptimizerState, network.OptimizerState.Length);
        writer.Add(ScheduleState, progress.ScheduleState);
        if (progress.BestParameters is { } best)
        {
            foreach (NetworkTensor tensor in network.Tensors)
            {
                writer.Add(Best + tensor.Name, (ReadOnlyMemory<float>)best.AsMemory(tensor.Offset, tensor.Length), [.. tensor.Shape]);
            }

            writer.Add(BestBuffers, progress.BestBuffers!);
        }

        void Text(string key, IFormattable value) => writer.AddMetadata(Prefix + key, value.ToString(null, CultureInfo.InvariantCulture));
        writer.AddMetadata(Prefix + "version", Version);
        Text("epoch", progress.Epoch);
        Text("step", progress.Step);
        Text("loss_sum", progress.LossSum);
        Text("elapsed_ticks", progress.Elapsed.Ticks);
        Text("base_rate", progress.BaseRate);
        Text("learning_rate", network.LearningRate);
        Text("step_count", network.StepCount);
        Text("best_score", progress.BestScore);
        Text("best_epoch", progress.BestEpoch);
        Text("waited", progress.Waited);
        writer.AddMetadata(Prefix + "history", TrainingHistory.ToCsv(progress.History));
        foreach ((string key, string value) in identity.Entries)
        {
            writer.AddMetadata(Prefix + key, value);
        }

        return writer;
    }

    /// <summary>Goes on from a file: checks all of it, and only then changes network and progress.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="path">Where it is from, for messages.</param>
    /// <param name="plan">The training that is to go on.</param>
    /// <param name="progress">Receives how far it is.</param>
    /// <param name="identity">What must be the same.</param>
    /// <exception cref="CheckpointException">It is damaged, or of another training. Nothing was changed.</exception>
    public static void Restore(ReadOnlyMemory<byte> bytes, string path, TrainingPlan plan, TrainingProgress progress, TrainingIdentity identity)
    {
        try
        {
            var checkpoint = new Checkpoint(SafetensorsFile.Read(bytes));
            checkpoint.Restore(plan, progress, identity);
        }
        catch (Exception e) when (e is WeightsFormatException or FormatException or OverflowException or CheckpointException)
        {
            throw new CheckpointException(
                $"The checkpoint {path} cannot be gone on from: {e.Message} To begin anew, delete it or set Resumes = false.", e);
        }
    }

    private void Restore(TrainingPlan plan, TrainingProgress progress, TrainingIdentity identity)
    {
        ITrainable network = plan.Network;
        if (!file.IsFromBackpropGen || Find("version") != Version)
        {
            throw new CheckpointException($"found {(Find("version") is { } version ? $"a checkpoint of version {version}" : "a file without a training in it")}, expected a checkpoint of version {Version}.");
        }

        Weights.Check(network, file);
        if (identity.DifferenceFrom(Find) is { } difference)
        {
            throw new CheckpointException($"it is of another training ({difference}).");
        }

        int epoch = Int32("epoch", 0, int.MaxValue);
        int step = Int32("step", 0, plan.StepsPerEpoch);
        double lossSum = Real("loss_sum");
        long elapsed = Int64("elapsed_ticks");
        double baseRate = Real("base_rate");
        float learningRate = (float)Real("learning_rate");
        long stepCount = Int64("step_count");
        double bestScore = Real("best_score");
        IReadOnlyList<EpochResult> history = TrainingHistory.FromCsv(Text("history"));
        int bestEpoch = Int32("best_epoch", 0, history.Count);
        int waited = Int32("waited", 0, int.MaxValue);
        if (history.Count != epoch || !(learningRate >= 0 && float.IsFinite(learningRate)) || elapsed < 0)
        {
            throw new CheckpointException(FormattableString.Invariant(
                $"it contradicts itself: {epoch} epochs with a history of {history.Count}, a learning rate of {learningRate}, {elapsed} ticks."));
        }

        var optimizerState = new float[network.OptimizerState.Length];
        file.Read<float>(OptimizerState, optimizerState);
        var scheduleState = new double[progress.ScheduleState.Length];
        file.Read<double>(ScheduleState, scheduleState);
        float[]? best = null;
        float[]? bestBuffers = null;
        if (plan.EarlyStopping is { RestoresBest: true } && bestEpoch > 0)
        {
            best = new float[network.Parameters.Length];
            bestBuffers = new float[network.Buffers.Length];
            foreach (NetworkTensor tensor in network.Tensors)
            {
                file.Read<float>(Best + tensor.Name, best.AsSpan(tensor.Offset, tensor.Length));
            }

            file.Read<float>(BestBuffers, bestBuffers);
        }

        // All of it is right: from here on nothing fails.
        Weights.Load(network, file);
        optimizerState.CopyTo(network.OptimizerState);
        network.LearningRate = learningRate;
        network.StepCount = stepCount;
        progress.Epoch = epoch;
        progress.Step = step;
        progress.LossSum = lossSum;
        progress.Elapsed = TimeSpan.FromTicks(elapsed);
        progress.BaseRate = baseRate;
        progress.BestScore = bestScore;
        progress.BestEpoch = bestEpoch;
        progress.Waited = waited;
        scheduleState.CopyTo(progress.ScheduleState, 0);
        progress.BestParameters = best;
        progress.BestBuffers = bestBuffers;
        progress.History.AddRange(history);
    }

    private string? Find(string key) => file.Metadata.GetValueOrDefault(Prefix + key);

    private string Text(string key) => Find(key) ?? throw new CheckpointException($"it has no '{Prefix}{key}' among its metadata.");

    private double Real(string key) => double.TryParse(Text(key), NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
        ? value
        : throw new CheckpointException($"'{Prefix}{key}' is '{Text(key)}', expected a number.");

    private long Int64(string key) => long.TryParse(Text(key), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value) && value >= 0
        ? value
        : throw new CheckpointException($"'{Prefix}{key}' is '{Text(key)}', expected a whole number, 0 or more.");

    private int Int32(string key, int low, int high)
    {
        long value = Int64(key);
        return value >= low && value <= high
            ? (int)value
            : throw new CheckpointException(FormattableString.Invariant($"'{Prefix}{key}' is {value}, expected a number in [{low}, {high}]."));
    }
}
