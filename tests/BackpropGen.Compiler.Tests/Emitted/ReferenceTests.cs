using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using Xunit;
using Xunit.Abstractions;

namespace BackpropGen.Compiler.Tests;

/// <summary>The emitted networks against PyTorch's autograd in float64: Reference/*.json hold what must come out.</summary>
public sealed class ReferenceTests(ITestOutputHelper output)
{
    private const double Limit = 1e-5;

    private static readonly JsonSerializerOptions Json = new() { PropertyNameCaseInsensitive = true };

    /// <summary>The committed files, and those of a folder that BACKPROPGEN_REFERENCE names: cases of other seeds.</summary>
    public static TheoryData<string> Files
    {
        get
        {
            string own = Path.Combine(AppContext.BaseDirectory, "Reference");
            string? more = Environment.GetEnvironmentVariable("BACKPROPGEN_REFERENCE");
            return [.. new[] { own, more }.OfType<string>().SelectMany(folder => Directory.GetFiles(folder, "*.json")).OrderBy(f => f, StringComparer.Ordinal)
                .Select(f => Path.GetDirectoryName(f) == own ? Path.GetFileName(f) : f)];
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Cases_agree_with_PyTorch(string file)
    {
        ReferenceCase[] cases = Read(file);
        EmittedAssembly assembly = EmittedAssembly.Of(cases.Select(c => c.Attributes));
        var agreement = new Agreement(Limit);
        for (int i = 0; i < cases.Length; i++)
        {
            ReferenceCase given = cases[i];
            string name = $"{given.Name} ({string.Join(" ", given.Attributes)})";
            Compute(given, name, assembly.Create(i), agreement);
            if (given.Steps > 0)
            {
                Train(given, name, assembly.Create(i), agreement);
            }
        }

        output.WriteLine($"{cases.Length} cases, {agreement}");
        agreement.Assert();
    }

    private static ReferenceCase[] Read(string file) =>
        JsonSerializer.Deserialize<ReferenceFile>(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Reference", file)), Json)!.Cases;

    private static void Compute(ReferenceCase given, string name, EmittedNetwork network, Agreement agreement)
    {
        Assert.Equal((given.InputSize, given.OutputSize, given.Parameters.Length), (network.InputSize, network.OutputSize, network.Parameters.Length));
        given.Parameters.CopyTo(network.Parameters);
        var outputs = new float[given.Output.Length];
        network.Forward(given.Input, outputs);
        agreement.Check($"{name}: output", given.Output, outputs);

        var inputGradient = new float[given.Input.Length];
        float loss = given.Labels is null
            ? network.OnValues!.Backward(given.Input, given.Target, inputGradient)
            : network.OnLabels!.Backward(given.Input, given.Labels, inputGradient);
        agreement.Check($"{name}: loss", given.Loss, loss);
        agreement.Check($"{name}: parameterGradients", given.ParameterGradients, network.Gradients);
        agreement.Check($"{name}: inputGradient", given.InputGradient, inputGradient);

        float evaluated = given.Labels is null
            ? network.OnValues!.Loss(given.Input, given.Target)
            : network.OnLabels!.Loss(given.Input, given.Labels);
        agreement.Check($"{name}: Loss()", given.Loss, evaluated);

        // dL/doutput by the interpreter; what follows from it is PyTorch's again.
        network.BackwardFrom(given.Input, network.Truth.OutputGradient(outputs, given.Target, given.Labels), inputGradient);
        agreement.Check($"{name}: parameterGradients of BackwardFrom", given.ParameterGradients, network.Gradients);
        agreement.Check($"{name}: inputGradient of BackwardFrom", given.InputGradient, inputGradient);
    }

    private static void Train(ReferenceCase given, string name, EmittedNetwork network, Agreement agreement)
    {
        given.Parameters.CopyTo(network.Parameters);
        var losses = new float[given.Steps];
        for (int step = 0; step < given.Steps; step++)
        {
            losses[step] = given.Labels is null
                ? network.OnValues!.TrainStep!(given.Input, given.Target)
                : network.OnLabels!.TrainStep!(given.Input, given.Labels);
        }

        agreement.Check($"{name}: stepLosses", given.StepLosses, losses);
        agreement.Check($"{name}: parametersAfter", given.ParametersAfter, network.Parameters);
    }

    private sealed record ReferenceFile(ReferenceCase[] Cases);

    private sealed record ReferenceCase(
        string Name,
        string[] Attributes,
        int InputSize,
        int OutputSize,
        float[] Parameters,
        float[] Input,
        float[]? Target,
        int[]? Labels,
        double[] Output,
        double Loss,
        double[] ParameterGradients,
        double[] InputGradient,
        int Steps,
        double[] StepLosses,
        double[] ParametersAfter);
}
