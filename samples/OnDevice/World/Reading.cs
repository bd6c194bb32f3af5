using System;

namespace OnDevice;

/// <summary>What the sensor says: the logarithms of three resistances in kΩ, and what the two simple sensors beside them say.</summary>
internal readonly record struct Reading(float First, float Second, float Third, float Temperature, float Humidity)
{
    /// <summary>How many numbers that is.</summary>
    public const int Size = 5;

    public void CopyTo(Span<float> values)
    {
        values[0] = First;
        values[1] = Second;
        values[2] = Third;
        values[3] = Temperature;
        values[4] = Humidity;
    }
}
