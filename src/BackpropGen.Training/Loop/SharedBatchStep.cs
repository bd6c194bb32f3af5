using System;
using System.Threading;

namespace BackpropGen.Training;

/// <summary>
/// A step of several processes, each on its part of the batch: the gradients of a mean count as many times as the part has examples,
/// those of a sum as they are; then they are summed, clipped and stepped with, everywhere alike. They agree during each step whether
/// to go on to the next: a process that is cancelled ends all of them, one step later than it would end by itself.
/// </summary>
internal sealed class SharedBatchStep : BatchStep
{
    private readonly ICollective collective;
    private readonly bool isSum;

    // What the processes tell each other after each step: the loss, and how many of them were cancelled.
    private readonly double[] told = new double[2];
    private bool isCancelled;
    private bool hasAgreed;

    public SharedBatchStep(TrainingPlan plan, ICollective collective)
        : base(plan)
    {
        this.collective = collective;
        isSum = plan.Reduction == Reduction.Sum;
    }

    public override bool LeavesGradients => true;

    public override ReadOnlySpan<int> Share(ReadOnlySpan<int> batch) => ShareOf(batch, collective);

    /// <summary>One process's part of some examples: as many as the others', give or take one; none where there are fewer than processes.</summary>
    public static ReadOnlySpan<int> ShareOf(ReadOnlySpan<int> examples, ICollective collective)
    {
        int start = (int)((long)examples.Length * collective.Rank / collective.Size);
        int end = (int)((long)examples.Length * (collective.Rank + 1) / collective.Size);
        return examples[start..end];
    }

    public override bool IsCancelled(CancellationToken token)
    {
        // Before the first step nobody has told anything yet.
        if (!hasAgreed)
        {
            told[0] = 0;
            Agree(token);
        }

        return isCancelled;
    }

    public override double Take(ReadOnlySpan<int> batch, CancellationToken token)
    {
        ReadOnlySpan<int> share = Share(batch);
        Batch.Gather(share);
        told[0] = 0;
        if (share.IsEmpty)
        {
            Network.Gradients.Clear();
        }
        else
        {
            double weight = isSum ? 1 : (double)share.Length / batch.Length;
            told[0] = Batch.Backward() * weight;
            Scale(Network.Gradients, (float)weight);
        }

        collective.Sum(Network.Gradients);
        Agree(token);
        ClipAndStep();
        return told[0];
    }

    private void Agree(CancellationToken token)
    {
        told[1] = token.IsCancellationRequested ? 1 : 0;
        collective.Sum(told.AsSpan());
        isCancelled = told[1] > 0;
        hasAgreed = true;
    }

    private static void Scale(Span<float> values, float factor)
    {
        if (factor == 1)
        {
            return;
        }

        Span<System.Numerics.Vector<float>> vectors = System.Runtime.InteropServices.MemoryMarshal.Cast<float, System.Numerics.Vector<float>>(values);
        var factors = new System.Numerics.Vector<float>(factor);
        for (int i = 0; i < vectors.Length; i++)
        {
            vectors[i] *= factors;
        }

        foreach (ref float value in values[(vectors.Length * System.Numerics.Vector<float>.Count)..])
        {
            value *= factor;
        }
    }
}
