using System.Collections.Generic;
using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>
/// Products of a line of code in the order in which nothing waits longer than it must: a small network waits for every operation, and all of
/// a gradient's factors are there long before the last one's product would be. The numbers of the call are multiplied with each other first.
/// </summary>
internal static class ShortProducts
{
    /// <param name="program">For one sample.</param>
    /// <param name="live">What is read after it.</param>
    public static NetworkProgram In(NetworkProgram program, IReadOnlyCollection<Tensor> live)
    {
        List<LiveStatement> statements = program.Statements.ToList();
        for (int i = 0; i < statements.Count; i++)
        {
            int reader = OnlyReader(statements, i, live);
            if (reader >= 0)
            {
                statements[reader] = statements[reader] with { Statement = Joined(statements[i].Statement, statements[reader].Statement) };
                statements.RemoveAt(i);
                i--;
            }
        }

        // What a later statement computes is there later.
        var places = new Dictionary<Tensor, int>();
        for (int i = 0; i < statements.Count; i++)
        {
            places[statements[i].Statement.Target] = i + 1;
        }

        return program with
        {
            Statements = statements.Select(s => IsProduct(s.Statement) ? s with { Statement = s.Statement.MapValues(e => Ordered(e, places)) } : s).ToArray(),
        };
    }

    // A factor that only one product reads need not be a product of its own.
    private static int OnlyReader(List<LiveStatement> statements, int definition, IReadOnlyCollection<Tensor> live)
    {
        Statement statement = statements[definition].Statement;
        Tensor target = statement.Target;
        if (!IsProduct(statement) || statement.Store != Store.Assign || target.Role != TensorRole.Local || live.Contains(target) || statement.At.Any(i => i.Pure is null)
            || statements.Count(s => s.Statement.Target == target) != 1)
        {
            return -1;
        }

        int[] readers = Enumerable.Range(0, statements.Count).Where(i => statements[i].Statement.Reads.Any(r => r.Tensor == target)).ToArray();
        if (readers.Length != 1 || readers[0] < definition)
        {
            return -1;
        }

        LiveStatement only = statements[readers[0]];
        bool isUntouched = !statements.Skip(definition + 1).Take(readers[0] - definition - 1).Any(s => statement.Reads.Any(r => r.Tensor == s.Statement.Target));
        return IsProduct(only.Statement) && isUntouched && only.IfRequested == statements[definition].IfRequested
            && Factors(only.Statement.Value.Body).Count(f => f is Read read && read.Tensor == target && read.At.Equals(only.Statement.At)) == 1
            && only.Statement.Value.Body.Nodes.Count(n => n is Read read && read.Tensor == target) == 1
            && only.Statement.At.All(i => i.Pure is not null)
                ? readers[0]
                : -1;
    }

    private static Statement Joined(Statement definition, Statement reader)
    {
        Dictionary<Axis, Axis> letters = definition.At.Zip(reader.At, (own, its) => (Own: own.Pure!, Its: its.Pure!)).ToDictionary(p => p.Own, p => p.Its);
        Expr value = definition.Substitute(a => letters[a]).Value.Body;
        return reader.MapValues(e => Replaced(e));

        Expr Replaced(Expr e) => e is Read read && read.Tensor == definition.Target ? value : e.Map(Replaced);
    }

    private static bool IsProduct(Statement statement) => statement.Value is { Kind: ReduceKind.None, Seed: null, Body: Binary { Op: BinaryOp.Multiply } or Unary { Op: UnaryOp.Negate, Operand: Binary { Op: BinaryOp.Multiply } } };

    private static IEnumerable<Expr> Factors(Expr e) => e switch
    {
        Binary { Op: BinaryOp.Multiply } product => Factors(product.Left).Concat(Factors(product.Right)),
        Unary { Op: UnaryOp.Negate } negation => Factors(negation.Operand),
        _ => [e],
    };

    private static bool IsNegative(Expr e) => e switch
    {
        Binary { Op: BinaryOp.Multiply } product => IsNegative(product.Left) != IsNegative(product.Right),
        Unary { Op: UnaryOp.Negate } negation => !IsNegative(negation.Operand),
        _ => false,
    };

    private static Expr Ordered(Expr e, Dictionary<Tensor, int> places)
    {
        Expr[] numbers = Factors(e).Where(IsNumber).ToArray();
        List<Expr> factors = Factors(e).Where(f => !IsNumber(f)).ToList();
        if (factors.Count == 0)
        {
            return e;
        }

        bool isNegative = IsNegative(e);
        if (numbers.Length > 0)
        {
            factors.Insert(0, numbers.Skip(1).Aggregate(isNegative ? -numbers[0] : numbers[0], (product, number) => product * number));
            isNegative = false;
        }

        // The two that are there first, until one is left.
        while (factors.Count > 1)
        {
            Expr[] next = factors.OrderBy(f => Depth(f, places)).Take(2).ToArray();
            factors.Remove(next[0]);
            factors.Remove(next[1]);
            factors.Insert(0, next[0] * next[1]);
        }

        return isNegative ? -factors[0] : factors[0];
    }

    private static bool IsNumber(Expr e) => e is Const or Read { Tensor.Role: TensorRole.Scalar };

    // When a value is there: after so many operations in a row, of which a statement has no more than this.
    private static int Depth(Expr e, Dictionary<Tensor, int> places)
    {
        const int DepthOfStatement = 1000;
        return e switch
        {
            Read { Tensor.Role: TensorRole.Local } read when places.TryGetValue(read.Tensor, out int place) => place * DepthOfStatement,
            Read => 0,
            _ when e.Nodes.All(n => IsNumber(n) || n is Unary { Op: UnaryOp.Negate } or Binary { Op: BinaryOp.Multiply }) => 0,
            _ => 1 + e.Children.Select(c => Depth(c, places)).DefaultIfEmpty().Max(),
        };
    }
}
