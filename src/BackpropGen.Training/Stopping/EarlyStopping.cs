using System;

namespace BackpropGen.Training;

/// <summary>Ends a training when its score has not got better for so many epochs. Immutable.</summary>
/// <remarks>L. Prechelt, "Early Stopping - But When?", 1998.</remarks>
public sealed record EarlyStopping
{
    private readonly double minimumDelta;

    /// <summary>Stops after so many epochs in a row whose score is no better than the best before them.</summary>
    /// <param name="patience">How many, at least 1; <see cref="int.MaxValue"/> never stops, and still keeps the best weights.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="patience"/> is below 1.</exception>
    public EarlyStopping(int patience)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(patience, 1);
        Patience = patience;
    }

    /// <summary>Epochs without a better score after which the training ends.</summary>
    public int Patience { get; }

    /// <summary>What should get better; by default the validation loss, without validation the training loss.</summary>
    public Score Score { get; init; } = Score.Loss;

    /// <summary>By how much a score must be better than the best to count as better, in the score's own unit; 0 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, infinite or not a number.</exception>
    public double MinimumDelta
    {
        get => minimumDelta;
        init
        {
            Require.NotNegative(value);
            minimumDelta = value;
        }
    }

    /// <summary>
    /// Whether the network has the weights of the best epoch when the training ends, by itself or early or because it diverged; by default
    /// it has. A cancelled training leaves them as they were at its last step.
    /// </summary>
    public bool RestoresBest { get; init; } = true;
}
