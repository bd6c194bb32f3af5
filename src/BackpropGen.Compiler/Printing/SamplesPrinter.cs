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
        writer.Line("// " + Line.Reason(method, samples));
        if (method.Buffers.FloatsPerSample > 0)
        {
            Buffers(method, isTraining, samples);
        }

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

        foreach (bool isRequested in new[] { false, true })
        {
            Kernel[] run = method.Kernels.Where(k => k.IfRequested == isRequested).ToArray();
            if (run.Length == 0)
            {
                continue;
            }

            writer.Separate();
            if (isRequested)
            {
                writer.Open("if (!inputGradient.IsEmpty)");
                Places.OfSamples(writer, plan.Programs.InputGradient, new Passed("inputGradient", IsSpan: true), isOnePiece ? null : "n");
                writer.Separate();
            }

            Parts(method, run, samples);
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

    private void Buffers(MethodPlan method, bool isTraining, int samples)
    {
        string memory = isTraining ? "memory.WorkspaceAt" : LentPrinter.Scratch;
        foreach (KeyValuePair<Tensor, int> buffer in method.Buffers.Offsets.OrderBy(b => b.Value))
        {
            string place = Places.At(memory, buffer.Value * samples);
            writer.Line($"ref float {MathPrinter.Memory(buffer.Key)} = ref {place}; // [{string.Join(", ", buffer.Key.Extents.Where(e => e.IsConstant || samples > 1).Select(e => e.IsConstant ? e.ToString() : Places.Number(samples)))}]");
        }
    }

    // What one method can hold stands here; of more, as much as one method can hold in a method each.
    private void Parts(MethodPlan method, Kernel[] kernels, int samples)
    {
        var parts = new List<(List<Kernel> Kernels, string Text)>();
        int room = 0;
        var line = new LineValues();
        foreach (Kernel kernel in kernels)
        {
            string text = Print(kernel, line, samples);
            int calls = Line.Calls(kernel, text);
            if (parts.Count == 0 || calls > room)
            {
                // A method of its own has nothing in locals yet.
                parts.Add(([], string.Empty));
                room = method.IsCalledMost ? Line.MostCalls : Line.MostCallsOfShared;
                line = new LineValues();
                text = Print(kernel, line, samples);
                calls = Line.Calls(kernel, text);
            }

            room -= calls;
            (List<Kernel> inPart, string before) = parts[parts.Count - 1];
            inPart.Add(kernel);
            parts[parts.Count - 1] = (inPart, before.Length == 0 ? text : before + "\n" + text);
        }

        foreach ((List<Kernel> inPart, string text) in parts)
        {
            if (method.Kernels.Count == inPart.Count)
            {
                writer.Lines(text);
            }
            else
            {
                Part(inPart, text);
            }
        }
    }

    private static string Print(Kernel kernel, LineValues line, int samples)
    {
        var own = new CodeWriter();
        new LinePrinter(kernel, own, line, samples).Print();
        return own.ToString();
    }

    private void Part(List<Kernel> kernels, string text)
    {
        Tensor[] memory = kernels.SelectMany(k => k.Memory).Distinct().ToArray();
        Tensor[] scalars = kernels.SelectMany(k => k.Scalars).Distinct().ToArray();
        bool isTotal = kernels.Any(k => k.Lead.Target.Element == ElementKind.F64);
        var own = new CodeWriter();
        own.Line(Section.OnItsOwn);
        string baseName = kernels.Count == 1 ? kernels[0].Name : $"{kernels[0].Name}To{kernels[kernels.Count - 1].Name}";
        IEnumerable<string> parameters = scalars.Select(s => "float " + s.Symbol).Concat(memory.Select(t => $"ref {Places.Type(t)} {MathPrinter.Memory(t)}"));
        const string Name = "\u0001";
        own.Open($"private static {(isTotal ? "double" : "void")} {Name}({string.Join(", ", parameters)})");
        if (isTotal)
        {
            own.Line("double total = 0.0;");
        }

        own.Lines(text);
        if (isTotal)
        {
            own.Separate();
            own.Line("return total;");
        }

        own.Close();
        string name = section.Named(baseName, section.Kernels, n => own.ToString().Replace(Name, n));
        string call = $"{name}({string.Join(", ", scalars.Select(s => s.Symbol).Concat(memory.Select(t => "ref " + MathPrinter.Memory(t))))});";
        writer.Line(isTotal ? "total += " + call : call);
    }
}
