using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>
/// What is added to memory, times a number of the call: a gradient that is gathered, <c>dw + 1·Σ</c>, and a parameter that takes its step,
/// <c>w − rate·Σ</c>, are one method with different arguments.
/// </summary>
/// <param name="Factor">The number.</param>
/// <param name="NegatedRate">What it is the negative of; null where it is 1.</param>
internal sealed record ScaledSum(Tensor Factor, Tensor? NegatedRate)
{
    /// <summary>The kernel in that form; itself where it is of another.</summary>
    public static Kernel Of(Kernel kernel, TargetCapabilities target)
    {
        Statement lead = kernel.Lead;
        if (lead is not { Target.Role: TensorRole.Gradient, Value: { Kind: ReduceKind.Sum or ReduceKind.None, Seed: null } } || kernel.Packing is not null || Replaced(kernel) is not { } replaced)
        {
            return kernel;
        }

        var sum = new Tensor("step", TensorRole.Local, ElementKind.F32, [.. lead.Target.Extents]);
        var factor = new Tensor("factor", TensorRole.Scalar, ElementKind.F32);
        Expr value = new Binary(BinaryOp.Add, new Read(replaced.Target, lead.At), new Binary(BinaryOp.Multiply, factor[[]], new Read(sum, lead.At)));
        Statement[] statements =
        [
            lead with { Target = sum, Store = Store.Assign },
            new Statement(replaced.Target, lead.At, value, Store.Assign, kernel.Statements[kernel.Statements.Count - 1].Origin),
        ];
        return kernel with
        {
            Statements = statements,
            Stored = [replaced.Target],
            Strategy = StrategyChoice.For(statements, target),
            Scaled = new ScaledSum(factor, replaced.Rate),
        };
    }

    private static (Tensor Target, Tensor? Rate)? Replaced(Kernel kernel)
    {
        Statement lead = kernel.Lead;
        if (kernel.Statements.Count == 1)
        {
            return lead.Store == Store.Accumulate ? (lead.Target, null) : null;
        }

        return kernel.Statements.Count == 2 && lead.Store == Store.Assign && !kernel.Stored.Contains(lead.Target)
            && kernel.Statements[1] is
            {
                Store: Store.Assign,
                Value: { Kind: ReduceKind.None, Body: Binary { Op: BinaryOp.Subtract, Left: Read old, Right: Binary { Op: BinaryOp.Multiply, Left: Read { Tensor.Role: TensorRole.Scalar } rate, Right: Read gradient } } },
            } update
            && update.At.Equals(lead.At)
            && old.Equals(new Read(update.Target, update.At))
            && gradient.Equals(new Read(lead.Target, lead.At))
                ? (update.Target, rate.Tensor)
                : null;
    }
}
