using System;

namespace Digits;

/// <summary>Pictures of digits, one after the other, and what they are.</summary>
/// <param name="width">Pixels in a row.</param>
/// <param name="height">Rows in a picture.</param>
/// <param name="pixels">Row by row, 0 (paper) to 1 (ink): [count, height, width].</param>
/// <param name="labels">The digits, 0 to 9: [count].</param>
internal sealed class Dataset(int width, int height, float[] pixels, int[] labels)
{
    public const int Classes = 10;

    public int Count => labels.Length;

    public int Width => width;

    public int Height => height;

    public ReadOnlySpan<float> Pixels => pixels;

    public ReadOnlySpan<int> Labels => labels;

    public ReadOnlySpan<float> Picture(int index) => pixels.AsSpan(index * width * height, width * height);

    public Dataset Slice(int start, int count) => new(
        width,
        height,
        pixels.AsSpan(start * width * height, count * width * height).ToArray(),
        labels.AsSpan(start, count).ToArray());
}

/// <summary>What to learn from and what to be examined on.</summary>
/// <param name="Origin">Where the digits come from, in words.</param>
internal sealed record DigitData(string Origin, Recipe Recipe, Dataset Train, Dataset Test);

/// <summary>Something that the user can mend. The message says where, what was found and what was expected.</summary>
internal sealed class UserErrorException(string message) : Exception(message);
