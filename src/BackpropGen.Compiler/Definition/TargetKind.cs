namespace BackpropGen.Compiler;

/// <summary>What a loss compares the output with.</summary>
internal enum TargetKind
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A value per output.</summary>
    Values,

    /// <summary>A value per output, or a class index per sample.</summary>
    ValuesOrLabels,
}
