using System.Collections.Generic;

namespace BackpropGen.Compiler;

/// <summary>Where statements are written down, in order.</summary>
internal abstract class StatementScope(Origin origin)
{
    public List<Statement> Statements { get; } = [];

    /// <summary>States <c>target = value</c>, for every value of the letters in the target.</summary>
    public void Let(Read target, Fold value) =>
        Statements.Add(new Statement(target.Tensor, target.At, Simplify(value), Store.Assign, origin));

    /// <summary>A tensor of the layer's own, which nobody outside sees.</summary>
    public static Tensor Local(string symbol, Axis[] axes, ElementKind element = ElementKind.F32)
    {
        var extents = new Extent[axes.Length];
        for (int i = 0; i < axes.Length; i++)
        {
            extents[i] = axes[i].Extent;
        }

        return new Tensor(symbol, TensorRole.Local, element, extents);
    }

    private static Fold Simplify(Fold value) =>
        value with { Body = Simplifier.Simplify(value.Body), Seed = value.Seed is null ? null : Simplifier.Simplify(value.Seed) };
}
