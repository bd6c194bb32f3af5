using System.Collections.Generic;
using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>BPG016: a loss that does not fit the layer before it, by what the two say of themselves.</summary>
internal static class LossCheck
{
    public static IEnumerable<ShapeError> Warnings(NetworkDeclaration declaration, NetworkShape network)
    {
        if (network.Loss is not { } loss || LastGiver(declaration, loss.Place) is not { } giver || loss.Attribute.Judge(giver.Kind) is not { } misfit)
        {
            yield break;
        }

        string layer = AttributeBinder.Describe(declaration.Layers[giver.Place]);
        Shape? shape = network.Layers.FirstOrDefault(placed => placed.Place == giver.Place)?.Output;
        yield return new ShapeError(
            "BPG016",
            loss.Place,
            null,
            $"{loss.Description} expects {misfit.Expected}, but {layer} before it gives {giver.Kind.InWords(shape)}",
            misfit.Remedies.Select(remedy => Mend(remedy, loss, giver.Place, layer)).ToEquatableArray(),
            IsWarning: true);
    }

    // The layer that made the values what they are; null where there is none, or what is not understood may have made them.
    private static (int Place, ValueKind Kind)? LastGiver(NetworkDeclaration declaration, int loss)
    {
        for (int place = loss - 1; place >= 0; place--)
        {
            switch (AttributeBinder.Bind(declaration.Layers[place]))
            {
                case null:
                    return null;
                case LayerAttribute { Gives: { } kind }:
                    return (place, kind);
            }
        }

        return null;
    }

    private static Mend Mend(Remedy remedy, PlacedLoss loss, int layer, string layerDescription)
    {
        string other = remedy.Replacement is { } type ? LayerRegistry.KindOf(type) : string.Empty;
        return remedy.Kind switch
        {
            RemedyKind.RemoveLayer => new Mend(MendKind.Remove, $"Remove {layerDescription}", layer, null, string.Empty),
            RemedyKind.ReplaceLayer => new Mend(MendKind.Rename, $"Use {other} instead of {layerDescription}", layer, null, other),
            _ => new Mend(MendKind.Rename, $"Use {other} instead of {loss.Description}", loss.Place, null, other),
        };
    }
}
