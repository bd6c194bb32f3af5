using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Security.Cryptography;
using System.Threading;
using Xunit;

namespace BackpropGen.Training.Tests.Training;

public sealed class KillTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    /// <summary>How often is said by the environment variable BACKPROPGEN_KILLS; 30 times without it.</summary>
    [Fact]
    public void Killed_while_saving_a_whole_checkpoint_is_there_each_time_and_the_training_goes_on_as_if_nothing_had_been()
    {
        int kills = int.Parse(Environment.GetEnvironmentVariable("BACKPROPGEN_KILLS") ?? "30", CultureInfo.InvariantCulture);
        string path = Path.Combine(folder, "training.checkpoint");
        var random = new Random(1);
        var found = new SortedDictionary<long, string>();
        long last = 0;
        for (int kill = 0; kill < kills; kill++)
        {
            using Process child = Start(path);

            // It has gone on from the checkpoint and written one itself; from then on it saves most of the time.
            bool isSaving = child.StandardOutput.ReadLine() == "saved";
            Thread.Sleep(TimeSpan.FromMilliseconds(20 * random.NextDouble()));
            child.Kill();
            child.WaitForExit();
            Assert.True(isSaving, isSaving ? string.Empty : child.StandardError.ReadToEnd());

            // Open checks every byte.
            SafetensorsFile file = SafetensorsFile.Open(path);
            var net = new LargeNet();
            Weights.Load(net, file);
            long step = Number(file, "step_count");
            Assert.Equal(step, (Number(file, "epoch") * 4) + Number(file, "step"));
            Assert.InRange(step, last + 1, long.MaxValue);
            last = step;
            found[step] = Hash(net);
        }

        // What a process does by itself that nobody kills.
        using var done = new CancellationTokenSource();
        var alone = new LargeNet();
        TargetTrainer<LargeNet> trainer = KilledWhileSaving.Trainer(alone);
        int compared = 0;
        trainer.Observers.Add(new StepObserver(_ =>
        {
            if (found.TryGetValue(alone.StepCount, out string? hash))
            {
                Assert.Equal(hash, Hash(alone));
                compared++;
            }

            if (alone.StepCount >= last)
            {
                done.Cancel();
            }
        }));
        trainer.Run(done.Token);
        Assert.Equal(found.Count, compared);

        // The killed ones' unfinished files are gone but for the last one's.
        Assert.InRange(Directory.GetFiles(folder).Length, 1, 2);
    }

    private static long Number(SafetensorsFile file, string key) => long.Parse(file.Metadata["training." + key], CultureInfo.InvariantCulture);

    private static string Hash(LargeNet net) => Convert.ToHexString(SHA256.HashData(System.Runtime.InteropServices.MemoryMarshal.AsBytes(net.Parameters)));

    private static Process Start(string path) => Process.Start(new ProcessStartInfo
    {
        FileName = "dotnet",
        ArgumentList = { "exec", typeof(KillTests).Assembly.Location, KilledWhileSaving.Argument, path },
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;
}
