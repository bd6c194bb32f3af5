namespace BackpropGen.Compiler;

/// <summary>A network that does not hold together: what is wrong, where, and the edits that mend it.</summary>
/// <param name="Id">The diagnostic's id, <c>BPG010</c>.</param>
/// <param name="Layer">The place of the attribute at fault in <see cref="NetworkDeclaration.Layers"/>.</param>
/// <param name="Argument">The argument at fault, null for the whole attribute.</param>
/// <param name="Message">What was given and what was expected: both sizes, both layers.</param>
/// <param name="Mends">Edits that mend it, the likeliest first.</param>
internal sealed record ShapeError(string Id, int Layer, string? Argument, string Message, EquatableArray<Mend> Mends);

/// <summary>An edit that mends an error: an argument gets a value, or, where <paramref name="Argument"/> is null, an attribute is inserted before.</summary>
/// <param name="Title">What the light bulb says.</param>
/// <param name="Layer">The place of the attribute to edit, or to insert before.</param>
/// <param name="Argument">The constructor parameter to give a value.</param>
/// <param name="Text">The new value, or the attribute to insert, as C#.</param>
internal sealed record Mend(string Title, int Layer, string? Argument, string Text);
