namespace BackpropGen.Compiler;

/// <summary>What the run time can hold.</summary>
internal static class NetworkLimits
{
    /// <summary>Elements of one tensor store: an array's limit, less what alignment takes.</summary>
    public const int MaxFloats = 0x7FFFFFC7 / 4;
}
