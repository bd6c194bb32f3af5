namespace BackpropGen.Compiler;

/// <summary>How a method was passed a tensor's values of all samples.</summary>
/// <param name="Name">The parameter.</param>
/// <param name="IsSpan">It is a span; otherwise a reference of the first value.</param>
internal readonly record struct Passed(string Name, bool IsSpan)
{
    /// <summary>The first value.</summary>
    public string Start => IsSpan ? $"MemoryMarshal.GetReference({Name})" : Name;

    /// <summary>The value behind so many others.</summary>
    public string At(string offset) => IsSpan ? $"ElementAt({Name}, {offset})" : $"Unsafe.Add(ref {Name}, {offset})";
}
