using System.Collections.Generic;
using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>
/// What a line of code does not write out but loops over: written out, long sums and many rows would take longer to be fetched and decoded
/// than to be computed.
/// </summary>
internal static class LineLoops
{
    // 64-32-10 takes 93 ns with loops over 64 and 32 terms, and 130 without, on a machine with 16 registers of 256 bits; 31-31 29.5 and 32.7, six
    // layers of it 181 and 283, on one with 32. 17-17 gains, 16-16 does not.
    private const int FewestTerms = 17;

    // So many rows are written out.
    private const int MostRows = 16;

    // So few registers side by side are worth more terms in a turn of the loop.
    private const int FewRegisters = 4;

    /// <summary>The letter of a long sum of products, the factor that is the same for all lanes and the one that lies along them; null where the terms are written out.</summary>
    public static (Axis Axis, Read One, Read Neighbours)? Terms(Kernel kernel)
    {
        Axis[] over = kernel.Lead.Value.Over.Where(a => !a.IsBatch).ToArray();
        if (kernel.Strategy is not LanesAcrossOutputs { Lane: var lane } || lane.Extent.Value < Strategy.FewestLanes || over.Length != 1 || over[0].Extent.Value < FewestTerms
            || Factors(kernel, lane) is not { } factors)
        {
            return null;
        }

        return (over[0], factors.One, factors.Neighbours);
    }

    /// <summary>The factor that is the same for all lanes and the one that lies along them; null where a kernel sums no such products.</summary>
    public static (Read One, Read Neighbours)? Factors(Kernel kernel, Axis lane)
    {
        if (kernel.Lead.Value is not { Kind: ReduceKind.Sum, Body: Binary { Op: BinaryOp.Multiply, Left: Read { Tensor.Role: not TensorRole.Scalar } left, Right: Read { Tensor.Role: not TensorRole.Scalar } right } }
            || IsAlong(left) == IsAlong(right))
        {
            return null;
        }

        return IsAlong(left) ? (right, left) : (left, right);

        bool IsAlong(Read read) => Strides.Along(read.Tensor, read.At, lane) != 0;
    }

    /// <summary>How many terms of a long sum there are in a turn of its loop.</summary>
    public static int TermsAtOnce(int registers) => registers <= FewRegisters ? 4 : 2;

    /// <summary>The same kernels with loops over many columns whose sums end in one register.</summary>
    public static IReadOnlyList<Kernel> OverColumns(IReadOnlyList<Kernel> kernels) => kernels.Select(k =>
        k.Strategy is LanesAcrossSum { GathersColumns: true, Tile.Extent.Value: > MostRows } lanes && k.InPlace.Count == 0 ? k with { Strategy = lanes with { LoopsOverColumns = true } } : k).ToArray();

    /// <summary>How many columns are written out of those that a loop is over: a turn of it, and as many again where some are left.</summary>
    public static int ColumnsWritten(Axis columns) => columns.Extent.Value % Strategy.FewestLanes == 0 ? Strategy.FewestLanes : 2 * Strategy.FewestLanes;

    /// <summary>The letter of many rows, each of which is done by itself; null where they are written out.</summary>
    public static Axis? Rows(Kernel kernel)
    {
        if (kernel.Strategy is not LanesAcrossOutputs { Lane: var lane } || kernel.Lead.Value.Kind != ReduceKind.None)
        {
            return null;
        }

        Axis[] rows = kernel.Lead.Free.Where(a => !a.IsBatch && !a.Equals(lane)).ToArray();
        return rows.Length == 1 && rows[0].Extent.Value > MostRows ? rows[0] : null;
    }
}
