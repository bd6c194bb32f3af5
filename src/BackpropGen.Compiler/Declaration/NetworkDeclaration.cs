namespace BackpropGen.Compiler;

/// <summary>
/// A network as it was written: equatable data, without symbols, syntax or locations, so that it can be cached.
/// </summary>
/// <param name="Namespace">The namespace as it stands in C# (escaped where needed), empty for the global one.</param>
/// <param name="Containers">The types that the class is nested in, outermost first.</param>
/// <param name="Class">The class's name as it stands in C# (<c>@class</c> where it is a keyword).</param>
/// <param name="MetadataName">The full metadata name, dots between namespaces and <c>+</c> before nested types: unique in the project.</param>
/// <param name="Layers">The attributes of the network, in the order in which they are written.</param>
/// <param name="Target">What the compilation can do.</param>
internal sealed record NetworkDeclaration(
    string Namespace,
    EquatableArray<ContainerDeclaration> Containers,
    string Class,
    string MetadataName,
    EquatableArray<LayerDeclaration> Layers,
    TargetCapabilities Target)
{
    /// <summary>The names of the members that the user's own parts of the class and its base classes have, unescaped and in order.</summary>
    public EquatableArray<string> OwnMembers { get; init; }
}

/// <param name="Keyword"><c>class</c>, <c>struct</c>, <c>interface</c>, <c>record</c> or <c>record struct</c>.</param>
/// <param name="Name">The name as it stands in C#.</param>
internal sealed record ContainerDeclaration(string Keyword, string Name);

/// <summary>One attribute of a network.</summary>
/// <param name="Kind">The attribute's name without its suffix: <c>Affine</c>.</param>
/// <param name="IsUnderstood">False where C# itself rejects the attribute: its shape is unknown.</param>
/// <param name="Arguments">The arguments that were given, constructor parameters and properties alike.</param>
internal sealed record LayerDeclaration(string Kind, bool IsUnderstood, EquatableArray<ArgumentDeclaration> Arguments);

/// <param name="Name">The constructor parameter (<c>inputs</c>) or property (<c>Bias</c>).</param>
/// <param name="Value">Its constant: an <c>int</c>, <c>long</c>, <c>float</c>, <c>bool</c> or <c>string</c>; an enumeration as <c>int</c>; null.</param>
internal sealed record ArgumentDeclaration(string Name, object? Value);

/// <summary>What the code that is emitted may use, read off the compilation and never guessed.</summary>
/// <param name="HasVectors">The runtime library that the compilation references offers vectors (net8.0 and later).</param>
/// <param name="HasFileTypes">The language has the <c>file</c> modifier (C# 11).</param>
/// <param name="IsLanguageSupported">The language is C# 9 or later. Before it, members that throw are all that is emitted.</param>
internal sealed record TargetCapabilities(bool HasVectors, bool HasFileTypes, bool IsLanguageSupported = true);
