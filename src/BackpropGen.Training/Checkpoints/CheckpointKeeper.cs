using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;

namespace BackpropGen.Training;

/// <summary>
/// Goes on from a checkpoint, and writes the next ones. Of several processes the first alone touches the file: it gives the others what it
/// read, or its network where there is nothing to go on from.
/// </summary>
internal sealed class CheckpointKeeper(TrainingPlan plan, TrainingProgress progress)
{
    // In place of a file's length.
    private const long NoFile = -1;
    private const long Unreadable = -2;

    private readonly CheckpointOptions? options = plan.Checkpoints;
    private readonly TrainingIdentity? identity = plan.Checkpoints is null && plan.Collective is null ? null : new TrainingIdentity(plan);
    private (int Epoch, int Step)? kept;

    /// <summary>Whether a checkpoint is due after the step that was just taken: the same in all processes.</summary>
    public bool IsDueAfterStep =>
        options is { EverySteps: > 0 } && (((long)progress.Epoch * plan.StepsPerEpoch) + progress.Step) % options.EverySteps == 0;

    /// <summary>Whether a checkpoint is due after the epoch that was just completed.</summary>
    public bool IsDueAfterEpoch => options is { EveryEpochs: > 0 } && progress.Epoch % options.EveryEpochs == 0;

    /// <summary>Goes on from the checkpoint, where there is one.</summary>
    public void Start()
    {
        if (identity is null)
        {
            return;
        }

        AgreeOnIdentity();
        if (ReadFile() is { } file)
        {
            Checkpoint.Restore(file, options?.Path ?? "of process 0", plan, progress, identity);
            kept = (progress.Epoch, progress.Step);
        }
        else if (plan.Collective is { } collective)
        {
            BroadcastNetwork(collective);
        }
    }

    /// <summary>Writes a checkpoint, where they are kept and this is not in it already.</summary>
    public void Keep()
    {
        if (options is null || !plan.IsFirst || kept == (progress.Epoch, progress.Step))
        {
            return;
        }

        Checkpoint.Write(plan, progress, identity!).Write(options.Path);
        kept = (progress.Epoch, progress.Step);
    }

    // Processes that train on different examples, or with different settings, would go apart without a word.
    private void AgreeOnIdentity()
    {
        if (plan.Collective is not { } collective)
        {
            return;
        }

        string mine = identity + FormattableString.Invariant($"; fingerprint: {plan.Network.Fingerprint}; Epochs: {plan.Epochs}; EverySteps: {options?.EverySteps}");
        byte[] own = Encoding.UTF8.GetBytes(mine);
        Span<long> length = [own.Length];
        collective.Broadcast(MemoryMarshal.AsBytes(length));
        var first = new byte[length[0]];
        own.AsSpan(0, Math.Min(own.Length, first.Length)).CopyTo(first);
        collective.Broadcast(first);
        bool differs = !own.AsSpan().SequenceEqual(first);
        Span<double> different = [differs ? 1 : 0];
        collective.Sum(different);
        if (different[0] > 0)
        {
            throw new ArgumentException(
                differs
                    ? $"Process {collective.Rank} trains otherwise than process 0: found {mine}; expected {Encoding.UTF8.GetString(first)}."
                    : FormattableString.Invariant($"{different[0]} of {collective.Size} processes train otherwise than process 0: examples and settings must be the same in each."),
                nameof(Trainer.Collective));
        }
    }

    private byte[]? ReadFile()
    {
        byte[]? bytes = null;
        Exception? failure = null;
        if (plan.IsFirst && options is { Resumes: true } && File.Exists(options.Path))
        {
            try
            {
                bytes = File.ReadAllBytes(options.Path);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException && plan.Collective is not null)
            {
                failure = e;
            }
        }

        if (plan.Collective is not { } collective)
        {
            return bytes;
        }

        Span<long> length = [failure is not null ? Unreadable : bytes?.LongLength ?? NoFile];
        collective.Broadcast(MemoryMarshal.AsBytes(length));
        if (length[0] == Unreadable)
        {
            throw new CheckpointException($"Process 0 cannot read the checkpoint {options?.Path}: {failure?.Message ?? "it says why."}", failure!);
        }

        if (length[0] == NoFile)
        {
            return null;
        }

        bytes ??= new byte[length[0]];
        collective.Broadcast(bytes);
        return bytes;
    }

    private void BroadcastNetwork(ICollective collective)
    {
        ITrainable network = plan.Network;
        collective.Broadcast(MemoryMarshal.AsBytes(network.Parameters));
        collective.Broadcast(MemoryMarshal.AsBytes(network.Buffers));
        collective.Broadcast(MemoryMarshal.AsBytes(network.OptimizerState));
        Span<double> rate = [network.LearningRate];
        Span<long> steps = [network.StepCount];
        collective.Broadcast(MemoryMarshal.AsBytes(rate));
        collective.Broadcast(MemoryMarshal.AsBytes(steps));
        network.LearningRate = (float)rate[0];
        network.StepCount = steps[0];
        progress.BaseRate = network.LearningRate;
    }
}
