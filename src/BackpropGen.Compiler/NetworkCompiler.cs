using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>The compiler's front door: from a declaration to errors, and from a declaration to C#.</summary>
internal static class NetworkCompiler
{
    /// <summary>The errors and warnings of a network, in the order of its attributes; none where all is well.</summary>
    public static IReadOnlyList<ShapeError> Check(NetworkDeclaration declaration) => Examine(declaration).Errors;

    /// <summary>The same for attributes that stand on no class yet.</summary>
    public static IReadOnlyList<ShapeError> Check(IReadOnlyList<LayerDeclaration> layers) => Check(new NetworkDeclaration(
        string.Empty, default, "Network", "Network", layers.ToEquatableArray(), new TargetCapabilities(HasVectors: false, HasFileTypes: false)));

    /// <summary>The user's own members whose names the network needs for itself.</summary>
    public static IReadOnlyList<TakenName> CheckNames(NetworkDeclaration declaration) =>
        TakenNames.Of(declaration, ShapeWalk.Walk(declaration.Layers).Network);

    /// <summary>What is known of a network's layers, be the rest of it as it may.</summary>
    public static IReadOnlyList<PlacedLayer> Layers(NetworkDeclaration declaration) => ShapeWalk.Walk(declaration.Layers).Network.Layers;

    /// <summary>The C# of a network. Where it has errors, its members with bodies that throw.</summary>
    public static string Emit(NetworkDeclaration declaration)
    {
        (IReadOnlyList<ShapeError> errors, NetworkShape network) = Examine(declaration);
        IReadOnlyList<TakenName> taken = TakenNames.Of(declaration, network);
        string? obstacle = !declaration.Target.IsLanguageSupported ? "BPG006: Networks need C# 9 or later."
            : taken.Count > 0 ? $"BPG004: '{taken[0].Name}' {taken[0].Why}."
            : errors.FirstOrDefault(e => !e.IsWarning) is { } error ? $"{error.Id}: {error.Message}"
            : network.IsComplete ? null
            : "An attribute of this network is not understood.";
        return NetworkPrinter.Print(declaration, network, obstacle, taken.Select(t => t.Generated).OfType<string>().ToArray());
    }

    private static (IReadOnlyList<ShapeError> Errors, NetworkShape Network) Examine(NetworkDeclaration declaration)
    {
        (IReadOnlyList<ShapeError> errors, NetworkShape network) = ShapeWalk.Walk(declaration.Layers);
        IEnumerable<ShapeError> found = LossCheck.Warnings(declaration, network);

        // What the plan alone can tell, and only where somebody asks: it is made anew at every keystroke.
        if (network.IsComplete && errors.Count == 0 && (network.Workspace is not null || network.Budget is not null))
        {
            NetworkPlan plan = NetworkPlan.For(Network.Define(network), declaration.Target);
            ShapeError[] workspace = CheckWorkspace(network, plan).ToArray();
            found = found.Concat(workspace.Length > 0
                ? workspace
                : BudgetCheck.Errors(declaration, network, plan, () => NetworkPrinter.Print(declaration, network, obstacle: null, [])));
        }

        return (errors.Concat(found).OrderBy(e => e.Layer).ToArray(), network);
    }

    private static IEnumerable<ShapeError> CheckWorkspace(NetworkShape network, NetworkPlan plan)
    {
        if (network.Workspace is { } samples && plan.WorkspaceFloats > NetworkLimits.MaxFloats)
        {
            long perSample = plan.WorkspaceFloats / samples;
            yield return new ShapeError(
                "BPG011",
                network.WorkspacePlace,
                "samples",
                string.Format(CultureInfo.InvariantCulture, "Workspace({0}): samples must be at most {1} for this network, which takes {2} values per sample", samples, NetworkLimits.MaxFloats / perSample, perSample),
                default);
        }
    }
}
