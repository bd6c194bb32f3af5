using System;
using System.Collections.Generic;
using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>Writes a few samples, one by one or two at once: a line of code for each, in as many methods as it takes.</summary>
/// <param name="plan">The network's plan.</param>
/// <param name="section">Where methods of their own go.</param>
/// <param name="writer">Where to.</param>
internal sealed class SamplesPrinter(NetworkPlan plan, Section section, CodeWriter writer)
{
    /// <summary>The samples, or the loop over them.</summary>
    /// <param name="method">What it computes.</param>
    /// <param name="passed">What is passed to it.</param>
    /// <param name="isTraining">It has the workspace.</param>
    /// <param name="samplesAtOnce">How many samples there are; null where the method loops over any number.</param>
    public void Print(MethodPlan method, Dictionary<Tensor, Passed> passed, bool isTraining, int? samplesAtOnce)
    {
        bool isOnePiece = samplesAtOnce is not null;
        int samples = samplesAtOnce ?? 1;
        (bool IsRequested, LinePart[] Parts)[] runs = method.Kernels.GroupBy(k => k.IfRequested).OrderBy(run => run.Key).Select(run => (run.Key, Parts(method, [.. run], samples))).ToArray();

        // Narrow layers: one method's kernels stand here, and further methods find for themselves what they touch. To pass ten references costs more, and
        // is waited for; of wider layers that is little, and entry points have methods in common.
        bool isOwn = isOnePiece && method.IsCalledMost && Line.IsNarrow(method.Kernels);
        IReadOnlyList<Kernel> placed = isOwn ? runs[0].Parts[0].Kernels : method.Kernels;
        Places.Stored(writer, Places.Named(placed));
        writer.Line("// " + Line.Reason(method, samples));
        Buffers(writer, method, placed, isTraining, samples);
        if (method.Kernels.Any(k => k.Lead.Target.Element == ElementKind.F64))
        {
            writer.Line("double total = 0.0;");
        }

        HashSet<Tensor> touched = [.. method.Kernels.SelectMany(k => k.Memory)];
        writer.Separate();
        if (!isOnePiece)
        {
            writer.Open("for (int n = 0; n < samples; n++)");
        }

        foreach (KeyValuePair<Tensor, Passed> span in passed.Where(s => touched.Contains(s.Key) && s.Key.Role != TensorRole.InputGradient))
        {
            Places.OfSamples(writer, span.Key, span.Value, isOnePiece ? null : "n");
        }

        foreach ((bool isRequested, LinePart[] parts) in runs)
        {
            writer.Separate();
            if (isRequested)
            {
                writer.Open("if (!inputGradient.IsEmpty)");
                Places.OfSamples(writer, plan.Programs.InputGradient, new Passed("inputGradient", IsSpan: true), isOnePiece ? null : "n");
                writer.Separate();
            }

            bool isHere = (isOwn && !isRequested) || method.Kernels.Count == parts[0].Kernels.Count;
            if (isHere)
            {
                writer.Lines(parts[0].Text);
                if (parts.Length > 1)
                {
                    writer.Separate();
                }
            }

            foreach (LinePart part in parts.Skip(isHere ? 1 : 0))
            {
                Call(part, isOwn ? method : null, isTraining, samples);
            }

            if (isRequested)
            {
                writer.Close();
            }
        }

        if (!isOnePiece)
        {
            writer.Close();
        }
    }

    // Where the tensors between some kernels lie.
    private static void Buffers(CodeWriter writer, MethodPlan method, IReadOnlyList<Kernel> kernels, bool isTraining, int samples)
    {
        string memory = isTraining ? "memory.WorkspaceAt" : LentPrinter.Scratch;
        foreach (Tensor tensor in kernels.SelectMany(k => k.Memory).Distinct().Where(method.Buffers.Offsets.ContainsKey).OrderBy(t => method.Buffers.Offsets[t]))
        {
            string place = Places.At(memory, method.Buffers.Offsets[tensor] * samples);
            writer.Line($"ref float {MathPrinter.Memory(tensor)} = ref {place}; // [{string.Join(", ", tensor.Extents.Where(e => e.IsConstant || samples > 1).Select(e => e.IsConstant ? e.ToString() : Places.Number(samples)))}]");
        }
    }

    // What one method can hold; of more, as much as one method can hold in a method each.
    private static LinePart[] Parts(MethodPlan method, Kernel[] kernels, int samples)
    {
        var parts = new List<LinePart>();
        int room = 0;
        var line = new LineValues();
        foreach (Kernel kernel in kernels)
        {
            string text = Print(kernel, line, samples);
            int calls = Line.Calls(kernel, text);
            if (parts.Count == 0 || calls > room)
            {
                // A method of its own has nothing in locals yet.
                parts.Add(new LinePart([], string.Empty));
                room = method.IsCalledMost ? Line.MostCalls : Line.MostCallsOfShared;
                line = new LineValues();
                text = Print(kernel, line, samples);
                calls = Line.Calls(kernel, text);
            }

            room -= calls;
            LinePart part = parts[parts.Count - 1];
            parts[parts.Count - 1] = new LinePart([.. part.Kernels, kernel], part.Kernels.Count == 0 ? text : part.Text + "\n" + text);
        }

        return [.. parts];
    }

    private static string Print(Kernel kernel, LineValues line, int samples)
    {
        var own = new CodeWriter();
        new LinePrinter(kernel, own, line, samples).Print();
        return own.ToString();
    }

    // A method of some kernels, and the call. Where it finds for itself what it touches, the plan says where that lies.
    private void Call(LinePart part, MethodPlan? ownPlaces, bool isTraining, int samples)
    {
        IReadOnlyList<Kernel> kernels = part.Kernels;
        Tensor[] memory = kernels.SelectMany(k => k.Memory).Distinct().ToArray();
        Tensor[] scalars = kernels.SelectMany(k => k.Scalars).Distinct().ToArray();
        Tensor[] stored = ownPlaces is null ? [] : memory.Where(t => t.IsStored).ToArray();
        Tensor[] buffers = ownPlaces is null ? [] : memory.Where(ownPlaces.Buffers.Offsets.ContainsKey).ToArray();
        (string Type, string Name)[] parameters =
        [
            .. scalars.Select(s => ("float", s.Symbol)),
            .. memory.Except(stored).Except(buffers).Select(t => ("ref " + Places.Type(t), MathPrinter.Memory(t))),
            .. buffers.Length > 0 && !isTraining ? [("ref float", LentPrinter.Scratch)] : Array.Empty<(string, string)>(),
            .. stored.Length > 0 || (buffers.Length > 0 && isTraining) ? [("NetworkMemory", "memory")] : Array.Empty<(string, string)>(),
        ];
        bool isTotal = kernels.Any(k => k.Lead.Target.Element == ElementKind.F64);
        var own = new CodeWriter();
        own.Line(Section.OnItsOwn);
        string baseName = kernels.Count == 1 ? kernels[0].Name : $"{kernels[0].Name}To{kernels[kernels.Count - 1].Name}";
        const string Name = "\u0001";
        own.Open($"private static {(isTotal ? "double" : "void")} {Name}({string.Join(", ", parameters.Select(p => $"{p.Type} {p.Name}"))})");
        Places.Stored(own, stored);
        if (ownPlaces is not null)
        {
            Buffers(own, ownPlaces, kernels, isTraining, samples);
        }

        if (isTotal)
        {
            own.Line("double total = 0.0;");
        }

        own.Separate();
        own.Lines(part.Text);
        if (isTotal)
        {
            own.Separate();
            own.Line("return total;");
        }

        own.Close();
        string name = section.Named(baseName, section.Kernels, n => own.ToString().Replace(Name, n));
        string call = $"{name}({string.Join(", ", parameters.Select(p => p.Type.StartsWith("ref ", StringComparison.Ordinal) ? "ref " + p.Name : p.Name))});";
        writer.Line(isTotal ? "total += " + call : call);
    }

    private readonly record struct LinePart(IReadOnlyList<Kernel> Kernels, string Text);
}
