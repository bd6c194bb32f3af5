using System;
using System.Collections.Generic;
using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>How a kernel's loops are written, and why so.</summary>
/// <param name="Reason">What the comment in the emitted code says.</param>
internal abstract record Strategy(string Reason)
{
    /// <summary>The loops are over vectors: to be compiled at once as well as can be, for the JIT's first attempt at them is ten times slower.</summary>
    public virtual bool IsVectorised => true;

    /// <summary>The fewest lanes that a vector has: a sum shorter than that is not worth one.</summary>
    public const int FewestLanes = 4;

    /// <summary>The fewest neighbouring outputs that are worth a vector, of which the other lanes are idle.</summary>
    public const int FewestOutputs = 2;

    /// <summary>The most lanes that a vector has: an axis that this divides leaves no remainder on any machine.</summary>
    public const int MostLanes = 16;
}

/// <summary>One loop over memory as it lies: every tensor is read and written in the same order.</summary>
internal sealed record FlatLoop(bool HasVectors, string Reason) : Strategy(Reason)
{
    public override bool IsVectorised => HasVectors;
}

/// <summary>Lanes hold neighbouring outputs; what is summed is summed in every lane by itself.</summary>
/// <param name="Lane">The axis that the lanes run along.</param>
/// <param name="Tile">The axis of which several rows are worked on at once, so that a load serves all of them; null for one row at a time.</param>
/// <param name="Rows">How many: at most so many at a time, where the registers hold them; and others that are fewer than the lowest tile has, and are written otherwise.</param>
/// <param name="Sum">The axis along which a tile of few rows sums in several chains; null where nothing is summed.</param>
/// <param name="Overlaps">What no vector would fill is done by one that overlaps the vector before it.</param>
/// <param name="IsInPlace">What is read is replaced, so that no output may be worked on twice.</param>
/// <param name="IsAtOnce">The axis is short: a few registers hold all of it, the last overlapping the one before it.</param>
/// <param name="Reason">Why so.</param>
internal sealed record LanesAcrossOutputs(Axis Lane, Axis? Tile, IReadOnlyList<int> Rows, Axis? Sum, bool Overlaps, bool IsInPlace, bool IsAtOnce, string Reason) : Strategy(Reason)
{
    // A multiplication and addition takes four cycles, and two begin in one: fewer sums than eight would wait for each other.
    private const int SumsAtOnce = 8;

    private const int MostChains = 4;

    // What every machine with vectors has; others have twice as many.
    private const int FewestRegisters = 16;

    // What a core's first cache holds besides what else is going on: 32 KB.
    private const int FloatsNear = 8 * 1024;

    // As long as a line of the second cache takes to come, and then some.
    private const int FloatsAhead = 1024;

    // Tiles use few columns of a row, and so soon the next: 509 wide, four rows take 0.93 of the time with it.
    private const int TermsAheadOfTiles = 6;

    // Longer rows are asked for at least so far ahead.
    private const int FewestTermsAhead = 2;

    // What a row of sums holds, in 16 registers of 8 lanes or in 8 of 16.
    private const int LanesOfRow = SumsAtOnce * MostLanes;

    // Two rows of them, each vector's load and two broadcasts: what 16 registers hold.
    private const int VectorsOfTwoRows = 4;

    // Two vectors of 6 rows fill 16 registers.
    private const int RowsNear = 6;

    // A copy is read once for each register of these.
    private const int FewestLanesOfNear = 8 * MostLanes;

    // The same where rows do not begin with a line of the cache.
    private const int FewestLanesOfNearUnaligned = 3 * MostLanes;

    // Two registers side by side that overlap the two before them by more would do better one by one.
    private const int FewestLanesLeft = MostLanes / 2;

    // 512 bytes: of 64 lines with 8 places each, what lies so far apart has 8.
    private const int FloatsOfFewLines = 128;

    // 64 bytes of each term where registers are few, twice as many where there are many: 64 KB on the stack.
    private const int MostTermsOfPanel = 1024;

    /// <summary>For fewer rows a panel costs more to copy than it saves.</summary>
    public const int FewestRowsOfPanel = 32;

    /// <summary>Room for so many floats near each other: 8 of each sample.</summary>
    public const int MostNear = 8 * 256;

    // Rows of 2 KB: two to a page, and of 64 lines with 8 places each, what lies so far apart has 2.
    private const int FewestFloatsOfFarRow = 512;

    // More than half of the second cache: every tile would wait for the matrix.
    private const int FewestFloatsOfFarMatrix = 192 * 1024;

    /// <summary>
    /// What is copied near each other lies so far apart that many registers would wait for it as well: 512-512-512-512-512 was measured at 10.4 ms for a
    /// step with 128 samples without, and at 8.9 with it.
    /// </summary>
    public static bool IsFarForMany(Read far, Axis sum) => Strides.Along(far.Tensor, far.At, sum) >= FewestFloatsOfFarRow;

    /// <summary>
    /// A panel of columns is worth its copy where there are many registers as well: 509-509 was measured at 199 µs for 33 samples without, and at 159
    /// with it.
    /// </summary>
    public bool IsPaneledForMany => IsFarMatrix && Sum!.Extent.Value <= MostTermsOfPanel / 2;

    private bool IsFarMatrix => Sum is { Extent.IsConstant: true } && (long)Lane.Extent.Value * Sum.Extent.Value >= FewestFloatsOfFarMatrix;

    /// <summary>How many floats the registers hold that hold a whole axis: as many as fit, and the last overlaps the one before it.</summary>
    public static int Width(int extent) => extent >= MostLanes ? MostLanes : extent >= MostLanes / 2 ? MostLanes / 2 : Math.Min(extent, FewestLanes);

    /// <summary>Where each of them starts.</summary>
    public static IReadOnlyList<int> Places(int extent)
    {
        int width = Width(extent);
        return Enumerable.Range(0, (extent + width - 1) / width).Select(i => Math.Min(i * width, extent - width)).ToArray();
    }

    /// <summary>
    /// Where the registers of a line of code start, and how many floats they hold: as <see cref="Places"/>, but the last one holds as few as will
    /// do, and overlaps the one before it by fewer or not at all.
    /// </summary>
    /// <param name="extent">The letter's.</param>
    /// <param name="fewest">The fewest that the last one may hold.</param>
    public static IReadOnlyList<(int Place, int Width)> RegistersOf(int extent, int fewest)
    {
        int width = Width(extent);
        return Places(extent).Select((_, i) =>
        {
            int rest = extent - (i * width);
            int own = rest >= width ? width : new[] { 1, 2, FewestLanes, 2 * FewestLanes, width }.First(w => w >= Math.Min(width, Math.Max(rest, fewest)));
            return (extent - Math.Max(rest, own), own);
        }).ToArray();
    }

    /// <summary>How far apart the rows lie of what the lanes run along, where it is a constant: more than there are lanes, where not all columns are meant.</summary>
    public int RowLength { get; init; } = Lane.Extent.Value;

    /// <summary>In a line of code, the last register is as narrow as will do.</summary>
    public bool EndsNarrow { get; init; }

    /// <summary>In a line of code, all lanes are one register that is wider than they are, and memory is read beyond the last.</summary>
    public bool ReadsBeyond { get; init; }

    /// <summary>The same for what is stored: behind it is room.</summary>
    public bool StoresBeyond { get; init; }

    /// <summary>The registers of a line of code.</summary>
    public IReadOnlyList<(int Place, int Width)> Registers => ReadsBeyond ? [(0, WidthBeyond(Lane.Extent.Value))] : RegistersOf(Lane.Extent.Value, EndsNarrow ? 1 : MostLanes);

    /// <summary>The narrowest register that holds so many floats.</summary>
    public static int WidthBeyond(int extent) => new[] { FewestLanes, 2 * FewestLanes, MostLanes }.First(w => w >= extent);

    /// <summary>In a line of code, the last register overlaps the one before it.</summary>
    public bool OverlapsAtEnd => !ReadsBeyond && Registers.Sum(r => r.Width) != Lane.Extent.Value;

    /// <summary>How many vectors lie side by side in a tile of so many rows: registers for the sums, and one load that serves all rows.</summary>
    public int Vectors(int rows)
    {
        if (IsAtOnce)
        {
            return Places(Lane.Extent.Value).Count;
        }

        int fitting = Sum is not null && Lane.Extent.IsConstant ? Lane.Extent.Value / MostLanes : 1;
        if (Tile is null)
        {
            // Nothing is shared, so that more side by side save nothing.
            return Math.Min(2, Math.Max(1, fitting));
        }

        if (rows == 1 && fitting is > SumsAtOnce and < 2 * SumsAtOnce && Lane.Extent.Value % MostLanes == 0)
        {
            // All there are: the matrix is walked as it lies. 208-208 was measured at 0.82 of the time that it takes in two passes.
            return fitting;
        }

        int wanted = rows switch { 1 => fitting >= 2 * SumsAtOnce ? 2 * SumsAtOnce : SumsAtOnce, 2 => SumsAtOnce, _ => 2 };
        int vectors = 1;
        while (2 * vectors <= Math.Min(fitting, wanted))
        {
            vectors *= 2;
        }

        return vectors;
    }

    /// <summary>
    /// How many vectors lie side by side in a tile of so many rows where they are narrower than the widest: of a single row that waits for its
    /// matrix, as many as there are registers, so that the matrix is walked as it lies. 784-128-10 was measured at 6.0 µs with 8 and at 5.2 with 16.
    /// </summary>
    public int VectorsOfNarrow(int rows) => IsStreamed(rows) && Vectors(rows) == SumsAtOnce ? 2 * SumsAtOnce : Vectors(rows);

    /// <summary>
    /// The same where registers are few: two rows have half as many side by side. 129-129 was measured at 923 ns for two samples with 4 of 16 lanes,
    /// and at 710 with 8 and what is left of a row in one loop.
    /// </summary>
    public int VectorsInFewRegisters(int rows) => rows == 2 ? Math.Min(VectorsOfTwoRows, Vectors(rows)) : Vectors(rows);

    /// <summary>How many of a tile's rows are worked on where there are few registers: for their sums, a load of each vector and a broadcast.</summary>
    public int RowsInFewRegisters(int rows)
    {
        int vectors = VectorsInFewRegisters(rows);
        return Math.Max(1, Math.Min(rows, (FewestRegisters - 1 - vectors) / vectors));
    }

    /// <summary>
    /// The most rows of the tiles that are left, where there are many registers. One of 7 reads its matrix once where one of 4 and one of 3 do so
    /// twice.
    /// </summary>
    public int LowRows => !Lane.Extent.IsConstant || Vectors(Rows[0]) == 1 ? RowsInFewRegisters(Rows[0]) : Rows[0] - 1;

    /// <summary>
    /// How many terms ahead a tile of so many rows asks for what the next ones read; 0 where it does not. 784-128-10 was measured at 2.25 µs
    /// without asking and 1.89 with it, on a machine with 32 registers of 512 bits. Two rows, 251 or 509 wide, take 0.89 of the time that they do
    /// without asking.
    /// </summary>
    public int TermsAhead(int rows) => rows > 2 ? (IsFetchedLate ? TermsAheadOfTiles : 0)
        : IsStreamed(rows) || (IsFetchedLate && rows == 2) ? Math.Max(FewestTermsAhead, (FloatsAhead + Lane.Extent.Value - 1) / Lane.Extent.Value)
        : 0;

    /// <summary>
    /// The height of tiles that do not ask ahead where others do; null where all do. What lies a power of two apart falls on the same lines of the
    /// first cache, and tiles so low use what they ask for so soon that it comes too late and drives out the rest: 512 wide, three rows take 1.13
    /// of the time with it, four 0.95.
    /// </summary>
    public int? RowsNotAsking => IsFetchedLate && RowLength % MostLanes == 0 ? 3 : null;

    /// <summary>
    /// Many registers hold sums of so many lanes that the loads of a term keep the second cache busy: 256-256-256-10 was measured at 2.5 µs
    /// whether they ask ahead or not. Where registers are few, it takes 9.2 without and 7.5 with it. What is fetched late is asked for with both.
    /// </summary>
    public bool AsksWithManyRegisters => Lane.Extent.IsConstant && (Lane.Extent.Value <= LanesOfRow || IsFetchedLate);

    // Rows begin within a line of the cache, so that most loads wait for two; or the matrix comes from further than the second cache. One row,
    // 251 wide, takes 0.94 of the time that it does without asking, 509 wide 0.92.
    private bool IsFetchedLate => IsBeyondFirstCache && (IsFarMatrix || (RowLength > LanesOfRow && RowLength % MostLanes != 0));

    // A single row does nothing but wait for a matrix that does not fit into the first cache; more rows have enough to do with each load.
    private bool IsStreamed(int rows) => rows == 1 && IsBeyondFirstCache;

    private bool IsBeyondFirstCache => !IsAtOnce && Sum is { Extent.IsConstant: true } && Lane.Extent.IsConstant && (long)Sum.Extent.Value * Lane.Extent.Value > FloatsNear;

    /// <summary>
    /// The operand that holds a tile's rows side by side and the terms of the sum so far apart that they fall on the same few lines of the
    /// first cache, where none waits for the next register of columns; null where there is none. Where registers are few, the loads that wait
    /// for it are too many: the tile's rows are copied near each other first. 256-256-256-10 was measured at 228 µs for a gradient without and 182 with it.
    /// </summary>
    public Read? Far(Statement lead) => lead.Value is { Kind: ReduceKind.Sum, Over.Count: 1 } && Sum is { IsBatch: true } && Tile is { Extent.IsConstant: true }
        && RowsInFewRegisters(Rows[0]) == RowsNear && Lane.Extent.IsConstant && Lane.Extent.Value >= FewestLanesOfNear
        ? lead.Value.Body.Reads.FirstOrDefault(r => r.Tensor.Element == ElementKind.F32 && Strides.Along(r.Tensor, r.At, Lane) == 0
            && Strides.Along(r.Tensor, r.At, Tile) == 1 && Strides.Along(r.Tensor, r.At, Sum) is > 0 and var apart && apart % FloatsOfFewLines == 0)
        : null;

    /// <summary>
    /// The matrix of which all of a batch's tiles read the same few columns, a row of it far from the next; null where there is none. Where
    /// registers are few, a panel of as many columns as a tile has is copied near each other first, and all tiles read it before the next panel
    /// is; the last panel overlaps the one before it. 784-128-10 was measured at 312 µs for a step of training without and 298 with it.
    /// </summary>
    public Read? Paneled(Statement lead) => lead.Value is { Kind: ReduceKind.Sum, Over.Count: 1 } && !IsInPlace && Tile is { IsBatch: true } && lead.Free.Count == 2
        && Sum is { Extent.IsConstant: true, Extent.Value: <= MostTermsOfPanel } && RowsInFewRegisters(Rows[0]) == RowsNear
        && Lane.Extent.IsConstant && IsFar(Lane.Extent.Value) && Lane.Extent.Value % (2 * MostLanes) is 0 or > 2 * MostLanes - FewestLanesLeft
        ? lead.Value.Body.Reads.FirstOrDefault(r => r.Tensor.Element == ElementKind.F32 && Strides.Along(r.Tensor, r.At, Lane) == 1
            && Strides.Along(r.Tensor, r.At, Tile) == 0 && IsFar(Strides.Along(r.Tensor, r.At, Sum)))
        : null;

    // Rows so long; or shorter ones that begin within a line of the cache, so that half of the loads would need two.
    private static bool IsFar(int floats) => floats >= FewestLanesOfNear || (floats >= FewestLanesOfNearUnaligned && floats % MostLanes != 0);

    /// <summary>How many sums each output of a tile is split into, which are added at the end.</summary>
    public int Chains(int rows, int vectors)
    {
        int chains = 1;
        while (Sum is not null && chains < MostChains && chains * rows * vectors < SumsAtOnce && !(Sum.Extent.IsConstant && Sum.Extent.Value < 4 * chains))
        {
            chains *= 2;
        }

        return chains;
    }
}

/// <summary>Lanes hold neighbouring terms of a sum, which are added up at the end.</summary>
/// <param name="Lane">The axis that the lanes run along.</param>
/// <param name="Tile">The axis of which several columns are worked on at once; null for one at a time.</param>
/// <param name="Columns">How many.</param>
/// <param name="Rows">The axis of which two rows are worked on at once, as they share the columns' loads; null for one at a time.</param>
/// <param name="GathersColumns">The columns are neighbours wherever the kernel reads or writes: their sums go into one register.</param>
/// <param name="Reason">Why so.</param>
internal sealed record LanesAcrossSum(Axis Lane, Axis? Tile, int Columns, Axis? Rows, bool GathersColumns, string Reason) : Strategy(Reason)
{
    // Of shorter sums a second row saves little.
    private const int FewestLanesOfTwoRows = MostLanes;

    /// <summary>How many rows at once, and how many of what is left.</summary>
    public IReadOnlyList<int> RowsAtOnce { get; init; } = [2, 1];

    /// <summary>All rows are done for some columns, then for the next: the columns' operand is larger than what a row reads.</summary>
    public bool ColumnsFirst { get; init; }

    /// <summary>
    /// The same where it is for so few rows that a copy of the matrix would not be worth it. 128-128-128-128 was measured at 21.8 µs for a step with
    /// seven samples one by one, and at 18.9 two by two.
    /// </summary>
    public LanesAcrossSum OfFewRows => this with { ColumnsFirst = true, RowsAtOnce = Lane.Extent is { IsConstant: true, Value: >= FewestLanesOfTwoRows } ? RowsAtOnce : [1] };

    /// <summary>In a line of code, the last register is as narrow as will do.</summary>
    public bool EndsNarrow { get; init; }

    /// <summary>In a line of code, the columns are so many that a loop is over every four of them.</summary>
    public bool LoopsOverColumns { get; init; }

    /// <summary>The registers of a line of code.</summary>
    public IReadOnlyList<(int Place, int Width)> Registers => LanesAcrossOutputs.RegistersOf(Lane.Extent.Value, EndsNarrow ? 1 : MostLanes);
}

/// <summary>
/// Lanes run along two letters that lie one behind the other in memory: rows of 2, 4 or 8 elements, of which one would not fill a register.
/// For a line of code.
/// </summary>
/// <param name="Row">The letter of the rows.</param>
/// <param name="Lane">The letter of a row's elements.</param>
/// <param name="Matrix">The matrix: an operand, or what is added to.</param>
/// <param name="OfRow">The operand that has a value per row; null where the rows' sums are what is computed.</param>
/// <param name="OfLane">The operand that has a value per element; null where the elements' sums are what is computed.</param>
/// <param name="Reason">Why so.</param>
internal sealed record LanesAcrossRows(Axis Row, Axis Lane, Read Matrix, Read? OfRow, Read? OfLane, string Reason) : Strategy(Reason)
{
    /// <summary>How many elements a row has.</summary>
    public int Width => Lane.Extent.Value;

    /// <summary>How many rows lie in a register.</summary>
    public int RowsAtOnce => MostLanes / Width;

    /// <summary>How many registers hold the matrix.</summary>
    public int Registers => Row.Extent.Value * Width / MostLanes;
}

/// <summary>Several kernels over the same rows, one row after another: what one computes, the next reads before it leaves the registers' reach.</summary>
/// <param name="Row">The rows' axis.</param>
/// <param name="Steps">The kernels, each written out for one row.</param>
/// <param name="Reason">Why so.</param>
internal sealed record RowByRow(Axis Row, IReadOnlyList<Kernel> Steps, string Reason) : Strategy(Reason)
{
    /// <summary>How as many rows as a register has lanes are worked on at once; null where rows come one by one only.</summary>
    public RowBlocks? Blocks { get; init; }

    /// <summary>The same with another kernel for the rows that fill no block.</summary>
    public RowByRow Of(Kernel product) => this with { Blocks = Blocks! with { Product = product } };
}

/// <summary>A total of which only one term of an axis is not 0: the one that the labels name.</summary>
/// <param name="Label">The axis of the classes.</param>
/// <param name="Labels">Where its value is read.</param>
/// <param name="Term">The term.</param>
/// <param name="Reason">Why so.</param>
internal sealed record AtLabels(Axis Label, Read Labels, Expr Term, string Reason) : Strategy(Reason)
{
    public override bool IsVectorised => false;
}

/// <summary>Loops over single values.</summary>
internal sealed record ScalarLoops(string Reason) : Strategy(Reason)
{
    public override bool IsVectorised => false;
}
