using System.Collections.Generic;
using System.Collections.Immutable;
using BackpropGen.Compiler;
using Microsoft.CodeAnalysis;

namespace BackpropGen.Generator;

/// <summary>The compiler's errors as the IDE wants them: in their place, with the mends for the code fix to carry out.</summary>
internal static class ShapeErrorDiagnostic
{
    public static Diagnostic Create(ShapeError error, IReadOnlyList<LayerSource> sources)
    {
        var locations = new List<Location>();
        ImmutableDictionary<string, string?>.Builder properties = ImmutableDictionary.CreateBuilder<string, string?>();
        foreach (Mend mend in error.Mends)
        {
            LayerSource source = sources[mend.Layer];
            if (mend.Argument is { } argument && !source.Arguments.ContainsKey(argument))
            {
                // Left to its default: there is nothing to edit.
                continue;
            }

            int index = locations.Count;
            locations.Add(mend.Kind == MendKind.Rename ? source.Attribute.Name.GetLocation() : source.Locate(mend.Argument));
            properties.Add(MendProperties.Title(index), mend.Title);
            properties.Add(MendProperties.Text(index), mend.Text);
            properties.Add(MendProperties.Edit(index), mend.Kind.ToString());

            // A chain of sizes is mended all in one direction, also where one of them has only the other.
            bool isLikeliest = mend.Kind == MendKind.SetArgument ? mend.Layer == error.Layer : index == 0;
            properties.Add(MendProperties.Way(index), isLikeliest ? MendProperties.Likeliest : MendProperties.Second);
        }

        return Diagnostic.Create(
            Descriptors.ById[error.Id], sources[error.Layer].Locate(error.Argument), locations, properties.ToImmutable(), error.Message);
    }
}
