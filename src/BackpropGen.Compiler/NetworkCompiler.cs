using System.Collections.Generic;
using System.Globalization;

namespace BackpropGen.Compiler;

/// <summary>The compiler's front door: from a declaration to errors, and from a declaration to C#.</summary>
internal static class NetworkCompiler
{
    /// <summary>The errors of a network, in the order of its attributes; none where it builds.</summary>
    public static IReadOnlyList<ShapeError> Check(IReadOnlyList<LayerDeclaration> layers)
    {
        (IReadOnlyList<ShapeError> errors, NetworkShape network) = ShapeWalk.Walk(layers);
        return errors.Count > 0 || !network.IsComplete ? errors : CheckWorkspace(network);
    }

    /// <summary>The C# of a network. Where it has errors, its members with bodies that throw.</summary>
    public static string Emit(NetworkDeclaration declaration)
    {
        (IReadOnlyList<ShapeError> errors, NetworkShape network) = ShapeWalk.Walk(declaration.Layers);
        if (errors.Count == 0 && network.IsComplete)
        {
            errors = CheckWorkspace(network);
        }

        string? obstacle = errors.Count > 0 ? $"{errors[0].Id}: {errors[0].Message}"
            : network.IsComplete ? null
            : "An attribute of this network is not understood.";
        return NetworkPrinter.Print(declaration, network, obstacle);
    }

    // Only the plan knows what a sample takes.
    private static IReadOnlyList<ShapeError> CheckWorkspace(NetworkShape network)
    {
        if (network.Workspace is not { } samples)
        {
            return [];
        }

        long floats = NetworkPlan.For(Network.Define(network), new TargetCapabilities(HasVectors: false, HasFileTypes: false)).WorkspaceFloats;
        return floats <= NetworkLimits.MaxFloats
            ? []
            : [new ShapeError(
                "BPG011",
                network.WorkspacePlace,
                "samples",
                string.Format(CultureInfo.InvariantCulture, "Workspace({0}): samples must be at most {1} for this network, which takes {2} values per sample", samples, NetworkLimits.MaxFloats / (floats / samples), floats / samples),
                default)];
    }
}
