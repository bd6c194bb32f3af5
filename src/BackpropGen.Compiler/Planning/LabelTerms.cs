using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>
/// Takes a total of which each row has one term, the one that its label names, apart: into the rows' terms and their sum. A term is what it
/// was, for all others are 0; and it can be worked out where the row's other values are.
/// </summary>
internal static class LabelTerms
{
    private static readonly char[] Digits = "0123456789".ToCharArray();

    /// <summary>The program with its total taken apart, and the terms' tensor; null where there is no such total.</summary>
    public static (NetworkProgram Program, Tensor Terms)? In(NetworkProgram program)
    {
        LiveStatement? total = program.Statements.FirstOrDefault(s => StrategyChoice.AtLabels(s.Statement) is not null);
        if (total?.Statement is not { Value.Over: { Count: 2 } over } statement || !over[0].IsBatch || over[1].IsBatch)
        {
            return null;
        }

        string symbol = statement.Reads.Select(r => r.Tensor.Symbol).First(s => s.Length > s.TrimEnd(Digits).Length);
        var terms = new Tensor("term" + symbol.Substring(symbol.TrimEnd(Digits).Length), TensorRole.Local, ElementKind.F32, over[0].Extent);
        var row = new Statement(terms, new Index[] { over[0] }.ToEquatableArray(), statement.Value with { Over = new[] { over[1] }.ToEquatableArray() }, Store.Assign, statement.Origin);
        Statement sum = statement with { Value = new Fold(ReduceKind.Sum, new[] { over[0] }.ToEquatableArray(), terms[over[0]], null) };
        return (program with { Statements = program.Statements.SelectMany(s => s == total ? [s with { Statement = row }, s with { Statement = sum }] : new[] { s }).ToArray() }, terms);
    }
}
