using System;
using System.Collections.Generic;
using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>
/// Passes that add to a gradient, where a training step has the same pass with a step against the gradient at its end: p − rate·Σ at a rate of
/// −1 is p + Σ, to the last bit. Both are one method then.
/// </summary>
internal static class GradientSteps
{
    /// <summary>The method, its kernels told which step does what they do.</summary>
    /// <param name="method">A method that adds to gradients.</param>
    /// <param name="steps">The methods that take a step at once.</param>
    public static MethodPlan In(MethodPlan method, IEnumerable<MethodPlan> steps)
    {
        Kernel[] candidates = steps.SelectMany(s => s.Kernels).Where(k => k.Statements.Count == 2).ToArray();
        return method with { Kernels = method.Kernels.Select(k => k with { Step = candidates.FirstOrDefault(s => IsStep(s, k)) }).ToArray() };
    }

    /// <summary>The method is the training step as well, kernel by kernel, at the learning rate instead of −1.</summary>
    /// <param name="method">A method that adds to gradients, with its steps.</param>
    /// <param name="step">The training step.</param>
    /// <param name="rate">The learning rate.</param>
    public static bool AreAllOf(MethodPlan method, MethodPlan step, Tensor rate) =>
        method.Kernels.Where(k => !k.IfRequested).Select(k => k.Step ?? k).Select(Key).SequenceEqual(step.Kernels.Select(Key), StringComparer.Ordinal)
        && method.Kernels.All(k => k.Step is null || k.Step.Scalars.All(s => s == rate));

    private static string Key(Kernel kernel) => $"{KernelKey.OfCall(kernel)} {kernel.Packing?.FewestRows} {kernel.Packing?.FewestRowsInFewRegisters}";

    private static bool IsStep(Kernel step, Kernel addition)
    {
        if (addition is not { Statements.Count: 1, Lead: { Store: Store.Accumulate, Target.Role: TensorRole.Gradient, Value: { Kind: ReduceKind.Sum, Seed: null } } lead }
            || step.Lead.Target != lead.Target
            || step.Scalars.Count != 1
            || step.Statements[1].Value is not { Kind: ReduceKind.None, Body: Binary { Op: BinaryOp.Subtract, Left: Read, Right: Binary { Op: BinaryOp.Multiply, Left: Read { Tensor.Role: TensorRole.Scalar } rate } } })
        {
            return false;
        }

        var sum = new Tensor(lead.Target.Symbol, TensorRole.Local, ElementKind.F32, [.. lead.Target.Extents]);
        var gradient = new Read(lead.Target, lead.At);
        Statement[] statements =
        [
            lead with { Target = sum, Store = Store.Assign },
            new Statement(lead.Target, lead.At, gradient - (rate * new Read(sum, lead.At)), Store.Assign, lead.Origin),
        ];
        return KernelKey.Of(addition with { Statements = statements, Strategy = step.Strategy }) == KernelKey.Of(step);
    }
}
