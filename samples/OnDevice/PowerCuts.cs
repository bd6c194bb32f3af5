using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;

namespace OnDevice;

/// <summary>
/// The device as a process of its own, which is killed in the middle of its work, over and over, and started again. It saves itself after each reference
/// reading; in the end it must be, to the bit, what a device is that was never switched off.
/// </summary>
internal static class PowerCuts
{
    private const int Days = 120;
    private const int SavesBetweenCuts = 70;

    /// <summary>The process that is killed: lives from where its file says, and says a word after each save.</summary>
    public static void Live(FactoryCalibration factory, string path, int seed)
    {
        var device = new Device(factory);
        if (File.Exists(path))
        {
            device.Restore(path);
        }

        Live(device, seed, () =>
        {
            device.Save(path);
            Console.WriteLine("saved");
        });
    }

    /// <summary>Kills and starts again until the device has lived.</summary>
    /// <returns>How many times it was killed, and whether it is the same.</returns>
    public static (int Cuts, bool IsSame) Try(FactoryCalibration factory, string? weights, int seed)
    {
        string folder = Directory.CreateTempSubdirectory("ondevice-").FullName;
        try
        {
            string cut = Path.Combine(folder, "cut.safetensors");
            int cuts = 0;
            while (!Start(cut, weights, seed, SavesBetweenCuts + cuts))
            {
                cuts++;
            }

            string whole = Path.Combine(folder, "whole.safetensors");
            var device = new Device(factory);
            Live(device, seed, () => { });
            device.Save(whole);
            return (cuts, File.ReadAllBytes(cut).AsSpan().SequenceEqual(File.ReadAllBytes(whole)));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Live(Device device, int seed, Action learnt)
    {
        // The field goes by whether the device is on or not; what it has lived through already is not lived through again.
        var field = new Field(seed, Ageing.Elements);
        for (int i = 0; i < Days * 24; i++)
        {
            Hour hour = field.Next();
            if (hour.Number >= device.Hours && hour.Reference is { } reference)
            {
                device.Learn(hour, reference);
                learnt();
            }
        }
    }

    // True where the process came to its end by itself.
    private static bool Start(string path, string? weights, int seed, int saves)
    {
        string program = Environment.ProcessPath ?? throw new InvalidOperationException("This program does not know its own file.");
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(program) == "dotnet")
        {
            start.ArgumentList.Add(Environment.GetCommandLineArgs()[0]);
        }

        string[] arguments = [Arguments.LiveName, path, Arguments.SeedName, seed.ToString(CultureInfo.InvariantCulture)];
        foreach (string argument in weights is null ? arguments : [.. arguments, Arguments.WeightsName, weights])
        {
            start.ArgumentList.Add(argument);
        }

        using Process process = Process.Start(start)!;
        for (int i = 0; i < saves; i++)
        {
            if (process.StandardOutput.ReadLine() is null)
            {
                process.WaitForExit();
                return process.ExitCode == 0 ? true : throw new IOException($"The device ended with exit code {process.ExitCode}.");
            }
        }

        // It is at its next reading by now, or at the next but one, or in the middle of saving it.
        process.Kill();
        process.WaitForExit();
        return false;
    }
}
