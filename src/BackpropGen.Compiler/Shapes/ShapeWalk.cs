using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>
/// Goes through a network's attributes in order, asks every layer's shape rule, and collects what does not fit. The walk goes on behind an
/// error with the layer's declared sizes, so that one mistake is one error.
/// </summary>
internal sealed class ShapeWalk
{
    private readonly IReadOnlyList<LayerDeclaration> declarations;
    private readonly List<ShapeError> errors = [];
    private readonly List<PlacedLayer> layers = [];
    private readonly Dictionary<string, int> countOfKind = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PlacedLayer> named = new(StringComparer.Ordinal);
    private Shape? input;
    private Shape? current;
    private bool hasInput;
    private bool isUnknown;
    private string? giver;
    private Mend? earlierMend;
    private PlacedLoss? loss;
    private OptimizerAttribute? optimizer;
    private string? optimizerDescription;
    private int? workspace;
    private int workspacePlace = -1;
    private BudgetAttribute? budget;
    private int budgetPlace = -1;
    private long parameters;

    private ShapeWalk(IReadOnlyList<LayerDeclaration> declarations) => this.declarations = declarations;

    /// <summary>The errors, in the order of the attributes, and the network as far as it is known.</summary>
    public static (IReadOnlyList<ShapeError> Errors, NetworkShape Network) Walk(IReadOnlyList<LayerDeclaration> declarations)
    {
        var walk = new ShapeWalk(declarations);
        for (int place = 0; place < declarations.Count; place++)
        {
            walk.Visit(place);
        }

        walk.Finish();
        Shape input = walk.input ?? new Shape(1);
        var network = new NetworkShape(
            input,
            walk.current ?? walk.layers.LastOrDefault()?.Output ?? input,
            walk.layers,
            walk.loss,
            walk.optimizer,
            walk.optimizerDescription,
            walk.workspace,
            walk.workspacePlace,
            walk.budget,
            walk.budgetPlace,
            !walk.isUnknown);
        return (walk.errors.OrderBy(e => e.Layer).ToArray(), network);
    }

    private void Visit(int place)
    {
        NetworkAttribute? attribute = AttributeBinder.Bind(declarations[place]);
        string description = AttributeBinder.Describe(declarations[place]);
        int before = errors.Count;
        switch (attribute)
        {
            case null:
                // C# itself has said what is wrong. What it gives is unknown, and no mismatch is reported across it.
                (current, isUnknown, giver, earlierMend) = (null, true, null, null);
                break;
            case InputAttribute given:
                VisitInput(given, place, description);
                break;
            case LayerAttribute layer:
                VisitLayer(layer, place, description);
                break;
            case LossAttribute given:
                VisitLoss(given, place, description);
                break;
            case OptimizerAttribute given:
                given.Check(Scope(place, description));
                if (optimizer is not null)
                {
                    Error("BPG014", place, null, $"{description} is a second optimizer: {optimizerDescription} is declared already");
                }

                (optimizer, optimizerDescription) = (optimizer ?? given, optimizerDescription ?? description);
                break;
            case WorkspaceAttribute given:
                given.Check(Scope(place, description));
                (workspace, workspacePlace) = errors.Count == before ? (given.Samples, place) : (workspace, workspacePlace);
                break;
            case BudgetAttribute given:
                given.Check(Scope(place, description));
                (budget, budgetPlace) = errors.Count == before ? (given, place) : (budget, budgetPlace);
                break;
        }
    }

    private void VisitInput(InputAttribute given, int place, string description)
    {
        foreach (ArgumentDeclaration argument in declarations[place].Arguments)
        {
            Scope(place, description).RequireSize(argument.Value as int? ?? 1, argument.Name);
        }

        if (hasInput)
        {
            Error("BPG014", place, null, $"{description} is a second input: a network has one");
            return;
        }

        hasInput = true;
        if (layers.Count > 0 || isUnknown || loss is not null || optimizer is not null)
        {
            string first = AttributeBinder.Describe(declarations[0]);
            Error("BPG013", place, null, $"{description} stands after {first}: the input is declared first of all");
            return;
        }

        if (given.Shape.All(s => s >= 1))
        {
            input = current = new Shape(given.Shape);
            RequireRepresentable(current.Size, place, "values per sample");
        }
        else
        {
            isUnknown = true;
        }

        giver = description;
        // The last axis is the one that a layer's inputs are.
        EquatableArray<ArgumentDeclaration> sizes = declarations[place].Arguments;
        earlierMend = Outputs(description, place, sizes.Count > 0 ? sizes[sizes.Count - 1].Name : null);
    }

    private void VisitLayer(LayerAttribute layer, int place, string description)
    {
        if (loss is not null)
        {
            Error("BPG013", place, null, $"{description} stands after {loss.Description}: the loss comes after all layers");
        }
        else if (optimizer is not null)
        {
            Error("BPG013", place, null, $"{description} stands after {optimizerDescription}: the optimizer comes last");
        }

        if (current is null && !isUnknown)
        {
            current = layer.DeclaredInput;
            if (current is null)
            {
                Error(
                    "BPG012",
                    place,
                    null,
                    $"{description} takes any shape, so the network's input is not known: declare it with [Input(...)] first of all",
                    new Mend(MendKind.Insert, "Declare the input's shape", place, null, Proposed(place)));
                isUnknown = true;
            }

            input = current?.Size >= 1 && current.Features >= 1 ? current : null;
            current = input;
        }

        int before = errors.Count;
        Shape? arrives = current;
        Shape? leaves = layer.Infer(Scope(place, description));
        bool isSound = errors.Skip(before).All(e => e.Id != "BPG011");
        if (isSound && (leaves ?? arrives) is null && layer.DeclaredInput is { } declared)
        {
            // Behind something unknown a layer's own sizes are known all the same.
            arrives = declared;
            leaves = layer.Infer(new ShapeScope(place, description, declared, null, null, []));
        }

        string kind = declarations[place].Kind;
        countOfKind[kind] = countOfKind.TryGetValue(kind, out int count) ? count + 1 : 1;
        string ownName = kind + countOfKind[kind].ToString(CultureInfo.InvariantCulture);
        if (isSound && arrives is not null && leaves is not null)
        {
            layers.Add(Named(new PlacedLayer(layer, place, layer.Name ?? ownName, description, arrives, leaves), ownName));
            if (arrives.Size <= NetworkLimits.MaxFloats)
            {
                RequireRepresentable(leaves.Size, place, "values per sample");
            }

            parameters += layer.ParameterCount;
            if (parameters - layer.ParameterCount <= NetworkLimits.MaxFloats)
            {
                RequireRepresentable(parameters, place, "parameters, with the layers before it");
            }
        }

        isUnknown |= leaves is null;
        current = leaves;
        giver = description;
        earlierMend = layer.OutputsArgument is { } outputs ? Outputs(description, place, outputs) : earlierMend;
    }

    private void VisitLoss(LossAttribute given, int place, string description)
    {
        given.Check(Scope(place, description));
        if (loss is not null)
        {
            Error("BPG014", place, null, $"{description} is a second loss: {loss.Description} is declared already");
            return;
        }

        if (optimizer is not null)
        {
            Error("BPG013", place, null, $"{description} stands after {optimizerDescription}: the optimizer comes last");
        }

        loss = new PlacedLoss(given, place, declarations[place].Kind, description);
    }

    // The input that the first layer which says what it takes needs: what stands before it gives what it gets.
    private string Proposed(int place)
    {
        Shape? wanted = declarations.Skip(place).Select(AttributeBinder.Bind).TakeWhile(attribute => attribute is not null)
            .OfType<LayerAttribute>().Select(layer => layer.DeclaredInput).FirstOrDefault(shape => shape is not null);
        return $"{LayerRegistry.KindOf(typeof(InputAttribute))}({(wanted?.Sizes.All(size => size >= 1) == true ? string.Join(", ", wanted.Sizes) : "1")})";
    }

    // What would mend the giver: a title and a text are found where it does not fit.
    private static Mend? Outputs(string description, int place, string? argument) =>
        argument is null ? null : new Mend(MendKind.SetArgument, description, place, argument, string.Empty);

    private void Finish()
    {
        if (layers.Count == 0 && current is null && !isUnknown && declarations.Count > 0 && errors.Count == 0)
        {
            Error(
                "BPG012",
                0,
                null,
                $"{AttributeBinder.Describe(declarations[0])} stands on a network without layers, so its input is not known: add a layer, or [Input(...)] first of all",
                new Mend(MendKind.Insert, "Declare the input's shape", 0, null, Proposed(0)));
        }
    }

    // BPG005: names that C# could not tell apart, or could not read. The layer then goes by a name that nobody has, so that the members
    // that are generated all the same compile, and the error stands alone.
    private PlacedLayer Named(PlacedLayer layer, string ownName)
    {
        if (layer.Attribute.Name is { } given && !IsIdentifier(given))
        {
            Error("BPG005", layer.Place, nameof(LayerAttribute.Name), $"{layer.Description}: the name \"{given}\" is no identifier");
            layer = layer with { Name = Free(ownName) };
        }
        else if (named.TryGetValue(layer.Name, out PlacedLayer? other))
        {
            PlacedLayer at = layer.Attribute.Name is null ? other : layer;
            Error("BPG005", at.Place, nameof(LayerAttribute.Name), $"{layer.Description} and {other.Description} are both called {layer.Name}: give one another Name");
            layer = layer with { Name = Free(ownName) };
        }

        named.Add(layer.Name, layer);
        return layer;
    }

    private string Free(string name)
    {
        while (named.ContainsKey(name))
        {
            name += "_";
        }

        return name;
    }

    // ASCII and other letters, digits, underscores: what stands in a property's name needs no escape.
    private static bool IsIdentifier(string name) =>
        name.Length > 0 && (char.IsLetter(name[0]) || name[0] == '_') && name.All(c => char.IsLetterOrDigit(c) || c == '_');

    private void RequireRepresentable(long size, int place, string what)
    {
        if (size > NetworkLimits.MaxFloats)
        {
            Error("BPG011", place, null, string.Format(
                CultureInfo.InvariantCulture,
                "{0} makes {1} {2}: more than the {3} that fit into one span",
                AttributeBinder.Describe(declarations[place]),
                size > int.MaxValue ? "over 2147483647" : size.ToString(CultureInfo.InvariantCulture),
                what,
                NetworkLimits.MaxFloats));
        }
    }

    private ShapeScope Scope(int place, string description) => new(place, description, current, giver, earlierMend, errors);

    private void Error(string id, int place, string? argument, string message, params Mend[] mends) =>
        errors.Add(new ShapeError(id, place, argument, message, mends.ToEquatableArray()));
}
