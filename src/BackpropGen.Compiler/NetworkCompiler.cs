using System.Collections.Generic;

namespace BackpropGen.Compiler;

/// <summary>The compiler's front door: from a declaration to errors, and from a declaration to C#.</summary>
internal static class NetworkCompiler
{
    /// <summary>The errors of a network, in the order of its attributes; none where it builds.</summary>
    public static IReadOnlyList<ShapeError> Check(IReadOnlyList<LayerDeclaration> layers) => ShapeWalk.Walk(layers).Errors;

    /// <summary>The C# of a network. Where it has errors, its members with bodies that throw.</summary>
    public static string Emit(NetworkDeclaration declaration)
    {
        (IReadOnlyList<ShapeError> errors, NetworkShape network) = ShapeWalk.Walk(declaration.Layers);
        return NetworkPrinter.Print(declaration, network, errors);
    }
}
