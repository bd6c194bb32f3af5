namespace BackpropGen.Compiler;

/// <summary>A network that does not hold together: what is wrong, where, and the edits that mend it.</summary>
/// <param name="Id">The diagnostic's id, <c>BPG010</c>.</param>
/// <param name="Layer">The place of the attribute at fault in <see cref="NetworkDeclaration.Layers"/>.</param>
/// <param name="Argument">The argument at fault, null for the whole attribute.</param>
/// <param name="Message">What was given and what was expected: both sizes, both layers.</param>
/// <param name="Mends">Edits that mend it, the likeliest first.</param>
/// <param name="IsWarning">The network is emitted all the same.</param>
internal sealed record ShapeError(string Id, int Layer, string? Argument, string Message, EquatableArray<Mend> Mends, bool IsWarning = false);
