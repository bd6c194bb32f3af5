using System;
using System.Linq;
using BackpropGen;
using BackpropGen.Data;
using Samples;

namespace FuelEconomy;

/// <summary>A network on disk, with the scalings without which its numbers mean nothing.</summary>
internal static class SavedNetwork
{
    private const string InputScaling = "inputs";
    private const string TargetScaling = "targets";

    public static void Save(FuelNet net, FuelData data, string path)
    {
        var file = new SafetensorsWriter();
        Weights.AddTo(file, net);
        data.Inputs.AddTo(file, InputScaling);
        data.Targets.AddTo(file, TargetScaling);
        file.Write(path);
    }

    /// <summary>Loads it anew, and asks it about the same cars: it must say the same, to the bit.</summary>
    public static void Check(string path, TargetExamples cars, Examination expected)
    {
        var file = SafetensorsFile.Open(path);
        var net = new FuelNet();
        Weights.Load(net, file);
        var again = Examination.Of(
            net, cars, Scaling.Load(file, InputScaling, FuelNet.InputSize), Scaling.Load(file, TargetScaling, FuelNet.OutputSize));
        if (!again.Said.SequenceEqual(expected.Said))
        {
            int car = Enumerable.Range(0, cars.Count).First(i => again.Said[i] != expected.Said[i]);
            throw new UserErrorException(
                FormattableString.Invariant($"{path}: loaded again, the network says {again.Said[car]} mpg of held-out car {car}; expected {expected.Said[car]}"));
        }
    }
}
