using System.Collections.Generic;
using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>
/// Lays tensors of a few features per sample with the sample last, so that lanes run across samples: a register of ten classes leaves six
/// lanes idle, a register of sixteen samples none. What such a tensor meets is transposed once for all samples, and so is the gradient of
/// what it is multiplied with.
/// </summary>
internal sealed class SampleLanes
{
    private readonly NetworkProgram program;
    private readonly Dictionary<Tensor, Tensor> sampleLast = [];
    private readonly Dictionary<Tensor, (Tensor Tensor, int Place)> copies = [];
    private readonly List<LiveStatement> result = [];

    private SampleLanes(NetworkProgram program) => this.program = program;

    /// <summary>The program with its narrow tensors laid so; itself where there are none.</summary>
    public static NetworkProgram Of(NetworkProgram program) => new SampleLanes(program).Laid();

    /// <summary>The tensor's last letter is the sample.</summary>
    public static bool IsSampleLast(Tensor tensor) => tensor.Extents.Count > 1 && tensor.Extents[tensor.Extents.Count - 1].Kind == ExtentKind.Rows;

    /// <summary>More floats per sample than a program's own tensors can take.</summary>
    public static long FloatsPerSample(NetworkProgram program) =>
        program.Statements.Select(s => s.Statement.Target).Where(t => t.Role == TensorRole.Local && (t.HasBatch || IsSampleLast(t))).Distinct().Sum(t => (long)t.SizePerSample);

    private NetworkProgram Laid()
    {
        Tensor[] written = program.Statements.Select(s => s.Statement.Target).Distinct().Where(IsNarrow).Where(IsWalkedPlainly).ToArray();
        foreach (Tensor tensor in written)
        {
            sampleLast.Add(tensor, Local(tensor.Symbol, tensor.Extents[1], Extent.Rows));
        }

        if (sampleLast.Count == 0 && !program.Statements.Any(s => s.Statement.Reads.Any(r => r.Tensor.Role == TensorRole.OutputGradient && IsNarrow(r.Tensor))))
        {
            return program;
        }

        foreach (LiveStatement live in program.Statements)
        {
            Add(live);
        }

        return program with { Statements = result };
    }

    private static bool IsNarrow(Tensor tensor) =>
        tensor is { Role: TensorRole.Local or TensorRole.Target or TensorRole.OutputGradient, Element: ElementKind.F32, HasBatch: true, Extents.Count: 2 }
        && tensor.Extents[1].Value is >= Strategy.FewestOutputs and < Strategy.MostLanes;

    // Every access names a sample and a feature.
    private bool IsWalkedPlainly(Tensor tensor) => program.Statements.Select(s => s.Statement)
        .SelectMany(s => s.Reads.Where(r => r.Tensor == tensor).Select(r => r.At).Concat(s.Target == tensor ? [s.At] : []))
        .All(IsPlain);

    private static bool IsPlain(EquatableArray<Index> at) => at.Count == 2 && at[0].Pure is { IsBatch: true } && at[1].Pure is { IsBatch: false };

    private static Tensor Local(string symbol, params Extent[] extents) => new(symbol, TensorRole.Local, ElementKind.F32, extents);

    private void Add(LiveStatement live)
    {
        Statement statement = live.Statement.MapValues(Replaced);
        if (sampleLast.TryGetValue(statement.Target, out Tensor? target))
        {
            statement = statement with { Target = target, At = Swapped(statement.At) };
        }

        if (statement.At.Count > 0 && statement.At[statement.At.Count - 1].Pure is { } lane)
        {
            bool meets = IsSampleLast(statement.Target) || statement.Reads.Any(r => IsSampleLast(r.Tensor));
            if (meets && statement.Target.Role is TensorRole.Gradient && Across(statement, lane).Any() && IsTransposable(statement))
            {
                AddTransposedGradient(live, statement);
                return;
            }

            if (meets && (lane.IsBatch || statement.Target.HasBatch))
            {
                statement = Along(statement, lane, live.IfRequested);
            }
        }

        result.Add(live with { Statement = statement });

        // What the caller passes is transposed for whoever reads it.
        Expr Replaced(Expr e) => e is Read read && Laid(read, live) is { } laid ? laid : e.Map(Replaced);
    }

    private Read? Laid(Read read, LiveStatement live)
    {
        if (sampleLast.TryGetValue(read.Tensor, out Tensor? tensor))
        {
            return new Read(tensor, Swapped(read.At));
        }

        return read.Tensor.Role != TensorRole.Local && IsNarrow(read.Tensor) && IsPlain(read.At)
            ? Transposed(read, live.Statement.Origin, live.IfRequested)
            : null;
    }

    // Every read one element further along the lane, or on the same: what lies across is read from a transposed copy.
    private Statement Along(Statement statement, Axis lane, bool ifRequested)
    {
        Read[] across = Across(statement, lane).Where(r => r.At.Count == 2 && r.At.All(i => i.Pure is not null) && !IsSampleLast(r.Tensor)).ToArray();
        Read[] labels = lane.IsBatch ? statement.Reads.Where(r => r is { Tensor.Role: TensorRole.Labels, At.Count: 1 }).ToArray() : [];
        return statement.MapValues(Replace);

        Expr Replace(Expr e) => e switch
        {
            Read read when across.Contains(read) => Transposed(read, statement.Origin, ifRequested),
            Read read when labels.Contains(read) => Numbers(read, statement.Origin, ifRequested),
            _ => e.Map(Replace),
        };
    }

    private static IEnumerable<Read> Across(Statement statement, Axis lane) =>
        statement.Reads.Where(r => r.Tensor.Element == ElementKind.F32 && Strides.Along(r.Tensor, r.At, lane) is not (0 or 1));

    // Its other letter runs along every operand.
    private static bool IsTransposable(Statement statement) =>
        statement is { At.Count: 2, Value: { Kind: ReduceKind.Sum, Seed: null } }
        && statement.At[0].Pure is { } first
        && statement.At[1].Pure is not null
        && statement.Value.Body.Reads.All(r => Strides.Along(r.Tensor, r.At, first) is 0 or 1);

    // Its transpose, which is transposed back where it is used.
    private void AddTransposedGradient(LiveStatement live, Statement statement)
    {
        Extent[] extents = [.. statement.Target.Extents];
        Tensor transpose = Local(statement.Target.Symbol + "t", extents[1], extents[0]);
        Tensor sum = Local(statement.Target.Symbol + "s", extents);
        result.Add(live with { Statement = statement with { Target = transpose, At = Swapped(statement.At), Store = Store.Assign } });
        result.Add(live with { Statement = new Statement(sum, statement.At, new Read(transpose, Swapped(statement.At)), Store.Assign, statement.Origin) });
        result.Add(live with { Statement = statement with { Value = new Read(sum, statement.At) } });
    }

    private Read Transposed(Read read, Origin origin, bool ifRequested)
    {
        EquatableArray<Index> at = Swapped(read.At);
        return new Read(Copy(read, "t", [read.Tensor.Extents[1], read.Tensor.Extents[0]], at, origin, ifRequested), at);
    }

    // Labels as floats: exact, as classes are fewer than 2²⁴.
    private Read Numbers(Read labels, Origin origin, bool ifRequested) =>
        new(Copy(labels, "s", [.. labels.Tensor.Extents], labels.At, origin, ifRequested), labels.At);

    // One copy for all who read it: made in any case as soon as one of them is not only run on request.
    private Tensor Copy(Read read, string suffix, Extent[] extents, EquatableArray<Index> at, Origin origin, bool ifRequested)
    {
        if (!copies.TryGetValue(read.Tensor, out (Tensor Tensor, int Place) copy))
        {
            copy = (Local(read.Tensor.Symbol + suffix, extents), result.Count);
            copies.Add(read.Tensor, copy);
            result.Add(new LiveStatement(new Statement(copy.Tensor, at, read, Store.Assign, origin), ifRequested));
        }
        else if (!ifRequested)
        {
            result[copy.Place] = result[copy.Place] with { IfRequested = false };
        }

        return copy.Tensor;
    }

    private static EquatableArray<Index> Swapped(EquatableArray<Index> at) => new[] { at[1], at[0] }.ToEquatableArray();
}
