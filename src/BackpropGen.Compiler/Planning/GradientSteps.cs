using System;
using System.Collections.Generic;
using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>
/// Passes that add to a gradient, where a training step adds the same to its parameter: gradients are linear in dL/dtotal, which is −rate times as
/// much for a step. Both are one method then, which is told where to add.
/// </summary>
internal static class GradientSteps
{
    /// <summary>The method, its kernels told which parameter they step where they are told to.</summary>
    /// <param name="method">A method that adds to gradients.</param>
    /// <param name="network">Whose they are.</param>
    public static MethodPlan In(MethodPlan method, Network network)
    {
        Dictionary<Tensor, Tensor> parameters = network.Parameters.ToDictionary(network.GradientOf);
        return method with { Kernels = method.Kernels.Select(k => k with { Steps = k.Stored.Select(t => parameters.TryGetValue(t, out Tensor? p) ? p : null).FirstOrDefault(p => p is not null) }).ToArray() };
    }

    /// <summary>The method is the training step as well, kernel by kernel.</summary>
    /// <param name="method">A method that adds to gradients.</param>
    /// <param name="step">The training step.</param>
    public static bool AreAllOf(MethodPlan method, MethodPlan step) =>
        method.Kernels.Where(k => !k.IfRequested).Select(Key).SequenceEqual(step.Kernels.Select(Key), StringComparer.Ordinal);

    private static string Key(Kernel kernel) => $"{KernelKey.OfCall(kernel, ofStep: true)} {kernel.Packing?.FewestRows} {kernel.Packing?.FewestRowsInFewRegisters}";
}
