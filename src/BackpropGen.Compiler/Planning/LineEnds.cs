using System.Collections.Generic;
using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>
/// Which letters of a line of code end in a register as narrow as will do. One that overlaps the register before it costs a full load, of two
/// lines of the cache more often than not; and what both store, the next step of training reads from neither: it waits until it is in the
/// cache. Sums across lanes mostly have registers of one width: a letter that some kernel sums along ends as those do wherever it runs.
/// </summary>
internal static class LineEnds
{
    public static IReadOnlyList<Kernel> In(IReadOnlyList<Kernel> kernels)
    {
        var summed = new HashSet<int>(kernels.Where(k => !k.IsTotal).Select(k => k.Strategy).OfType<LanesAcrossSum>().SelectMany(s => s.Tile is { } tile ? new[] { s.Lane, tile } : [s.Lane]).Select(a => a.Extent.Value));
        return kernels.Select(k => k with { Strategy = In(k.Strategy) }).ToArray();

        Strategy In(Strategy strategy) => strategy switch
        {
            LanesAcrossOutputs lanes when !summed.Contains(lanes.Lane.Extent.Value) => lanes with { EndsNarrow = true },
            LanesAcrossSum lanes when !summed.Contains(lanes.Lane.Extent.Value) => lanes with { EndsNarrow = true },
            _ => strategy,
        };
    }
}
