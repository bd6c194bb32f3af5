using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.Intrinsics.X86;

namespace BackpropGen.Comparison;

/// <summary>A competitor's program, which waits for requests: <c>competitors/serve.h</c> has the protocol.</summary>
internal sealed class NativeProgram : IDisposable
{
    private readonly Process _process;

    public NativeProgram(string path, string library)
    {
        Library = library;
        var start = new ProcessStartInfo(path) { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false };
        start.Environment["OMP_NUM_THREADS"] = "1";
        start.Environment["OPENBLAS_NUM_THREADS"] = "1";
        if (Avx512F.IsSupported)
        {
            // Newer processors than a library knows get its oldest kernels, unless they are named.
            start.Environment["OPENBLAS_CORETYPE"] = "SKYLAKEX";
            start.Environment["ATEN_CPU_CAPABILITY"] = "avx512";
        }

        _process = Process.Start(start) ?? throw new IOException($"{path} does not start");
    }

    public string Library { get; }

    public IEnumerable<Contender> Contenders() => Ask("list").Split(' ').Skip(1).Select(name => new Way(this, name));

    public string Version() => Ask("version")["version ".Length..];

    /// <summary>GFLOP/s of multiply-adds in registers of that many bits; null where the machine has none. For the program <c>peak</c>.</summary>
    public double? Peak(int bits, TimeSpan budget)
    {
        string[] answer = Ask(FormattableString.Invariant($"peak {bits} {budget.TotalMilliseconds}")).Split(' ');
        return answer[0] == "peak" ? Number(answer[2]) : null;
    }

    public void Dispose()
    {
        // The end of its input is the end of the program.
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static double Number(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    private string Ask(string request)
    {
        _process.StandardInput.WriteLine(request);
        _process.StandardInput.Flush();
        return _process.StandardOutput.ReadLine() ?? throw new IOException($"{_process.StartInfo.FileName} ended at the request \"{request}\"");
    }

    private sealed class Way(NativeProgram program, string name) : Contender(program.Library, name)
    {
        public override Timing? Measure(Workload workload, TimeSpan budget)
        {
            string[] answer = program.Ask(FormattableString.Invariant(
                $"measure {Name} {workload.Network.Text} {workload.PhaseName} {workload.Batch} {budget.TotalMilliseconds}")).Split(' ');
            return answer[0] == "result" ? new Timing(Number(answer[5]), Number(answer[6]), long.Parse(answer[7], CultureInfo.InvariantCulture)) : null;
        }

        public override Sample? Compute(NetworkSpec network, int batch, float rate)
        {
            string answer = program.Ask(FormattableString.Invariant($"check {Name} {network.Text} {batch} {rate}"));
            if (!answer.StartsWith("check ", StringComparison.Ordinal))
            {
                return null;
            }

            double[][] parts = [.. answer["check ".Length..].Split(';').Select(part => part.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Number).ToArray())];
            return new Sample(parts[0], parts[1], parts[2]);
        }
    }
}
