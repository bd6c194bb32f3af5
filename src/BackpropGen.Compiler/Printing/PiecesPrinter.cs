using System.Collections.Generic;
using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>Writes a batch piece by piece: where everything lies, and the kernels in order, or the passes that have them.</summary>
/// <param name="plan">The network's plan.</param>
/// <param name="section">Where kernels and passes go.</param>
/// <param name="writer">Where their calls go.</param>
internal sealed class PiecesPrinter(NetworkPlan plan, Section section, CodeWriter writer)
{
    /// <summary>The code is told what it adds gradients to; otherwise it adds to the gradients.</summary>
    public bool IsOfAnyScale { get; init; }

    private string Updated => IsOfAnyScale ? Places.Updated : "memory.GradientAt";

    /// <summary>One piece after another.</summary>
    /// <param name="method">What it computes.</param>
    /// <param name="passed">What is passed to it.</param>
    /// <param name="isTraining">It has the workspace.</param>
    /// <param name="isOnePiece">All samples are one piece.</param>
    public void Print(MethodPlan method, Dictionary<Tensor, Passed> passed, bool isTraining, bool isOnePiece)
    {
        int capacity = isTraining ? plan.WorkspaceSamples : plan.ScratchSamples;
        Place(method, isTraining);
        bool hasTotal = method.Kernels.Any(k => k.Lead.Target.Element == ElementKind.F64);
        if (hasTotal)
        {
            writer.Line("double total = 0.0;");
        }

        writer.Separate();
        var rows = new SplitPrinter(method.Split, writer);
        rows.Begin(capacity, isOnePiece);

        HashSet<Tensor> touched = [.. method.Kernels.SelectMany(k => k.Memory)];
        foreach (KeyValuePair<Tensor, Passed> span in passed.Where(s => touched.Contains(s.Key) && s.Key.Role != TensorRole.InputGradient))
        {
            Places.OfSamples(writer, span.Key, span.Value, isOnePiece ? null : "first");
        }

        for (int i = 0; i < method.Kernels.Count;)
        {
            Pass? pass = method.Passes.FirstOrDefault(p => p.First == i);
            int next = method.Passes.Where(p => p.First > i).Select(p => p.First).DefaultIfEmpty(method.Kernels.Count).First();
            Kernel[] together = method.Kernels.Skip(i).Take(pass?.Count ?? next - i).ToArray();
            if (pass is null)
            {
                Calls(together, passed, isTraining, isOnePiece, rows);
            }
            else
            {
                CallPass(pass, together, method.Split, passed, isTraining, rows);
            }

            i += together.Length;
        }

        rows.End(isOnePiece, hasTotal);
    }

    private void Calls(Kernel[] kernels, Dictionary<Tensor, Passed> passed, bool isTraining, bool isOnePiece, SplitPrinter rows, bool hasWaited = false)
    {
        for (int i = 0; i < kernels.Length;)
        {
            Kernel[] run = kernels.Skip(i).TakeWhile(k => k.IfRequested == kernels[i].IfRequested).ToArray();
            if (run[0].IfRequested)
            {
                writer.Open("if (!inputGradient.IsEmpty)");
                foreach (KeyValuePair<Tensor, Passed> span in passed.Where(s => s.Key.Role == TensorRole.InputGradient && run.Any(k => k.Memory.Contains(s.Key))))
                {
                    Places.OfSamples(writer, span.Key, span.Value, isOnePiece ? null : "first");
                }
            }

            foreach (Kernel kernel in run)
            {
                if (!hasWaited || kernel != kernels[0])
                {
                    rows.Wait(kernel);
                }

                Call(kernel, isTraining, rows);
            }

            if (run[0].IfRequested)
            {
                writer.Close();
            }

            i += run.Length;
        }
    }

    // What stays in the network's memory, a pass finds by itself; all else is passed to it.
    private void CallPass(Pass shared, Kernel[] kernels, MethodSplit? split, Dictionary<Tensor, Passed> passed, bool isTraining, SplitPrinter rows)
    {
        Tensor[] memory = kernels.SelectMany(k => k.Memory).Distinct().ToArray();
        Tensor[] tensors = memory.Where(t => !t.IsStored && t.Role != TensorRole.InputGradient).ToArray();
        var parameters = new List<string>();
        var arguments = new List<string>();
        void Add(string parameter, string argument)
        {
            parameters.Add(parameter);
            arguments.Add(argument);
        }

        if (kernels.Any(k => k.Split is { IsOfRows: true }))
        {
            Add("int begin, int end", rows.Rows);
        }

        if (kernels.Any(k => k.Split is not { IsOfRows: true } || k.Packing is not null))
        {
            Add("int rows", "rows");
        }

        foreach (Tensor scalar in kernels.SelectMany(k => k.Scalars).Distinct())
        {
            Add($"{(scalar.Element == ElementKind.F64 ? "double" : "float")} {scalar.Symbol}", scalar.Symbol);
        }

        if (kernels.Any(k => k.Steps is not null))
        {
            Add($"ref float {Places.Updated}", $"ref {Places.At(Updated, 0)}");
        }

        foreach (Tensor tensor in tensors)
        {
            Add($"ref {Places.Type(tensor)} {MathPrinter.Memory(tensor)}", "ref " + MathPrinter.Memory(tensor));
        }

        if (kernels.Any(k => k.IfRequested))
        {
            Add("Span<float> inputGradient, int first", "inputGradient, first");
        }

        Add("NetworkMemory memory", "memory");
        if (rows.WantsShare(kernels))
        {
            Add("TeamShare share", "share");
        }

        string Print(string n)
        {
            var own = new CodeWriter();
            own.Line("// " + shared.Comment);
            if (split is null && kernels.Any(k => k.Strategy.IsVectorised))
            {
                own.Line(Section.OnItsOwn);
            }

            own.Open($"private static void {n}({string.Join(", ", parameters)})");
            Places.Stored(own, Places.Named(kernels));
            new PiecesPrinter(plan, section, own) { IsOfAnyScale = true }.Calls(kernels, passed, isTraining, isOnePiece: false, new SplitPrinter(split, own) { IsOfPass = true }, hasWaited: true);
            own.Close();
            return own.ToString();
        }

        // Training may have another forward pass: what its loss does by itself is not in it.
        bool isOther = isTraining && section.Methods.TryGetValue(shared.Name, out string? known) && known != Print(shared.Name);
        string name = section.Named(isOther ? shared.Name + "Training" : shared.Name, section.Passes, Print);
        rows.Wait(kernels[0]);
        writer.Line($"{name}({string.Join(", ", arguments)});");
    }

    private void Call(Kernel kernel, bool isTraining, SplitPrinter rows)
    {
        if (kernel.Packing is not { } packing)
        {
            CallOne(kernel, isTraining, rows);
            return;
        }

        writer.Open($"if (rows >= {Loops.ByRegisters(packing.FewestRows, packing.FewestRowsInFewRegisters, isOperand: true)})");
        IReadOnlyList<Extent> extents = packing.Source.Tensor.Extents;
        string copy = MathPrinter.Memory(packing.Copy);
        writer.Line($"ref float {copy} = ref {Places.At("memory.WorkspaceAt", (int)plan.PackedOffset)}; // [{string.Join(", ", packing.Copy.Extents)}]");
        rows.Pack(MathPrinter.Memory(packing.Source.Tensor), extents[0].Value, extents[1].Value, copy, packing.Copy.Extents[1].Value);
        CallOne(packing.Product, isTraining, rows);
        writer.End();
        writer.Open("else");
        CallOne(kernel, isTraining, rows);
        writer.Close();
    }

    private void CallOne(Kernel kernel, bool isTraining, SplitPrinter rows)
    {
        IEnumerable<string> scalars = kernel.Scalars.Select(s => s.Element == ElementKind.F64 ? "(float)" + s.Symbol : s.Symbol);
        IEnumerable<string> arguments = scalars.Concat(kernel.Memory.Select(t =>
            "ref " + (kernel.Steps is not null && t.Role == TensorRole.Gradient ? Places.At(Updated, t.Slot!.Offset) : MathPrinter.Memory(t))));
        string name = section.KernelName(kernel, isTraining);

        // A pass that another layer has given its name says what it is here.
        string own = name.StartsWith(kernel.Name, System.StringComparison.Ordinal) ? string.Empty : " // " + MathPrinter.Shortest(BatchSums.Joined(kernel)[0]);
        rows.Call(kernel, name, string.Join(", ", arguments), own);
    }

    // Where the program's own tensors lie: in the workspace, or in what is lent to the call.
    private void Place(MethodPlan method, bool isTraining)
    {
        if (method.Buffers.FloatsPerSample == 0)
        {
            return;
        }

        foreach (KeyValuePair<Tensor, int> buffer in method.Buffers.Offsets.OrderBy(b => b.Value))
        {
            string place = isTraining ? Places.At("memory.WorkspaceAt", buffer.Value * plan.WorkspaceSamples)
                : buffer.Value == 0 ? LentPrinter.Scratch
                : $"Unsafe.Add(ref {LentPrinter.Scratch}, {Places.Times(LentPrinter.Share + ".Rows", buffer.Value)})";
            string shape = string.Join(", ", buffer.Key.Extents.Select(e => e.IsConstant ? e.ToString() : "rows"));
            writer.Line($"ref float {MathPrinter.Memory(buffer.Key)} = ref {place}; // [{shape}]");
        }
    }
}
