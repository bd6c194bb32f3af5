using System;
using System.Collections.Generic;
using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>
/// The backward pass of a program, by one rule: the gradient of an operand sums the upstream gradient times the derivative of the rest
/// over every letter that the operand lacks.
/// </summary>
/// <remarks>
/// Transposes and reductions come of themselves: from <c>Y[n,j] = b[j] + Σk X[n,k]·W[k,j]</c> follow
/// <c>dX[n,k] = Σj dY[n,j]·W[k,j]</c>, <c>dW[k,j] = Σn dY[n,j]·X[n,k]</c> and <c>db[j] = Σn dY[n,j]</c>.
/// An operand that is read at more than a letter (<c>X[2y+u−1]</c>) gets a fresh letter f and the bracket [f = 2y+u−1], which
/// <see cref="Brackets"/> removes where it can.
/// </remarks>
internal sealed class Derivative
{
    private readonly Func<Tensor, Tensor?> gradientOf;
    private readonly HashSet<Tensor> written = [];
    private readonly List<Step> steps = [];

    private Derivative(Func<Tensor, Tensor?> gradientOf, IEnumerable<Tensor> upstream)
    {
        this.gradientOf = gradientOf;
        foreach (Tensor tensor in upstream)
        {
            written.Add(tensor);
        }
    }

    /// <summary>Derives the backward steps of forward steps.</summary>
    /// <param name="forward">The forward pass.</param>
    /// <param name="gradientOf">The gradient of a tensor, or null where nobody wants it.</param>
    /// <param name="upstream">Gradients that hold a value already: to these is added, the others are assigned first.</param>
    public static IReadOnlyList<Step> Of(IEnumerable<Step> forward, Func<Tensor, Tensor?> gradientOf, IEnumerable<Tensor> upstream)
    {
        var derivative = new Derivative(gradientOf, upstream);
        foreach (Step step in forward.Reverse())
        {
            if (step is Scan scan)
            {
                derivative.Reverse(scan);
            }
            else
            {
                derivative.steps.AddRange(derivative.Contributions((Statement)step));
            }
        }

        return derivative.steps;
    }

    /// <summary>What a statement adds to the gradients of those of its operands that are wanted here.</summary>
    private List<Statement> Contributions(Statement forward, Func<Tensor, bool>? wanted = null)
    {
        var result = new List<Statement>();
        if (gradientOf(forward.Target) is not { } upstreamTensor || !written.Contains(upstreamTensor))
        {
            return result;
        }

        Expr upstream = new Read(upstreamTensor, forward.At);
        foreach (Read operand in forward.Reads)
        {
            if (wanted?.Invoke(operand.Tensor) == false || gradientOf(operand.Tensor) is not { } gradient)
            {
                continue;
            }

            Expr seed = forward.Value.Seed is { } s ? Differentiator.Differentiate(s, operand) : 0;
            Expr body = Differentiator.Differentiate(forward.Value.Body, operand);
            if (seed is not Const { Value: 0 })
            {
                result.Add(Contribution(forward, operand, gradient, upstream * seed, overReduced: false));
            }

            if (body is not Const { Value: 0 })
            {
                RequireSum(forward);
                result.Add(Contribution(forward, operand, gradient, upstream * body, overReduced: true));
            }
        }

        return result;
    }

    private static void RequireSum(Statement forward)
    {
        if (forward.Value.Kind is not (ReduceKind.None or ReduceKind.Sum))
        {
            throw new InvalidOperationException($"{forward.Value.Kind} is read through Detach, or through an index tensor and a bracket.");
        }
    }

    private Statement Contribution(Statement forward, Read operand, Tensor gradient, Expr value, bool overReduced)
    {
        var summed = new List<Axis>(forward.Free);
        if (overReduced)
        {
            summed.AddRange(forward.Value.Over);
        }

        // Each of the operand's letters becomes free; what is more than a letter, or does not go as far as the operand, becomes a fresh
        // letter and a bracket: a gradient is assigned everywhere.
        var at = new List<Index>();
        var brackets = new List<(Axis Letter, Index Is)>();
        foreach ((Index index, Extent extent) in operand.At.Zip(operand.Tensor.Extents, (i, e) => (i, e)))
        {
            if (index.Pure is { } axis && axis.Extent == extent && summed.Remove(axis))
            {
                at.Add(axis);
            }
            else
            {
                Axis fresh = new((index.Axes.FirstOrDefault()?.Letter ?? "i") + "'", extent);
                brackets.Add((fresh, index));
                at.Add(fresh);
            }
        }

        Store store = written.Add(gradient) ? Store.Assign : Store.Accumulate;
        return Brackets.Resolve(new Statement(
            gradient,
            at.ToEquatableArray(),
            new Fold(summed.Count == 0 ? ReduceKind.None : ReduceKind.Sum, summed.ToEquatableArray(), Simplifier.Simplify(value), null),
            store,
            forward.Origin with { IsBackward = true }), brackets);
    }

    // The reverse of a recurrence runs backwards and pushes each gradient to where its value was read: step t adds to step t−1 before that
    // is reached. What the recurrence only reads (weights, inputs) needs no order: its gradient is hoisted behind the scan, where the scan's
    // letter is one more letter to sum over.
    private void Reverse(Scan scan)
    {
        var carried = new HashSet<Tensor>(scan.Body.Select(s => s.Target));
        var inner = new List<Statement>();
        var hoisted = new List<Statement>();
        foreach (Tensor tensor in carried)
        {
            if (gradientOf(tensor) is { } gradient && written.Add(gradient))
            {
                Index[] all = gradient.Extents.Select((e, i) => (Index)new Axis("i" + i, e)).ToArray();
                steps.Add(new Statement(gradient, all.ToEquatableArray(), (Expr)0.0, Store.Assign, scan.Body[0].Origin with { IsBackward = true }));
            }
        }

        foreach (Statement forward in scan.Body.Reverse())
        {
            if (gradientOf(forward.Target) is not { } upstreamTensor)
            {
                continue;
            }

            Expr upstream = new Read(upstreamTensor, forward.At);
            foreach (Read operand in forward.Reads.Where(r => carried.Contains(r.Tensor)))
            {
                if (gradientOf(operand.Tensor) is not { } gradient)
                {
                    continue;
                }

                foreach ((Expr? part, bool reduced) in new[] { (forward.Value.Seed, false), (forward.Value.Body, true) })
                {
                    if (part is null || Differentiator.Differentiate(part, operand) is not { } slope || slope is Const { Value: 0 })
                    {
                        continue;
                    }

                    if (reduced)
                    {
                        RequireSum(forward);
                    }

                    var operandAxes = new HashSet<Axis>(operand.At.SelectMany(i => i.Axes)) { scan.Along };
                    Axis[] summed = forward.Free.Concat(reduced ? forward.Value.Over : []).Where(a => !operandAxes.Contains(a)).ToArray();
                    inner.Add(new Statement(
                        gradient,
                        operand.At,
                        new Fold(summed.Length == 0 ? ReduceKind.None : ReduceKind.Sum, summed.ToEquatableArray(), Simplifier.Simplify(upstream * slope), null),
                        Store.Accumulate,
                        forward.Origin with { IsBackward = true }));
                }
            }

            hoisted.AddRange(Contributions(forward, t => !carried.Contains(t)));
        }

        steps.Add(new Scan(scan.Along, !scan.Backwards, inner));
        steps.AddRange(hoisted);
    }
}
