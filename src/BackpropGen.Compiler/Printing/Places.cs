using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>Writes where tensors lie: the references by which the code of a body knows them.</summary>
internal static class Places
{
    /// <summary>What the emitted code calls the memory that gradients, times a scale, are added to.</summary>
    public const string Updated = "updated";

    /// <summary>What a comment says of that.</summary>
    public const string OfAnyScale = "Adds scale times each gradient to what is updated: to the gradients, or at −rate to the parameters, which is a step.";

    /// <summary>What kernels touch and a body has names for: not the gradients that are added to what is updated.</summary>
    public static Tensor[] Named(IEnumerable<Kernel> kernels) =>
        kernels.SelectMany(k => k.Memory.Where(t => k.Steps is null || t.Role != TensorRole.Gradient)).Distinct().ToArray();

    /// <summary>What lies in the network's memory from call to call.</summary>
    public static void Stored(CodeWriter writer, IEnumerable<Tensor> tensors)
    {
        foreach (Tensor tensor in tensors.Where(t => t.IsStored))
        {
            string memory = tensor.Role switch
            {
                TensorRole.Parameter => "memory.ParameterAt",
                TensorRole.Gradient => "memory.GradientAt",
                _ => "memory.OptimizerStateAt",
            };
            writer.Line($"ref float {MathPrinter.Memory(tensor)} = ref {At(memory, tensor.Slot!.Offset)};");
        }
    }

    /// <summary>What is passed of the samples from one on.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="tensor">The tensor.</param>
    /// <param name="passed">Its values of all samples.</param>
    /// <param name="sample">The sample; null for the first.</param>
    public static void OfSamples(CodeWriter writer, Tensor tensor, Passed passed, string? sample) =>
        writer.Line($"ref {Type(tensor)} {MathPrinter.Memory(tensor)} = ref {(sample is null ? passed.Start : passed.At(Times(sample, tensor.SizePerSample)))};");

    /// <summary>An element of the network's memory, or from a reference of the emitted code.</summary>
    public static string At(string memory, int offset) => memory.StartsWith("memory.", StringComparison.Ordinal) ? $"{memory}({Number(offset)})"
        : offset == 0 ? memory
        : $"Unsafe.Add(ref {memory}, {Number(offset)})";

    /// <summary>The type of a tensor's elements.</summary>
    public static string Type(Tensor tensor) => tensor.Element == ElementKind.I32 ? "int" : "float";

    /// <summary>A multiple of a variable.</summary>
    public static string Times(string variable, int factor) => factor == 1 ? variable : $"{variable} * {Number(factor)}";

    /// <summary>A number, the same under every culture.</summary>
    public static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
