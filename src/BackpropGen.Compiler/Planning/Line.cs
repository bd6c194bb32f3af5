using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>
/// Whether a program is small enough for one line of code per sample: hardly a loop but the samples', values in registers, and kernels that are
/// written one behind the other in as few methods as hold them.
/// </summary>
internal static class Line
{
    /// <summary>
    /// The most operations on registers: beyond, the text is longer than what it saves is worth.
    /// </summary>
    public const int MostOperations = 256;

    /// <summary>The most of a step of training, which is what learning online waits for: 20-20-20-20 was measured at 350 ns, and at 760 in loops.</summary>
    public const int MostOperationsOfStep = 640;

    /// <summary>The most operations of a kernel, which is not divided between methods.</summary>
    private const int MostOfOutputs = 128;

    // The same of sums across lanes, each of whose terms takes a load, a product and an addition, and where registers overlap a choice: some 300 calls.
    private const int MostOfSums = 80;

    // The largest matrix of a kernel that loops for one sample: 64 KB. Of a larger one, what comes next is asked for ahead of its use.
    private const int MostElements = 128 * 128;

    /// <summary>The widest row of registers that one pass holds.</summary>
    private const int MostLanes = 8 * Strategy.MostLanes;

    /// <summary>
    /// The most calls of registers' functions in one method: the JIT makes instructions of them until it has 512 locals, and where a register
    /// of 16 floats is two, each call has as many again.
    /// </summary>
    public const int MostCalls = 215;

    /// <summary>The same where shorter methods are more likely to be those of another entry point.</summary>
    public const int MostCallsOfShared = 90;

    private const int OperationsOfFunction = 20;

    // What a function takes, which is written out where it is called; of 16 floats, twice that.
    private const int CallsOfFunction = 15;

    // The same of what moves values from lane to lane.
    private const int CallsOfOneAcrossLanes = 10;

    // The same of a reference to memory.
    private const int CallsOfReference = 2;

    private const int CallsOfEightSums = 2 * CallsOfOneAcrossLanes;

    // What it takes more where its registers are not rows of a matrix, but each an argument.
    private const int CallsOfEightArguments = 24;

    // What it takes more that a factor is one lane of a register.
    private const int CallsOfLane = 1;

    // What four terms or four rows take beyond the call.
    private const int CallsOfFour = 2;

    private static readonly string[] Operators = [" + ", " - ", " * ", " / "];

    private static readonly string[] CallsOfFourAtOnce = ["FourTerms(", "FourProducts("];

    private static readonly string[] CallsAcrossLanes = [".Sum(", ".SumsOfFour(", ".SumRows(", ".SumNeighbours(", ".RepeatEach("];

    // What a tile of a few samples takes for each kernel beside its operations, in operations of a line.
    private const int OperationsOfTile = 24;

    // From so many operations of each kernel on, two samples are a tile already.
    private const int FewestOperationsOfTile = 48;

    private const int MostOfFew = 7;

    /// <summary>
    /// The most samples of a call: from the next on, tiles share their loads between samples. 4-4-4-4 was measured at 28 ns for three in lines and at
    /// 80 in tiles, 31-31 at 105 and 84.
    /// </summary>
    public static int MostSamples(IReadOnlyList<Kernel> kernels) => OperationsOfKernel(kernels) >= FewestOperationsOfTile ? 1 : MostSamples(kernels, OperationsOfTile);

    /// <summary>The same where a tile takes so many operations of a line for each kernel beside its own; two at least.</summary>
    public static int MostSamples(IReadOnlyList<Kernel> kernels, int operationsOfTile) => (int)Math.Min(MostOfFew, Math.Max(2, operationsOfTile / OperationsOfKernel(kernels)));

    private static long OperationsOfKernel(IReadOnlyList<Kernel> kernels) => Math.Max(1, Operations(kernels) / Math.Max(1, kernels.Count));

    /// <summary>The most operations of a kernel that are written out, for one sample.</summary>
    public static int MostOfKernel(Kernel kernel) => kernel.Strategy is LanesAcrossSum ? MostOfSums : MostOfOutputs;

    /// <summary>The program for one sample at a time: the letter of the batch is summed no more.</summary>
    public static NetworkProgram OfOneSample(NetworkProgram program) => program with
    {
        Statements = program.Statements.Select(s => s with { Statement = OfOneSample(s.Statement) }).ToArray(),
    };

    /// <summary>Of one sample, what a step along the gradient adds to a parameter is one term: it is added as it is computed.</summary>
    public static NetworkProgram WithAdditions(NetworkProgram program)
    {
        Statement[] all = program.Statements.Select(s => s.Statement).ToArray();
        var result = new List<LiveStatement>();
        foreach (LiveStatement live in program.Statements)
        {
            if (!all.Any(s => Adds(s, live.Statement)))
            {
                Statement? term = all.FirstOrDefault(s => Adds(live.Statement, s));
                result.Add(term is null ? live : live with { Statement = live.Statement with { Store = Store.Accumulate, Value = term.Value } });
            }
        }

        return program with { Statements = result };

        // target = target + term, where nobody else reads the term, and it reads nothing that has been stepped by then.
        bool Adds(Statement update, Statement term) =>
            term is { Target.Role: TensorRole.Gradient, Store: Store.Assign, Value.Kind: ReduceKind.None }
            && update is { Store: Store.Assign, Value: { Kind: ReduceKind.None, Body: Binary { Op: BinaryOp.Add, Left: Read old, Right: Read added } } }
            && old.Equals(new Read(update.Target, update.At)) && added.Equals(new Read(term.Target, update.At)) && update.At.Equals(term.At)
            && term.Reads.All(r => r.Tensor.Role != TensorRole.Parameter)
            && all.Count(s => s.Target == term.Target || s.Reads.Any(r => r.Tensor == term.Target)) == 2;
    }

    /// <summary>False where no register is wide enough for the program to fit: so large ones need not be planned twice.</summary>
    public static bool MayFit(NetworkProgram program, int mostOperations) => program.Statements.Sum(s =>
        s.Statement.Free.Concat(s.Statement.Value.Over).Where(a => a.Extent.IsConstant).Aggregate(1L, (count, a) => count * a.Extent.Value)) <= (long)mostOperations * Strategy.MostLanes;

    public static bool Fits(IReadOnlyList<Kernel> kernels, int mostOperations) => kernels.All(k => Fits(k) && Operations(k) <= MostOfKernel(k)) && Operations(kernels) <= mostOperations;

    /// <summary>False where some matrix is too large for the loops of a single sample.</summary>
    public static bool MayFitInLoops(NetworkProgram program) => program.Statements.All(s =>
        s.Statement.Free.Concat(s.Statement.Value.Over).Where(a => a.Extent.IsConstant).Aggregate(1L, (count, a) => count * a.Extent.Value) <= MostElements);

    /// <summary>
    /// What is written out fits, though not what it computes: for a single sample, all outputs of a layer stand in registers while its matrix is
    /// walked as it lies. 100-100 was measured at 480 ns in blocks of columns and at 390 so.
    /// </summary>
    public static bool FitsInLoops(IReadOnlyList<Kernel> kernels, int mostOperations) => kernels.All(k => Fits(k) && Written(k) <= MostOfKernel(k)) && kernels.Sum(Written) <= mostOperations;

    /// <summary>No row is wider than a register of 16: what a processor waits for is one value, not its own units.</summary>
    public static bool IsNarrow(IReadOnlyList<Kernel> kernels) => kernels.All(k => k.Strategy switch
    {
        LanesAcrossOutputs lanes => lanes.Lane.Extent.Value <= Strategy.MostLanes,
        LanesAcrossSum lanes => lanes.Lane.Extent.Value <= Strategy.MostLanes,
        _ => true,
    });

    /// <summary>The calls and operators in a kernel's code, and in what is written out of them.</summary>
    public static int Calls(Kernel kernel, string text)
    {
        int Count(string call) => text.Split([call], StringSplitOptions.None).Length - 1;
        IEnumerable<UnaryOp> functions = kernel.Statements.SelectMany(s => s.Value.Body.Nodes).OfType<Unary>().Where(u => u.IsFunction).Select(u => u.Op).Distinct();
        return text.Count(c => c == '(')
            + text.Split('\n').Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal)).Sum(line => line.Split(Operators, StringSplitOptions.None).Length - 1)
            + (CallsOfReference * kernel.Memory.Count)
            + (CallsOfOneAcrossLanes * CallsAcrossLanes.Sum(Count))
            + (CallsOfLane * (Count(".MultiplyAdd(") - Count(".MultiplyAdd(ref ")))
            + (CallsOfEightSums * Count(".SumsOfEight("))
            + (CallsOfEightArguments * Count(".SumsOfEight(\n"))
            + (CallsOfFour * CallsOfFourAtOnce.Sum(Count))
            + functions.Sum(f => (f is UnaryOp.Sin or UnaryOp.Cos ? 2 : 1) * CallsOfFunction * (Count($".{f}(") + Count($"{Register.TypeOf16}.{f}(")));
    }

    /// <summary>Why a line's samples are worked on as they are.</summary>
    public static string Reason(MethodPlan method, int samplesAtOnce) =>
        samplesAtOnce > 1 ? "Two samples at once: what one waits for, the other fills, and a row of a matrix is loaded for both."
        : method.Kernels.Any(k => LineLoops.Terms(k) is not null) ? "A sample by itself: all outputs of a layer in registers, so that its matrix is walked as it lies."
        : string.Format(CultureInfo.InvariantCulture, "One line per sample: {0} operations on registers, too few to share loads between samples.", Operations(method.Kernels));

    /// <summary>The operations on registers, a function counted as many.</summary>
    public static long Operations(IReadOnlyList<Kernel> kernels) => kernels.Sum(Operations);

    private static Statement OfOneSample(Statement statement)
    {
        Axis[] over = statement.Value.Over.Where(a => !a.IsBatch).ToArray();
        if (over.Length == statement.Value.Over.Count)
        {
            return statement;
        }

        // Of a single sample the sum is the term.
        return statement with
        {
            Value = over.Length > 0
                ? statement.Value with { Over = over.ToEquatableArray() }
                : statement.Value.Seed is { } seed ? seed + statement.Value.Body : statement.Value.Body,
        };
    }

    private static bool Fits(Kernel kernel) => kernel.Strategy switch
    {
        LanesAcrossOutputs lanes => lanes.Lane.Extent.Value <= MostLanes,
        LanesAcrossSum lanes => lanes.Lane.Extent.Value <= MostLanes,
        LanesAcrossRows rows => rows.Row.Extent.Value <= MostLanes,
        _ => true,
    };

    private static long Operations(Kernel kernel) => Operations(kernel, a => a.Extent.Value);

    /// <summary>The operations of a kernel that are written out: of what is in a loop, one turn.</summary>
    public static long Written(Kernel kernel)
    {
        Axis? rows = LineLoops.Rows(kernel);
        Axis? terms = LineLoops.Terms(kernel)?.Axis;
        Axis? columns = (kernel.Strategy as LanesAcrossSum) is { LoopsOverColumns: true } lanes ? lanes.Tile : null;
        return Operations(kernel, a => a.Equals(rows) ? 1
            : a.Equals(columns) ? LineLoops.ColumnsWritten(a)
            : a.Equals(terms) ? LineLoops.TermsAtOnce(LanesAcrossOutputs.Places(((LanesAcrossOutputs)kernel.Strategy).Lane.Extent.Value).Count)
            : a.Extent.Value);
    }

    private static long Operations(Kernel kernel, Func<Axis, int> length)
    {
        if (kernel.Strategy is LanesAcrossRows rows)
        {
            // A register of the matrix, and one of what is laid out as it lies.
            return (2 * rows.Registers) + kernel.Statements.Sum(s => (long)s.Value.Body.Nodes.Count(e => e is Unary { IsFunction: true })
                * OperationsOfFunction * LanesAcrossOutputs.Places(s.Free.Where(a => !a.IsBatch).Aggregate(1, (count, a) => count * a.Extent.Value)).Count);
        }

        Axis? lane = kernel.Strategy switch { LanesAcrossOutputs lanes => lanes.Lane, LanesAcrossSum lanes => lanes.Lane, _ => null };
        long Count(IEnumerable<Axis> axes) => axes.Where(a => a.Extent.IsConstant)
            .Aggregate(1L, (count, axis) => count * (axis.Equals(lane) ? LanesAcrossOutputs.Places(axis.Extent.Value).Count : length(axis)));
        long terms = Count(kernel.Lead.Free.Concat(kernel.Lead.Value.Over));
        long functions = kernel.Statements.Sum(s => Count(s.Free.Concat(s.Value.Over)) * s.Value.Body.Nodes.Count(e => e is Unary { IsFunction: true }));
        return terms + (functions * OperationsOfFunction);
    }
}
