using System.Collections.Generic;

namespace BackpropGen.Compiler;

/// <summary>A network whose layers are in order and whose shapes are known.</summary>
/// <param name="Input">The shape of a sample.</param>
/// <param name="Output">The shape of what comes out.</param>
/// <param name="Layers">The layers, first to last.</param>
/// <param name="Loss">The loss, where one is declared.</param>
/// <param name="Optimizer">The optimizer, where one is declared.</param>
/// <param name="OptimizerDescription">The optimizer as it is written.</param>
/// <param name="Workspace">The samples that the workspace shall hold, where that is said.</param>
/// <param name="WorkspacePlace">The place of the attribute that says it.</param>
/// <param name="Budget">What the network may need, where that is said.</param>
/// <param name="BudgetPlace">The place of the attribute that says it.</param>
/// <param name="IsComplete">False where an attribute was not understood: what it would have been is missing here.</param>
internal sealed record NetworkShape(
    Shape Input,
    Shape Output,
    IReadOnlyList<PlacedLayer> Layers,
    PlacedLoss? Loss,
    OptimizerAttribute? Optimizer,
    string? OptimizerDescription,
    int? Workspace,
    int WorkspacePlace,
    BudgetAttribute? Budget,
    int BudgetPlace,
    bool IsComplete);

/// <param name="Attribute">The layer.</param>
/// <param name="Place">Its attribute's place.</param>
/// <param name="Name">What its members are called after: its name, or its kind and place among its kind.</param>
/// <param name="Description">The layer as it is written.</param>
/// <param name="Input">What arrives.</param>
/// <param name="Output">What leaves.</param>
internal sealed record PlacedLayer(LayerAttribute Attribute, int Place, string Name, string Description, Shape Input, Shape Output)
{
    /// <summary>Its shapes and its parameters: <c>Affine(64, 32): 64 → 32, 2,080 parameters</c>.</summary>
    public string InWords() => $"{Description}: {Input} → {Output}, {Attribute.ParameterCount switch
    {
        0 => "no parameters",
        1 => "1 parameter",
        long count => Literals.Grouped(count) + " parameters",
    }}";
}

internal sealed record PlacedLoss(LossAttribute Attribute, int Place, string Kind, string Description);
