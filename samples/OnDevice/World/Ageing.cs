namespace OnDevice;

/// <summary>What becomes of a sensor in the field.</summary>
internal enum Ageing
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Dust in the filter that the elements share: all of them see less gas, by the same factor.</summary>
    Filter,

    /// <summary>Each element ages in its own way: its resistance, its sensitivity, what temperature does to it.</summary>
    Elements,
}
