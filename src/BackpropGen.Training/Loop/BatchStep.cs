using System;
using System.Runtime.CompilerServices;
using System.Threading;

namespace BackpropGen.Training;

/// <summary>Takes the steps of a training: those of one process here, of several in <see cref="SharedBatchStep"/>.</summary>
internal class BatchStep
{
    private readonly GradientClipping? clipping;

    public BatchStep(TrainingPlan plan)
    {
        Network = plan.Network;
        Batch = plan.Training;
        clipping = plan.Clipping;
    }

    protected ITrainable Network { get; }

    protected Batch Batch { get; }

    /// <summary>Whether <see cref="ITrainable.Gradients"/> are left as the step was taken with.</summary>
    public virtual bool LeavesGradients => clipping is not null;

    /// <summary>The examples of the batch that this process has.</summary>
    public virtual ReadOnlySpan<int> Share(ReadOnlySpan<int> batch) => batch;

    /// <summary>Whether the training is cancelled; to be asked before each step.</summary>
    public virtual bool IsCancelled(CancellationToken token) => token.IsCancellationRequested;

    /// <summary>A step on a batch; returns the loss from before it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public virtual double Take(ReadOnlySpan<int> batch, CancellationToken token)
    {
        Batch.Gather(batch);
        if (clipping is null)
        {
            return Batch.TrainStep();
        }

        float loss = Batch.Backward();
        ClipAndStep();
        return loss;
    }

    protected void ClipAndStep()
    {
        clipping?.Apply(Network.Gradients);
        Network.Step();
    }
}
