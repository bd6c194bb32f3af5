namespace BackpropGen.Editor;

/// <summary>An edit of one file that is made and taken back, again and again.</summary>
/// <param name="Name">What one types, for the table.</param>
/// <param name="File">The file's number.</param>
/// <param name="Before">What stands there.</param>
/// <param name="After">What stands there then.</param>
/// <param name="Limit">In milliseconds, what the generator may take; null where nothing was promised.</param>
internal sealed record Keystroke(string Name, int File, string Before, string After, double? Limit)
{
    private const double NoNetwork = 5;

    public static readonly Keystroke[] All =
    [
        new("without networks, in a body", SyntheticProject.Plain, "int sum = first;", "int sum = second;", NoNetwork),
        new("without networks, a parameter", SyntheticProject.Plain, "int first,", "int frist,", NoNetwork),
        new("without networks, a method's name", SyntheticProject.Plain, "int Method3(", "int MethodX(", NoNetwork),
        new("without networks, a type's name", SyntheticProject.Plain, "class Plain501", "class Plain5X1", null),
        new("with a network, in a body", SyntheticProject.Network, "Rate() => 1", "Rate() => 2", null),
        new("with a network, its rate", SyntheticProject.Network, "Adam(0.001f)", "Adam(0.002f)", null),
    ];
}
