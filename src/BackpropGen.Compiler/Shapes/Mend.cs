namespace BackpropGen.Compiler;

/// <summary>One edit of a network's attributes that mends an error.</summary>
/// <param name="Kind">What is edited.</param>
/// <param name="Title">What the light bulb says.</param>
/// <param name="Layer">The place of the attribute to edit, or to insert before.</param>
/// <param name="Argument">The constructor parameter that gets a value; null where the attribute itself is edited.</param>
/// <param name="Text">The new value, the attribute to insert, or the attribute's new name, as C#; empty where it is removed.</param>
internal sealed record Mend(MendKind Kind, string Title, int Layer, string? Argument, string Text);

internal enum MendKind
{
    /// <summary>An argument gets another value.</summary>
    SetArgument,

    /// <summary>An attribute is inserted before the layer's.</summary>
    Insert,

    /// <summary>The attribute gets another name and keeps its arguments.</summary>
    Rename,

    /// <summary>The attribute is removed.</summary>
    Remove,
}
