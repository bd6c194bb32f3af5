using System;

namespace BackpropGen.Reporting;

/// <summary>How an example's input is a picture, so that the report can show it. Immutable.</summary>
/// <param name="Width">Pixels per row, at least 1.</param>
/// <param name="Height">Rows, at least 1.</param>
/// <param name="Channels">1 (grey) or 3 (red, green, blue).</param>
/// <param name="Minimum">The value that is black.</param>
/// <param name="Maximum">The value that is white, or the channel's full strength; more than <paramref name="Minimum"/>.</param>
/// <remarks>An input is [channels, height, width], row-major: as everywhere, the channel first.</remarks>
public sealed record ImageLayout(int Width, int Height, int Channels = 1, float Minimum = 0, float Maximum = 1)
{
    /// <summary>Values per picture.</summary>
    public long Size => (long)Channels * Height * Width;

    internal void Check(int inputSize)
    {
        if (Width < 1 || Height < 1 || Channels is not (1 or 3))
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"A picture of {Width} × {Height} pixels and {Channels} channels; expected at least 1 × 1, with 1 channel (grey) or 3 (red, green, blue)."));
        }

        if (!(Maximum > Minimum) || !float.IsFinite(Maximum - Minimum))
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"A picture's values from {Minimum} (black) to {Maximum} (white); expected two finite numbers, the second the larger."));
        }

        if (Size != inputSize)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"A picture of {Width} × {Height} pixels and {Channels} channel(s) has {Size} values, but the network takes {inputSize}."));
        }
    }
}
