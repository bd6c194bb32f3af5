namespace BackpropGen.Compiler;

/// <summary>So many of a tile's outputs, and when they are worked on.</summary>
/// <param name="Outputs">How many there are up to here.</param>
/// <param name="When">Where those behind the stage before are worked on, as C# that is a constant to the JIT; null for everywhere.</param>
/// <param name="LastWhen">Where these are the last, so that a loop may go on, as C# that the JIT knows before it reads what comes then; null for nowhere.</param>
internal sealed record Stage(int Outputs, string? When = null, string? LastWhen = null);
