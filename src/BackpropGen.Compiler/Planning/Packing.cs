using System;
using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>
/// A copy of a parameter with its letters in another order, made once for all rows: where lanes cannot run along an output because one
/// operand lies across it, they can along the copy.
/// </summary>
/// <param name="Source">What is copied.</param>
/// <param name="Copy">Where to: a tensor of its own, the lanes' letter last.</param>
/// <param name="Product">The kernel that reads the copy.</param>
/// <param name="FewestRows">For fewer rows the copy costs more than it saves.</param>
/// <param name="FewestRowsInFewRegisters">The same where registers are few.</param>
internal sealed record Packing(Read Source, Tensor Copy, Kernel Product, int FewestRows, int FewestRowsInFewRegisters)
{
    // Where lanes run along the sum else. The copy takes as long as there are values, and sums of few registers are no match for lanes across outputs:
    // a step with 7 samples of 15-15-15-15 was measured at 701 ns without it and 401 with it, of 31-31-31-31 at 1.88 and 1.32 µs, and of
    // 128-128-128-128 at 18.1 and 20.7.
    private const int FewestRowsOfShortSums = 4, FewestRowsOfSums = 6, FewestRowsOfLongSums = 16;

    // Of longer sums, what a copy saves for a row does not depend on their length, but what a copy costs for an output does: it is worth it from as
    // many rows on as there are so many terms each. Steps of four layers without a copy, beside those with one, where registers are few and
    // where they are many: 128 wide with 16 rows 1.00 and 1.01 of the time, with 64 rows 1.07 and 1.00; 256 wide with 32 rows 0.99 and 0.96,
    // with 128 rows 1.05 and 0.99; 512 wide with 64 rows 0.97 and 0.93, with 256 rows 1.04 and 0.96. Where rows begin within a line of the cache,
    // most loads without a copy are of two: 251 wide with 32 rows 1.07 where registers are many.
    private const int TermsForRow = 4, TermsForRowInFewRegisters = 8;

    // The longest sum that this was measured of.
    private const int MostTerms = 512;

    private const int LanesOfShortSum = Strategy.MostLanes - 1, LanesOfSum = (4 * Strategy.MostLanes) - 1;

    // Where there are no lanes else.
    private const int FewestRowsOfSingles = 2;

    /// <summary>Threads that share the copying take so many rows of the source: a register of the copy's.</summary>
    public const int Granule = Strategy.MostLanes;

    // Rows a power of two apart fall on the same lines of the cache: a vector more between them, and they do not.
    private const int Padding = Strategy.MostLanes;

    /// <summary>The kernel, told of it: it is left with the few rows for which there is no copy.</summary>
    public Kernel Beside(Kernel kernel) => kernel with { Packing = this, Strategy = kernel.Strategy is LanesAcrossSum lanes ? lanes.OfFewRows : kernel.Strategy };

    /// <summary>The packing that a kernel profits from; null where there is none.</summary>
    public static Packing? For(Kernel kernel, TargetCapabilities target)
    {
        Statement lead = kernel.Lead;
        if (kernel.Strategy is not (LanesAcrossSum or ScalarLoops) || lead.Value.Kind != ReduceKind.Sum || !lead.Target.HasBatch || lead.At[lead.At.Count - 1].Pure is not { } lane)
        {
            return null;
        }

        Read[] across = kernel.Statements.SelectMany(s => s.Reads).Distinct().Where(r => Strides.Along(r.Tensor, r.At, lane) is not (0 or 1)).ToArray();
        if (across.Length != 1 || across[0] is not { Tensor.Role: TensorRole.Parameter, At.Count: 2 } source || source.At.Any(i => i.Pure is null))
        {
            return null;
        }

        int rows = source.Tensor.Extents[1].Value;
        int columns = source.Tensor.Extents[0].Value;
        int width = LanesAcrossOutputs.Width(columns);
        int aligned = (columns + width - 1) / width * width;
        int stride = aligned % 64 == 0 ? aligned + Padding : aligned;
        var copy = new Tensor(source.Tensor.Symbol + "t", TensorRole.Local, ElementKind.F32, rows, stride);
        Expr read = copy[source.At[1], source.At[0]];
        Statement[] statements = kernel.Statements.Select(s => s.MapValues(Replace)).ToArray();
        Strategy strategy = StrategyChoice.For(statements, target);
        if (strategy is not LanesAcrossOutputs lanes)
        {
            return null;
        }

        // There are rows enough for all but the lowest tiles.
        (int many, int few) = kernel.Strategy is not LanesAcrossSum { Lane.Extent: var terms } ? (FewestRowsOfSingles, FewestRowsOfSingles)
            : terms.Value > LanesOfSum && terms.Value % Strategy.MostLanes == 0 ? (Math.Min(terms.Value, MostTerms) / TermsForRow, Math.Min(terms.Value, MostTerms) / TermsForRowInFewRegisters)
            : terms.Value > LanesOfSum ? (FewestRowsOfLongSums, FewestRowsOfLongSums)
            : terms.Value > LanesOfShortSum ? (FewestRowsOfSums, FewestRowsOfSums) : (FewestRowsOfShortSums, FewestRowsOfShortSums);
        strategy = lanes with { Rows = lanes.Rows.Where(r => r == lanes.Rows[0] || r >= Math.Min(many, few)).ToArray() };
        string reason = $"{MathPrinter.Memory(copy)} is {MathPrinter.Memory(source.Tensor)} transposed. {strategy.Reason}";
        return new Packing(source, copy, kernel with { Name = kernel.Name + "Packed", Statements = statements, Strategy = strategy with { Reason = reason } }, many, few);

        Expr Replace(Expr e) => e.Equals(source) ? read : e.Map(Replace);
    }
}
