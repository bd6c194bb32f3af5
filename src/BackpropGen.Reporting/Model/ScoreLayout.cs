using System;

namespace BackpropGen.Reporting;

/// <summary>Where the scores of classes stand in an example's outputs. Immutable.</summary>
/// <param name="Classes">How many classes are told apart.</param>
/// <param name="Stride">From the score of one class to that of the next.</param>
/// <param name="Positions">How many classes are to be found, one at each position.</param>
internal sealed record ScoreLayout(int Classes, int Stride, int Positions)
{
    /// <summary>Of a network; null where it does not tell classes apart.</summary>
    public static ScoreLayout? Of(INetwork network) =>
        network is IDeclaredLoss { Classes: > 0 and int classes, ClassStride: int stride } ? new ScoreLayout(classes, stride, network.OutputSize / classes) : null;

    /// <summary>The scores at a position.</summary>
    /// <param name="values">An example's outputs, or what they should be.</param>
    /// <param name="position">In [0, <see cref="Positions"/>).</param>
    /// <param name="scores">Receives one per class.</param>
    public void Copy(ReadOnlySpan<float> values, int position, Span<float> scores)
    {
        int start = Stride == 1 ? position * Classes : position;
        for (int i = 0; i < Classes; i++)
        {
            scores[i] = values[start + i * Stride];
        }
    }
}
