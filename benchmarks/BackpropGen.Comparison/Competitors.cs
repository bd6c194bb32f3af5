using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;

namespace BackpropGen.Comparison;

/// <summary>All native programs that could be built here, and the measure of the machine's peak.</summary>
internal sealed class Competitors : IDisposable
{
    // The programs' names are those of their sources.
    private static readonly (string Program, string Library)[] Libraries =
    [
        ("libxsmm", "LIBXSMM"), ("openblas", "OpenBLAS"), ("onednn", "oneDNN"), ("eigen", "Eigen"), ("libtorch", "libtorch"), ("fann", "FANN"),
    ];

    private readonly List<NativeProgram> _programs = [];
    private readonly NativeProgram? _peak;

    private Competitors(string folder)
    {
        foreach ((string program, string library) in Libraries.Where(l => File.Exists(Path.Combine(folder, l.Program))))
        {
            _programs.Add(new NativeProgram(Path.Combine(folder, program), library));
        }

        string peak = Path.Combine(folder, "peak");
        _peak = File.Exists(peak) ? new NativeProgram(peak, "peak") : null;
        All = [.. _programs.SelectMany(p => p.Contenders())];
    }

    public IReadOnlyList<Contender> All { get; }

    public IEnumerable<string> Versions => _programs.Select(p => $"{p.Library} {p.Version()}");

    /// <summary>Builds what is not up to date, says what is missing, and starts all.</summary>
    public static Competitors Build()
    {
        string sources = Path.Combine(Repository.Root, "benchmarks", "competitors");
        string folder = Path.Combine(sources, "bin");
        if (OperatingSystem.IsWindows())
        {
            Console.Error.WriteLine("skipped all competitors: their build script is for Linux");
        }
        else
        {
            using Process build = Process.Start(new ProcessStartInfo("bash", [Path.Combine(sources, "build.sh"), folder]))!;
            build.WaitForExit();
            if (build.ExitCode != 0)
            {
                throw new UserErrorException("a competitor does not build; see above");
            }
        }

        return new Competitors(folder);
    }

    /// <summary>GFLOP/s of one core with the widest registers, and with each width. Zero where there is no program to measure it.</summary>
    public MachinePeak Peak(TimeSpan budget) => new(_peak?.Peak(128, budget) ?? 0, _peak?.Peak(256, budget) ?? 0, _peak?.Peak(512, budget) ?? 0);

    public void Dispose()
    {
        _programs.ForEach(p => p.Dispose());
        _peak?.Dispose();
    }
}

/// <summary>GFLOP/s of fused multiply-adds on one core, by the registers' bits; 0 where there are none.</summary>
internal readonly record struct MachinePeak(double Bits128, double Bits256, double Bits512)
{
    public double Best => Math.Max(Bits128, Math.Max(Bits256, Bits512));

    public static MachinePeak Median(IEnumerable<MachinePeak> peaks)
    {
        MachinePeak[] all = [.. peaks];
        return new MachinePeak(Of(p => p.Bits128), Of(p => p.Bits256), Of(p => p.Bits512));

        double Of(Func<MachinePeak, double> width) => Statistics.Median(all.Select(width));
    }
}
