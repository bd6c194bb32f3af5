using Samples;

namespace Digits;

/// <summary>A data set, and how to train on it.</summary>
internal sealed record DigitTask(DigitData Data, Recipe Recipe);
