using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>
/// Inference of two samples at once, where there are two: what one waits for, the other's instructions fill, and a row of a matrix is loaded once
/// for both. 16-16-16-16 takes 32 ns for one; for two it was measured at 66 ns one by one and at 48 so. 4-4-4-4 went from 21.5 ns to 17.6, though
/// nothing is shared there.
/// </summary>
internal static class LinePairs
{
    // What a tile of a few samples takes for each kernel beside its operations, in operations of a line.
    private const int OperationsOfTile = 48;

    // Both samples' sums fill half of 16 registers of 8 lanes.
    private const int MostLanesInFewRegisters = 2 * Strategy.MostLanes;

    /// <summary>The plan for one sample, and for two where both fit into methods that the JIT compiles in full.</summary>
    public static MethodPlan In(MethodPlan one)
    {
        Kernel[] kernels = one.Kernels.Select(SideBySide).ToArray();
        if (!kernels.Any(k => k.Strategy is (LanesAcrossOutputs or LanesAcrossRows) && k.Lead.Value.Kind == ReduceKind.Sum)
            || kernels.Any(k => 2 * Line.Written(k) > Line.MostOfKernel(k)))
        {
            return one;
        }

        int most = Line.MostSamples(one.Kernels, OperationsOfTile);
        bool fitsInFewRegisters = kernels.All(k => k.Strategy is not LanesAcrossOutputs lanes || lanes.Lane.Extent.Value <= MostLanesInFewRegisters);
        return one with { Pairs = one with { Kernels = kernels }, MostSamples = most, MostSamplesInFewRegisters = fitsInFewRegisters ? most : one.MostSamplesInFewRegisters };
    }

    // Rows of 8 are half a register. Two samples' sums side by side fill one as two rows of a matrix do, and nothing is moved between lanes.
    private static Kernel SideBySide(Kernel kernel) =>
        kernel.Strategy is LanesAcrossRows { Width: Strategy.MostLanes / 2, OfLane: null } && StrategyChoice.AcrossOutputs(kernel.Statements, isLine: true) is { } outputs
            ? kernel with { Strategy = outputs }
            : kernel;
}
