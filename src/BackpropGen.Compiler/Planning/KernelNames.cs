using System;
using System.Collections.Generic;
using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>Names kernels after what they compute: <c>Affine1Relu1</c>, <c>Affine1WeightsGradient</c>, <c>Affine2Relu1Backward</c>.</summary>
internal static class KernelNames
{
    private static readonly char[] Digits = "0123456789".ToCharArray();

    public static IReadOnlyList<Kernel> Name(IReadOnlyList<Kernel> kernels)
    {
        string[] names = kernels.Select(Base).ToArray();
        ILookup<string, string> same = names.ToLookup(n => n, StringComparer.Ordinal);
        return kernels.Select((k, i) => k with { Name = same[names[i]].Count() == 1 ? names[i] : names[i] + Suffix(k) }).ToArray();
    }

    private static string Base(Kernel kernel)
    {
        Statement lead = kernel.Lead;
        if (kernel.Stored.FirstOrDefault(t => t.Role == TensorRole.Gradient) is { } gradient)
        {
            return gradient.Slot!.Name + "Gradient";
        }

        if (lead.Target.Role == TensorRole.Gradient)
        {
            return lead.Target.Slot!.Name + "Update";
        }

        // Two names say what a pass does; of more, the first and the last.
        string[] names = kernel.Statements.Select(s => s.Origin.Name).Distinct().ToArray();
        string origins = names.Length <= 2 ? string.Concat(names) : $"{names[0]}To{names[names.Length - 1]}";
        string against = kernel.Statements.SelectMany(s => s.Reads).Any(r => r.Tensor.Role == TensorRole.Labels) ? "Labels" : string.Empty;
        // A capital is no keyword's, whatever the user calls a layer.
        return char.ToUpperInvariant(origins[0]) + origins.Substring(1) + against + (kernel.Statements.Any(s => s.Origin.IsBackward) ? "Backward" : string.Empty);
    }

    private static string Suffix(Kernel kernel)
    {
        string symbol = kernel.Lead.Value.Kind == ReduceKind.Max ? "max" : kernel.Statements[kernel.Statements.Count - 1].Target.Symbol.TrimEnd(Digits);
        return char.ToUpperInvariant(symbol[0]) + symbol.Substring(1);
    }
}
