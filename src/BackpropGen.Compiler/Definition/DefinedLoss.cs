using System.Collections.Generic;
using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>A network's loss, against values, labels or nothing, as statements.</summary>
internal sealed class DefinedLoss
{
    private readonly Network network;
    private readonly LossAttribute loss;
    private readonly Origin origin;
    private readonly Axis[] axes;
    private readonly Shape shape;

    public DefinedLoss(Network network, PlacedLoss placed, bool againstLabels)
    {
        this.network = network;
        loss = placed.Attribute;
        origin = new Origin(placed.Place, placed.Kind);
        shape = network.Shape.Output;
        axes = Network.Letters(shape);
        if (againstLabels)
        {
            Extent[] positions = Network.Extents(shape).Where((_, i) => i != 1 + shape.ClassDimension).ToArray();
            Labels = new Tensor("label", TensorRole.Labels, ElementKind.I32, positions);
        }
        else if (loss.Targets != TargetKind.None)
        {
            Target = new Tensor("t", TensorRole.Target, ElementKind.F32, Network.Extents(shape));
        }

        LossScope scope = Scope(null);
        loss.Define(scope);
        Network.Number(scope.Statements, network.Layers.Count + 1);
        Forward = scope.Statements;
    }

    /// <summary>The values that the output is compared with.</summary>
    public Tensor? Target { get; }

    /// <summary>The classes that the output is compared with.</summary>
    public Tensor? Labels { get; }

    /// <summary>The sum over all elements, in double.</summary>
    public Tensor Total { get; } = new("total", TensorRole.Scalar, ElementKind.F64);

    /// <summary>dL/dtotal: the reduction's factor; in a step along the gradient, −rate times that.</summary>
    public Tensor G { get; } = new("g", TensorRole.Scalar, ElementKind.F32);

    /// <summary>What states the total.</summary>
    public IReadOnlyList<Statement> Forward { get; }

    /// <summary>The reduction's factor, in terms of the samples of the call.</summary>
    public Expr Factor
    {
        get
        {
            double perSample = loss.MeanIsOverPositions ? shape.Size / shape.Classes : shape.Size;
            Expr samples = new ExtentValue(Extent.Samples);
            return loss.HowReduced switch
            {
                Reduction.Sum => 1,
                Reduction.BatchMean => 1 / samples,
                _ => perSample == 1 ? 1 / samples : 1 / (samples * perSample),
            };
        }
    }

    /// <summary>The gradient of the output: as the loss states it, or derived.</summary>
    public IReadOnlyList<Step> Backward(Tensor outputGradient, bool derivedOnly = false)
    {
        LossScope scope = Scope(outputGradient);
        if (!derivedOnly && loss.DefineBackward(scope))
        {
            Network.Number(scope.Statements, network.Layers.Count + 1);
            return scope.Statements;
        }

        var own = new Dictionary<Tensor, Tensor> { [Total] = G, [network.Output] = outputGradient };
        return Derivative.Of(Forward, Gradient, [G]);

        Tensor? Gradient(Tensor tensor)
        {
            if (tensor.Role is TensorRole.Target or TensorRole.Labels)
            {
                return null;
            }

            if (!own.TryGetValue(tensor, out Tensor? gradient))
            {
                gradient = new Tensor("d" + tensor.Symbol, TensorRole.Local, ElementKind.F32, [.. tensor.Extents]);
                own.Add(tensor, gradient);
            }

            return gradient;
        }
    }

    private LossScope Scope(Tensor? outputGradient) =>
        new(origin with { IsBackward = outputGradient is not null }, network.Output, axes, 1 + shape.ClassDimension, Target, Labels, Total) { DY = outputGradient!, G = G };
}
