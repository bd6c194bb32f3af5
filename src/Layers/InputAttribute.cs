namespace BackpropGen;

/// <summary>The shape of a sample, first of all attributes; needed only where the first layer does not fix it.</summary>
public sealed class InputAttribute : NetworkAttribute
{
    /// <summary>A flat vector: X is [n, <paramref name="features"/>].</summary>
    /// <param name="features">Values per sample, at least 1.</param>
    public InputAttribute(int features) => Shape = [features];

    /// <summary>A sequence: X is [n, <paramref name="time"/>, <paramref name="features"/>].</summary>
    /// <param name="time">Steps per sample, at least 1.</param>
    /// <param name="features">Values per step, at least 1.</param>
    public InputAttribute(int time, int features) => Shape = [time, features];

    /// <summary>An image: X is [n, <paramref name="channels"/>, <paramref name="height"/>, <paramref name="width"/>].</summary>
    /// <param name="channels">Channels per sample, at least 1.</param>
    /// <param name="height">Rows per channel, at least 1.</param>
    /// <param name="width">Columns per channel, at least 1.</param>
    public InputAttribute(int channels, int height, int width) => Shape = [channels, height, width];

    internal int[] Shape { get; }
}
