namespace BackpropGen.Training;

/// <summary>What the outputs are that a metric looks at. Immutable.</summary>
/// <param name="OutputSize">Values per sample that come out of the network.</param>
/// <param name="HasLabels">Whether there are labels to compare with, and not target values.</param>
/// <param name="Classes">How many classes an output tells apart: with targets in place of labels, <paramref name="OutputSize"/>.</param>
/// <param name="ClassStride">From the score of one class to that of the next in a sample's output.</param>
/// <param name="Origin">The first example's target, where there are targets: a point among the targets to measure them from.</param>
public sealed record MetricShape(int OutputSize, bool HasLabels, int Classes, int ClassStride, float[] Origin)
{
    /// <summary>How many classes a sample has, one at each position.</summary>
    public int Positions => OutputSize / Classes;
}
