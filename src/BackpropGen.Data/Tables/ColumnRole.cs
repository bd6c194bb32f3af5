namespace BackpropGen.Data;

/// <summary>What a column is for.</summary>
public enum ColumnRole
{
    /// <summary>It goes into the network.</summary>
    Input,

    /// <summary>The network is to give its numbers.</summary>
    Target,

    /// <summary>The network is to tell its classes apart.</summary>
    Label,
}
