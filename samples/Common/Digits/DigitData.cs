using System.Collections.Generic;
using System.Linq;
using BackpropGen.Data;

namespace Samples;

/// <summary>What to learn from and what to be examined on: pictures row by row, 0 (paper) to 1 (ink).</summary>
/// <param name="Origin">Where the digits come from, in words.</param>
/// <param name="Side">Pixels in a row, and rows in a picture.</param>
/// <param name="Train">What to learn from.</param>
/// <param name="Test">What to be examined on.</param>
internal sealed record DigitData(string Origin, int Side, LabelExamples Train, LabelExamples Test)
{
    /// <summary>The ten digits.</summary>
    public static readonly IReadOnlyList<string> Classes = [.. Enumerable.Range(0, 10).Select(digit => $"{digit}")];
}
