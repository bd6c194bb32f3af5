using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>How several threads share a kernel: each has a range of one axis, and no value is written by two.</summary>
/// <param name="Axis">The axis of which each has a range.</param>
/// <param name="Granule">Ranges begin at multiples of this, so that every value is computed as by one thread: to the same bits.</param>
/// <param name="Gathers">The results are sums over groups of a granule each, to be added in order.</param>
internal sealed record KernelSplit(Axis Axis, int Granule, bool Gathers = false)
{
    /// <summary>Whole registers along the rows, and no less than a tile.</summary>
    public const int GranuleOfRows = Strategy.MostLanes;

    // Tiles of one height or another make up whatever range there is, from the lowest tile on.
    private const int GranuleOfTiles = 4;

    /// <summary>The ranges are of the batch's rows.</summary>
    public bool IsOfRows => Axis.IsBatch;

    /// <summary>Whether a letter is the one that is split; every statement may have a letter of its own for the batch.</summary>
    public bool Splits(Axis? axis) => axis is not null && (axis.Equals(Axis) || (axis.IsBatch && Axis.IsBatch));

    /// <summary>How threads share a kernel; null where one of them does all of it.</summary>
    public static KernelSplit? Of(Kernel kernel)
    {
        Statement lead = kernel.Lead;
        bool isTotal = kernel.IsTotal;
        Axis? row = isTotal ? lead.Value.Over.FirstOrDefault(a => a.IsBatch) : lead.At.Count > 0 && lead.At[0].Pure is { IsBatch: true } first ? first : null;
        if (row is not null)
        {
            // A row's values depend on no other row, and are its own.
            bool isOwn = kernel.Statements.All(s =>
                s.Reads.All(r => !r.Tensor.HasBatch || r.At[0].Pure is { IsBatch: true })
                && (isTotal || (s.At[0].Pure is { IsBatch: true } && s.Value.Over.All(a => !a.IsBatch))));
            return isOwn ? new KernelSplit(row, GranuleOfRows, isTotal) : null;
        }

        (Axis? axis, int granule) = kernel.Strategy switch
        {
            LanesAcrossOutputs { Tile: { Extent.IsConstant: true } tile } lanes => (tile, lanes.Rows[0]),
            LanesAcrossSum { Tile: { Extent.IsConstant: true } tile } lanes => (tile, lanes.Columns),
            ScalarLoops => (lead.Free.FirstOrDefault(a => a.Extent.IsConstant), 1),
            _ => ((Axis?)null, 1),
        };
        return axis is not null && !isTotal && axis.Extent.Value >= 2 * granule
            && kernel.Statements.All(s => !s.Target.HasBatch && Strides.Along(s.Target, s.At, axis) != 0)
            ? new KernelSplit(axis, kernel.Strategy is LanesAcrossOutputs ? GranuleOfTiles : granule)
            : null;
    }
}
