using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace BackpropGen.Comparison;

/// <summary>What a figure is worth nothing without.</summary>
internal static class Machine
{
    public static string Describe(MachinePeak peak, IEnumerable<string> versions) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Processor()}, vectors of {VectorBits} bits, one thread{Peak(peak)}. {string.Join(", ", versions.Prepend(RuntimeInformation.OSDescription).Prepend(RuntimeInformation.FrameworkDescription))}. {DateTime.UtcNow:yyyy-MM-dd}.");

    private static string Peak(MachinePeak peak) => peak.Best > 0
        ? string.Create(CultureInfo.InvariantCulture, $"; multiply-adds at {peak.Best:F0} GFLOP/s ({peak.Bits128:F0}, {peak.Bits256:F0}, {peak.Bits512:F0} with 128, 256, 512 bits)")
        : string.Empty;

    private static int VectorBits => Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : Vector128.IsHardwareAccelerated ? 128 : 0;

    private static string Processor()
    {
        const string CpuInfo = "/proc/cpuinfo";
        string[] lines = File.Exists(CpuInfo) ? File.ReadAllLines(CpuInfo) : [];
        string Value(string key) => lines.FirstOrDefault(l => l.StartsWith(key, StringComparison.Ordinal))?.Split(':', 2)[1].Trim() ?? "unknown";
        return lines.Length == 0 ? RuntimeInformation.ProcessArchitecture.ToString() : $"{Value("model name")} (family {Value("cpu family")}, model {Value("model\t")})";
    }
}
