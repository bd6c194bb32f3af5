using System.Collections.Generic;
using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>
/// Sums over a batch by themselves, then added to what stays in the network's memory: a parameter is so much larger than a sample's share of its
/// step that the digits of one after another would be lost.
/// </summary>
internal static class BatchSums
{
    public static NetworkProgram Apart(NetworkProgram program) => program with
    {
        Statements = program.Statements.SelectMany(live => live.Statement is { Store: Store.Accumulate, Target: { IsStored: true, Element: ElementKind.F32 }, Value: { Kind: ReduceKind.Sum, Seed: null } } statement
            ? Apart(statement).Select(s => live with { Statement = s })
            : [live]).ToArray(),
    };

    /// <summary>A kernel's statements as they were before, for the reader: a sum and what it is added to in one.</summary>
    public static IReadOnlyList<Statement> Joined(Kernel kernel) =>
        kernel.Statements is { Count: 2 } statements && statements[0] is { Value.Kind: ReduceKind.Sum } sum && !kernel.Stored.Contains(sum.Target)
            && statements[1] is { Target.IsStored: true, Value: { Kind: ReduceKind.None, Body: Binary { Op: BinaryOp.Add, Left: Read old, Right: Read added } } } addition
            && old.Equals(new Read(addition.Target, addition.At)) && added.Equals(new Read(sum.Target, sum.At))
                ? [addition with { Value = sum.Value, Store = Store.Accumulate }]
                : kernel.Statements;

    private static Statement[] Apart(Statement statement)
    {
        var sum = new Tensor("added", TensorRole.Local, ElementKind.F32, [.. statement.Target.Extents]);
        Expr total = new Read(statement.Target, statement.At) + new Read(sum, statement.At);
        return [statement with { Target = sum, Store = Store.Assign }, statement with { Value = total, Store = Store.Assign }];
    }
}
