using System.Collections.Generic;
using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>BPG016: a loss that does not fit the layer before it, by what the two say of themselves.</summary>
internal static class LossCheck
{
    public static IEnumerable<ShapeError> Warnings(NetworkShape network)
    {
        // An attribute that is not understood may be what lies between.
        if (!network.IsComplete || network.Loss is not { } loss)
        {
            yield break;
        }

        PlacedLayer[] before = network.Layers.Where(layer => layer.Place < loss.Place).ToArray();
        if (before.LastOrDefault(layer => layer.Attribute.Gives is not null) is { Attribute.Gives: { } given } layer && loss.Attribute.Judge(given) is { } misfit)
        {
            yield return new ShapeError(
                "BPG016",
                loss.Place,
                null,
                $"{loss.Description} expects {misfit.Expected}, but {layer.Description} before it gives {given.InWords(layer.Output)}",
                misfit.Remedies.Select(remedy => Mend(remedy, loss, layer)).ToEquatableArray(),
                IsWarning: true);
        }
    }

    private static Mend Mend(Remedy remedy, PlacedLoss loss, PlacedLayer layer)
    {
        string other = remedy.Replacement is { } type ? LayerRegistry.KindOf(type) : string.Empty;
        return remedy.Kind switch
        {
            RemedyKind.RemoveLayer => new Mend(MendKind.Remove, $"Remove {layer.Description}", layer.Place, null, string.Empty),
            RemedyKind.ReplaceLayer => new Mend(MendKind.Rename, $"Use {other} instead of {layer.Description}", layer.Place, null, other),
            _ => new Mend(MendKind.Rename, $"Use {other} instead of {loss.Description}", loss.Place, null, other),
        };
    }
}
