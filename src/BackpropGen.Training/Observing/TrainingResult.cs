using System.Collections.Generic;

namespace BackpropGen.Training;

/// <summary>How a training went, as a whole. Immutable.</summary>
/// <param name="Reason">Why it ended.</param>
/// <param name="History">Every epoch that was completed, in order, those before a checkpoint included.</param>
/// <param name="BestEpoch">The epoch with the best score, which is the one whose weights the network has where they were asked to be restored; null without an epoch.</param>
public sealed record TrainingResult(StopReason Reason, IReadOnlyList<EpochResult> History, EpochResult? BestEpoch)
{
    /// <summary>What went wrong, where <see cref="Reason"/> is <see cref="StopReason.Diverged"/>; null otherwise.</summary>
    public Divergence? Divergence { get; init; }
}
