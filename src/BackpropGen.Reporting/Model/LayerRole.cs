namespace BackpropGen.Reporting;

/// <summary>What one of a network's attributes is in it.</summary>
internal enum LayerRole
{
    /// <summary>The input's shape.</summary>
    Input,

    /// <summary>A layer.</summary>
    Layer,

    /// <summary>The loss.</summary>
    Loss,

    /// <summary>The optimizer.</summary>
    Optimizer,
}
