using System.Collections.Generic;
using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>Two local tensors that state the same are one: the forward and the backward pass of a loss both want its maximum.</summary>
internal static class CommonStatements
{
    public static List<Statement> Unite(IEnumerable<Statement> statements)
    {
        Statement[] all = statements.ToArray();
        var writes = all.GroupBy(s => s.Target).ToDictionary(g => g.Key, g => g.Count());
        var same = new Dictionary<Tensor, Tensor>();
        var seen = new Dictionary<(EquatableArray<Index>, Fold), Tensor>();
        var result = new List<Statement>();
        foreach (Statement original in all)
        {
            Statement statement = original.MapValues(Replace);
            bool isShareable = statement.Target.Role == TensorRole.Local && statement.Store == Store.Assign && writes[statement.Target] == 1
                && statement.Reads.All(r => !writes.TryGetValue(r.Tensor, out int count) || count == 1);
            if (!isShareable)
            {
                result.Add(statement);
            }
            else if (seen.TryGetValue((statement.At, statement.Value), out Tensor? first))
            {
                same.Add(statement.Target, first);
            }
            else
            {
                seen.Add((statement.At, statement.Value), statement.Target);
                result.Add(statement);
            }
        }

        return result;

        Expr Replace(Expr e) => e is Read read && same.TryGetValue(read.Tensor, out Tensor? first) ? read with { Tensor = first } : e.Map(Replace);
    }
}
