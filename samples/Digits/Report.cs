using System.Linq;
using BackpropGen;
using BackpropGen.Training;
using Samples;
using Spectre.Console;

namespace Digits;

/// <summary>What is said before and after the training.</summary>
internal static class Report
{
    public static void Start(DigitTask task, IClassifier net, int processes)
    {
        DigitData data = task.Data;
        AnsiConsole.WriteLine($"Data     {data.Origin}");
        AnsiConsole.WriteLine($"         {data.Train.Count:N0} to train on, {data.Test.Count:N0} to test on, {data.Side} × {data.Side} pixels");
        AnsiConsole.WriteLine($"Network  {task.Recipe.Name}: {net.Parameters.Length:N0} parameters, a workspace of {net.WorkspaceBytes:N0} bytes");
        AnsiConsole.WriteLine($"         {net.Fingerprint}{(processes > 1 ? $", in {processes} processes" : "")}");
        foreach (NetworkTensor tensor in net.Tensors)
        {
            AnsiConsole.WriteLine($"         {tensor.Name,-16} {string.Join(" × ", tensor.Shape)}");
        }

        AnsiConsole.WriteLine();
    }

    public static void Learned(DigitData data, ConfusionMatrix confusion, IClassifier net)
    {
        AnsiConsole.WriteLine();
        AnsiConsole.Write(ConfusionTable.Of(confusion));
        Gallery.Show(data, net);
    }

    /// <returns>The exit code.</returns>
    public static int Verdict(double[] accuracies, double? requiredPercent)
    {
        double mean = accuracies.Average();
        AnsiConsole.WriteLine(accuracies.Length == 1
            ? $"Accuracy {mean:P2}"
            : $"Mean accuracy {mean:P2} of {accuracies.Length} seeds");
        if (requiredPercent is not { } required || 100 * mean >= required)
        {
            return 0;
        }

        return SampleCommand.Fail($"the mean accuracy is {100 * mean:F2} %; at least {required:0.##} % was required");
    }
}
