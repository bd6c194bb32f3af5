using System.Linq;
using static BackpropGen.Compiler.Maths;

namespace BackpropGen.Compiler;

/// <summary>What a loss states itself with.</summary>
internal sealed class LossScope : StatementScope
{
    private readonly Tensor? target;
    private readonly Tensor? labels;

    public LossScope(Origin origin, Tensor y, Axis[] axes, int classDimension, Tensor? target, Tensor? labels, Tensor total)
        : base(origin)
    {
        Y = y;
        Axes = axes;
        Classes = axes[classDimension];
        this.target = target;
        this.labels = labels;
        TotalTensor = total;
    }

    /// <summary>The network's output.</summary>
    public Tensor Y { get; }

    /// <summary>The output's letters, the batch first.</summary>
    public Axis[] Axes { get; }

    /// <summary>The letter along which classes lie.</summary>
    public Axis Classes { get; }

    /// <summary>All letters but the classes'.</summary>
    public Axis[] Positions => Axes.Where(a => !a.Equals(Classes)).ToArray();

    /// <summary>The target is class indices, not values.</summary>
    public bool HasLabels => labels is not null;

    /// <summary>The target at <see cref="Axes"/>: its value, or 1 where the label names the class.</summary>
    public Expr Target => labels is null
        ? target![[.. Axes]]
        : Bracket(Equal(Classes, labels[[.. Positions]]));

    /// <summary>The sum of the element's losses, before the reduction's factor.</summary>
    public Tensor TotalTensor { get; }

    /// <summary>The gradient of the output, to be stated; set for the backward pass.</summary>
    public Tensor DY { get; init; } = null!;

    /// <summary>dL/dtotal, the reduction's factor; set for the backward pass.</summary>
    public Tensor G { get; init; } = null!;

    /// <summary>States the total: the sum of <paramref name="element"/> over all letters.</summary>
    public void Total(Expr element) => Let(TotalTensor[[]], Sum(Axes, element));
}
