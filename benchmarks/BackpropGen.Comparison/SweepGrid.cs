using System.Collections.Generic;
using System.Linq;

namespace BackpropGen.Comparison;

/// <summary>Which shapes: every depth, every width and every batch with every other.</summary>
/// <param name="Depths">Affine layers, all of one width.</param>
/// <param name="Widths">Inputs and outputs of each.</param>
/// <param name="Batches">Samples per call.</param>
internal sealed record SweepGrid(IReadOnlyList<int> Depths, IReadOnlyList<int> Widths, IReadOnlyList<int> Batches)
{
    /// <summary>Powers of two, primes, and the vectors' lanes ± 1.</summary>
    public static SweepGrid Full { get; } = new(
        [1, 2, 3, 4, 5, 6],
        [1, 2, 3, 4, 5, 7, 8, 9, 13, 15, 16, 17, 23, 31, 32, 33, 47, 63, 64, 65, 97, 127, 128, 129, 251, 256, 257, 509, 512],
        [1, 2, 7, 16, 32, 33, 64, 128, 256, 1024]);

    /// <summary>A look at it, in half a minute.</summary>
    public static SweepGrid Quick { get; } = new([1, 3], [1, 3, 8, 16, 17, 32, 64, 127, 256], [1, 16, 64, 256]);

    /// <summary>Rectifiers between the layers, and the squared error behind the last: what a layer costs, not its activation.</summary>
    public static NetworkSpec Network(int depth, int width) =>
        new([.. Enumerable.Repeat(width, depth + 1)], Activation.Relu, Activation.Linear, Loss.Mse);

    /// <summary>All that is measured at a depth, from small to large.</summary>
    public IEnumerable<Workload> Workloads(int depth) =>
        from width in Widths
        from batch in Batches
        from phase in new[] { Phase.Infer, Phase.Train }
        select new Workload(Network(depth, width), phase, batch);
}
