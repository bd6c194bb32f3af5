namespace BackpropGen.Generator;

/// <summary>The generator's named steps, whose reasons to run a test asserts.</summary>
internal static class TrackingNames
{
    /// <summary>From every class that may be a network, by its attributes' names, to its declaration or null.</summary>
    public const string Parse = nameof(Parse);

    /// <summary>The networks among them: what is emitted.</summary>
    public const string Networks = nameof(Networks);
}
