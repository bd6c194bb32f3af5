using System;

namespace BackpropGen.Comparison;

/// <summary>One shape of the sweep, measured.</summary>
/// <param name="Nanoseconds">A call of this compiler's network.</param>
/// <param name="Best">The name of the fastest competitor; empty where there is none.</param>
/// <param name="BestNanoseconds">A call of that; not a number where there is none.</param>
internal sealed record SweepPoint(Workload Workload, double Nanoseconds, string Best, double BestNanoseconds)
{
    public const string CsvHeader = "depth,width,batch,phase,ns,best,best ns,ratio,share of the peak";

    public int Depth => Workload.Network.Layers;

    public int Width => Workload.Network.Inputs;

    public int Batch => Workload.Batch;

    public Phase Phase => Workload.Phase;

    /// <summary>How many times as fast as the best competitor; below 1 where that is the faster one.</summary>
    public double Ratio => BestNanoseconds / Nanoseconds;

    /// <summary>Multiply-adds of one layer's matrix product.</summary>
    public long ProductOfSizes => (long)Width * Width * Batch;

    /// <summary>Of what the core's multiply-adds can do, 0 to 1; not a number where nobody measured that.</summary>
    public double ShareOf(MachinePeak peak) => peak.Best > 0 ? Workload.Flop / Nanoseconds / peak.Best : double.NaN;

    public string Csv(MachinePeak peak) => FormattableString.Invariant(
        $"{Depth},{Width},{Batch},{Workload.PhaseName},{Nanoseconds:F2},{Best},{BestNanoseconds:F2},{Ratio:F3},{ShareOf(peak):F3}");
}
