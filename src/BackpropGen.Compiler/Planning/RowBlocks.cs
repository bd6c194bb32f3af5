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
    /// <summary>The longest sum of a product that is worked out in blocks: its terms' columns take 8 KB of the stack where registers are widest.</summary>
    private const int MostTerms = 128;

    /// <summary>The product that the rows come from, where it is worked out in the blocks, too: what is done with rows that fill no block; null where it lies in memory.</summary>
    public Kernel? Product { get; init; }

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
    /// <param name="product">The product that the rows come from, where it is to be part of the blocks; null where it is not.</param>
    public static RowBlocks? For(IReadOnlyList<Statement> statements, IReadOnlyList<Tensor> kept, Kernel? product = null)
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
            && kept.Any(t => HasRows(t) && t != product?.Lead.Target);
        if (!pays || !statements.All(IsOfRows))
        {
            return null;
        }

        List<List<Statement>> passes = InPasses(statements);
        return new RowBlocks(width, passes, kept, Placed(passes, kept)) { Product = product };
    }

    /// <summary>
    /// A product of rows in memory and a matrix of so few columns that lanes across these would be idle: a quarter of them or more. Across
    /// rows none is, which pays for bringing the rows into columns.
    /// </summary>
    public static bool IsProductOfRows(Kernel kernel) =>
        kernel is { Statements.Count: 1, Strategy: LanesAcrossOutputs { IsAtOnce: true, Lane: { Extent.IsConstant: true } lane } }
        && 4 * lane.Extent.Value <= 3 * LanesAcrossOutputs.Places(lane.Extent.Value).Count * LanesAcrossOutputs.Width(lane.Extent.Value)
        && kernel.Lead is { At.Count: 2, Target.Element: ElementKind.F32, Store: Store.Assign, Value: { Kind: ReduceKind.Sum, Over.Count: 1, Seed: null or Read { Tensor.HasBatch: false } } } lead
        && lead.At[0].Pure is { IsBatch: true } row && lane.Equals(lead.At[1].Pure)
        && lead.Value.Over[0] is { Extent: { IsConstant: true, Value: <= MostTerms } } term
        && Factors(lead) is { } factors
        && factors.Rows.At.Count == 2 && row.Equals(factors.Rows.At[0].Pure) && term.Equals(factors.Rows.At[1].Pure);

    /// <summary>The factors of a product: what has rows, and the matrix; null where it is no such product.</summary>
    public static (Read Rows, Read Matrix)? Factors(Statement product) => product.Value.Body switch
    {
        Binary { Op: BinaryOp.Multiply, Left: Read { Tensor: { HasBatch: true, Element: ElementKind.F32 } } rows, Right: Read { Tensor.HasBatch: false, At.Count: 2 } matrix } => (rows, matrix),
        Binary { Op: BinaryOp.Multiply, Left: Read { Tensor.HasBatch: false, At.Count: 2 } matrix, Right: Read { Tensor: { HasBatch: true, Element: ElementKind.F32 } } rows } => (rows, matrix),
        _ => null,
    };

    private static bool IsOfRows(Statement statement) =>
        statement is { Target.Element: ElementKind.F32, Store: Store.Assign, Value: { Kind: ReduceKind.None or ReduceKind.Sum or ReduceKind.Max, Seed: null } }
        && (statement.Value.Kind == ReduceKind.None ? statement.Value.Over.Count == 0 : statement.Value.Over.Count == 1 && statement.At.Count == 1)
        && IsRow(statement.At, Along(statement))
        && statement.Reads.All(r => r.Tensor.Role == TensorRole.Scalar || IsRow(r.At, Along(statement)));

    private static bool IsRow(EquatableArray<Index> at, Axis? along) =>
        at.Count is 1 or 2 && at[0].Pure is { IsBatch: true } && (at.Count == 1 || (along is not null && along.Equals(at[1].Pure)));

    // A pass has all whose maxima and sums are complete before it: single values as soon as they can be, then all columns that can be.
    private static List<List<Statement>> InPasses(IReadOnlyList<Statement> statements)
    {
        var passes = new List<List<Statement>>();
        List<Statement> left = [.. statements];
        while (left.Count > 0)
        {
            bool IsReady(Statement statement, IReadOnlyList<Statement> pass) =>
                statement.Reads.All(r => left.All(s => s.Target != r.Tensor || (s.Value.Kind == ReduceKind.None && pass.Contains(s))));
            var pass = new List<Statement>();
            if (left.Find(s => Along(s) is null && IsReady(s, [])) is { } single)
            {
                pass.Add(single);
            }
            else
            {
                foreach (Statement statement in left.Where(s => Along(s) is not null))
                {
                    if (IsReady(statement, pass))
                    {
                        pass.Add(statement);
                    }
                }
            }

            left.RemoveAll(pass.Contains);
            passes.Add(pass);
        }

        return passes;
    }

    // What is read for the last time leaves its place to what is made of it. What comes from memory is brought before the pass, and what
    // goes there stays to the end of it.
    private static Dictionary<Tensor, int> Placed(List<List<Statement>> passes, IReadOnlyList<Tensor> kept)
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
                bool Stays(Tensor tensor) => kept.Contains(tensor) && pass.Any(s => s.Target == tensor);
                free.UnionWith(Rows(statement.Reads.Select(r => r.Tensor)).Where(t => IsOver(t) && !Stays(t)).Select(t => places[t]));
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
