using System.Collections.Generic;
using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>
/// Narrow rows, as many at once as a register has lanes: transposed, so that each lane is a row, no lane is idle, and maxima and sums go down
/// the columns instead of across a register.
/// </summary>
/// <param name="Width">How many elements a row has.</param>
/// <param name="Passes">What is done to a column before the next one: statements that run along a row together, or one value of each row.</param>
/// <param name="Kept">What somebody else reads.</param>
/// <param name="Places">In which of the transposed blocks the rows of each tensor lie.</param>
internal sealed record RowBlocks(int Width, IReadOnlyList<IReadOnlyList<Statement>> Passes, IReadOnlyList<Tensor> Kept, IReadOnlyDictionary<Tensor, int> Places)
{
    /// <summary>How many blocks there are.</summary>
    public int Count => Places.Values.Max() + 1;

    /// <summary>The letter that a statement runs along a row with; null where it is for a row's single values.</summary>
    public static Axis? Along(Statement statement) =>
        statement.Value.Over.Count > 0 ? statement.Value.Over[0] : statement.At.Count > 1 ? statement.At[1].Pure : null;

    /// <summary>A tensor has a row of values per sample, and not one.</summary>
    public static bool HasRows(Tensor tensor) => tensor.Extents.Count > 1;

    /// <summary>The blocks of statements over rows; null where rows are wide, or another way is better.</summary>
    /// <param name="statements">The statements, in order.</param>
    /// <param name="kept">What somebody else reads.</param>
    public static RowBlocks? For(IReadOnlyList<Statement> statements, IReadOnlyList<Tensor> kept)
    {
        Axis[] along = statements.Select(Along).OfType<Axis>().Distinct().ToArray();
        if (along.Length == 0 || !along.All(a => a.Extent.IsConstant && a.Extent == along[0].Extent))
        {
            return null;
        }

        // A function of each element pays for the transpositions; sums alone would not, nor is it worth its text where no row is left of it.
        int width = along[0].Extent.Value;
        bool pays = width is >= Strategy.FewestLanes and < Strategy.MostLanes
            && statements.Any(s => s.At.Count > 1 && s.Value.Body.Nodes.Any(e => e is Unary { IsFunction: true }))
            && kept.Any(HasRows);
        if (!pays || !statements.All(IsOfRows))
        {
            return null;
        }

        List<List<Statement>> passes = InPasses(statements);
        return new RowBlocks(width, passes, kept, Placed(passes));
    }

    private static bool IsOfRows(Statement statement) =>
        statement is { Target.Element: ElementKind.F32, Store: Store.Assign, Value: { Kind: ReduceKind.None or ReduceKind.Sum or ReduceKind.Max, Seed: null } }
        && (statement.Value.Kind == ReduceKind.None ? statement.Value.Over.Count == 0 : statement.Value.Over.Count == 1 && statement.At.Count == 1)
        && IsRow(statement.At, Along(statement))
        && statement.Reads.All(r => r.Tensor.Role == TensorRole.Scalar || IsRow(r.At, Along(statement)));

    private static bool IsRow(EquatableArray<Index> at, Axis? along) =>
        at.Count is 1 or 2 && at[0].Pure is { IsBatch: true } && (at.Count == 1 || (along is not null && along.Equals(at[1].Pure)));

    // A pass ends where a statement wants a maximum or a sum that is complete after the pass only.
    private static List<List<Statement>> InPasses(IReadOnlyList<Statement> statements)
    {
        var passes = new List<List<Statement>>();
        foreach (Statement statement in statements)
        {
            List<Statement>? last = passes.LastOrDefault();
            if (last is null || Along(statement) is null || Along(last[0]) is null
                || last.Any(s => s.Value.Kind != ReduceKind.None && statement.Reads.Any(r => r.Tensor == s.Target)))
            {
                passes.Add([]);
            }

            passes[passes.Count - 1].Add(statement);
        }

        return passes;
    }

    // What is read for the last time leaves its place to what is made of it. What comes from memory is brought before the pass.
    private static Dictionary<Tensor, int> Placed(List<List<Statement>> passes)
    {
        Statement[] all = passes.SelectMany(p => p).ToArray();
        var places = new Dictionary<Tensor, int>();
        var free = new SortedSet<int>();
        foreach (List<Statement> pass in passes)
        {
            foreach (Tensor tensor in Rows(pass.SelectMany(s => s.Reads.Select(r => r.Tensor))).Except(pass.Select(s => s.Target)))
            {
                Place(tensor);
            }

            foreach (Statement statement in pass)
            {
                Statement[] later = all.SkipWhile(s => s != statement).Skip(1).ToArray();
                bool IsOver(Tensor tensor) => !later.Any(s => s.Target == tensor || s.Reads.Any(r => r.Tensor == tensor));
                free.UnionWith(Rows(statement.Reads.Select(r => r.Tensor)).Where(IsOver).Select(t => places[t]));
                foreach (Tensor tensor in Rows([statement.Target]))
                {
                    Place(tensor);
                }
            }
        }

        return places;

        void Place(Tensor tensor)
        {
            if (places.ContainsKey(tensor))
            {
                return;
            }

            int place = free.Count > 0 ? free.Min : places.Values.Append(-1).Max() + 1;
            free.Remove(place);
            places.Add(tensor, place);
        }

        static IEnumerable<Tensor> Rows(IEnumerable<Tensor> tensors) => tensors.Where(HasRows).Distinct();
    }
}
