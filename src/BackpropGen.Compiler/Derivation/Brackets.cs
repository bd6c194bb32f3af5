using System.Collections.Generic;
using System.Linq;
using static BackpropGen.Compiler.Maths;

namespace BackpropGen.Compiler;

/// <summary>
/// Removes Iverson brackets [f = index] from a sum: where a summed letter stands in the index with coefficient ±1, it is solved for and
/// its axis disappears (a scatter becomes a gather); where none does, the bracket stays as a predicate.
/// </summary>
internal static class Brackets
{
    public static Statement Resolve(Statement statement, IReadOnlyList<(Axis Letter, Index Is)> brackets)
    {
        var pending = brackets.ToList();
        var over = statement.Value.Over.ToList();
        Expr body = statement.Value.Body;
        for (int b = 0; b < pending.Count; b++)
        {
            (Axis letter, Index index) = pending[b];
            IndexTerm solvable = index.Terms.FirstOrDefault(t => t.Coefficient is 1 or -1 && over.Contains(t.Axis));
            if (solvable.Axis is not { } axis)
            {
                body = Select(Equal(new IndexValue(letter), new IndexValue(index)), body, 0);
                continue;
            }

            // f = c·a + rest with c = ±1: a = c·(f − rest), where that lies within a's extent.
            Index solution = solvable.Coefficient * ((Index)letter - (index - (solvable.Coefficient * (Index)axis)));
            Index Replace(Axis a) => a.Equals(axis) ? solution : a;
            over.Remove(axis);
            body = body.Substitute(Replace);
            for (int later = b + 1; later < pending.Count; later++)
            {
                pending[later] = (pending[later].Letter, pending[later].Is.Substitute(Replace));
            }

            Expr value = new IndexValue(solution);
            Expr end = axis.Extent.IsConstant ? axis.Extent.Value : new ExtentValue(axis.Extent);
            body = Select(value >= 0 & value < end, body, 0);
        }

        return statement with
        {
            Value = statement.Value with { Kind = over.Count == 0 ? ReduceKind.None : ReduceKind.Sum, Over = over.ToEquatableArray(), Body = body },
        };
    }
}
