using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Globalization;
using System.Linq;
using System.Reflection;

namespace BackpropGen.Reporting;

/// <summary>One of a network's attributes as it was written. Immutable.</summary>
/// <param name="Kind">The attribute without its suffix, such as <c>Affine</c>.</param>
/// <param name="Arguments">As written, such as <c>64, 32</c>; empty without.</param>
/// <param name="Role">What it is in the network.</param>
/// <param name="Tensors">Its parameters.</param>
/// <param name="Inputs">The features that it takes, where it says so.</param>
/// <param name="Outputs">The features that it gives, where it says so.</param>
internal sealed record DeclaredLayer(
    string Kind, string Arguments, LayerRole Role, IReadOnlyList<NetworkTensor> Tensors, int? Inputs, int? Outputs)
{
    /// <summary>
    /// The attributes of a network's class, in their order, each with its tensors. Empty where the class has none, or where they do not account
    /// for all the tensors: then there is nothing to be said about layers.
    /// </summary>
    public static IReadOnlyList<DeclaredLayer> Of(INetwork network)
    {
        var layers = new List<DeclaredLayer>();
        var seen = new Dictionary<string, int>();
        int found = 0;
        foreach (CustomAttributeData attribute in network.GetType().GetCustomAttributesData())
        {
            if (RoleOf(attribute.AttributeType) is not { } role)
            {
                continue;
            }

            string kind = attribute.AttributeType.Name[..^nameof(Attribute).Length];
            seen[kind] = seen.GetValueOrDefault(kind) + 1;
            string name = attribute.NamedArguments.FirstOrDefault(a => a.MemberName == nameof(LayerAttribute.Name)).TypedValue.Value as string
                ?? kind + seen[kind].ToString(CultureInfo.InvariantCulture);
            var tensors = new List<NetworkTensor>();
            while (role == LayerRole.Layer && found < network.Tensors.Count && network.Tensors[found].Layer == name)
            {
                tensors.Add(network.Tensors[found++]);
            }

            layers.Add(new DeclaredLayer(kind, string.Join(", ", Written(attribute)), role, tensors, Argument(attribute, "inputs"), Argument(attribute, "outputs")));
        }

        return found == network.Tensors.Count ? layers : [];
    }

    private static LayerRole? RoleOf(Type attribute) =>
        typeof(LossAttribute).IsAssignableFrom(attribute) ? LayerRole.Loss
        : typeof(OptimizerAttribute).IsAssignableFrom(attribute) ? LayerRole.Optimizer
        : typeof(InputAttribute).IsAssignableFrom(attribute) ? LayerRole.Input
        : typeof(LayerAttribute).IsAssignableFrom(attribute) ? LayerRole.Layer
        : null;

    /// <summary>A whole number by its parameter's name; null where there is none of that name.</summary>
    private static int? Argument(CustomAttributeData attribute, string name)
    {
        int place = Array.FindIndex(attribute.Constructor.GetParameters(), p => p.Name == name);
        return place < 0 ? null : attribute.ConstructorArguments[place].Value as int?;
    }

    private static IEnumerable<string> Written(CustomAttributeData attribute) =>
        attribute.ConstructorArguments.Select(Written).Concat(attribute.NamedArguments.Select(a => a.MemberName + " = " + Written(a.TypedValue)));

    private static string Written(CustomAttributeTypedArgument argument) => argument.Value switch
    {
        ReadOnlyCollection<CustomAttributeTypedArgument> several => string.Join(", ", several.Select(Written)),
        string text => '"' + text + '"',
        bool truth => truth ? "true" : "false",
        { } value when argument.ArgumentType.IsEnum => Enum.GetName(argument.ArgumentType, Enum.ToObject(argument.ArgumentType, value)) ?? Convert.ToString(value, CultureInfo.InvariantCulture)!,
        { } value => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "null",
        null => "null",
    };
}
