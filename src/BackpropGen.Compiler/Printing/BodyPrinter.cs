using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>Writes what stands in an entry point: the pieces of a batch or the samples one by one, where everything lies, and the kernels in order.</summary>
/// <param name="plan">The network's plan.</param>
/// <param name="section">Where to.</param>
internal sealed class BodyPrinter(NetworkPlan plan, Section section)
{
    // The letter of the samples, where they are worked on one by one.
    private const string Sample = "n";

    private CodeWriter? pass;

    // A pass is written apart from the method that first has it.
    private CodeWriter Writer => pass ?? section.Entries;

    private Network Network => plan.Programs.Network;

    /// <summary>The body of one method.</summary>
    /// <param name="method">What it computes.</param>
    /// <param name="spans">The spans that are passed to it.</param>
    /// <param name="isTraining">It has the workspace.</param>
    /// <param name="outputs">What is stored for every sample.</param>
    /// <param name="isOnePiece">All samples are one piece.</param>
    /// <param name="areGiven">The method gets the spans' first elements, by the names of the tensors.</param>
    public void Print(MethodPlan method, Dictionary<Tensor, string> spans, bool isTraining, Tensor[] outputs, bool isOnePiece = false, bool areGiven = false)
    {
        Omissions(isTraining);
        Tensor[] touched = method.Form == MethodForm.ScalarLine
            ? method.Program.Statements.SelectMany(s => s.Statement.Reads.Select(r => r.Tensor).Append(s.Statement.Target)).Distinct().ToArray()
            : method.Kernels.Where((_, i) => !method.Passes.Any(p => i >= p.First && i < p.First + p.Count)).SelectMany(k => k.Memory).Distinct().ToArray();
        Stored(touched);
        if (method.Form == MethodForm.Line)
        {
            Samples(method, areGiven ? [] : spans, isTraining, isOnePiece);
            return;
        }

        if (method.Form == MethodForm.ScalarLine)
        {
            foreach (Tensor tensor in touched.Where(spans.ContainsKey))
            {
                Writer.Line($"ref {Type(tensor)} {MathPrinter.Memory(tensor)} = ref MemoryMarshal.GetReference({spans[tensor]});");
            }

            StraightLinePrinter.Print(method.Program, Writer, outputs);
            return;
        }

        Pieces(method, spans, isTraining, isOnePiece);
    }

    // What lies in the network's memory from call to call.
    private void Stored(IEnumerable<Tensor> tensors)
    {
        foreach (Tensor tensor in tensors.Where(t => t.IsStored))
        {
            string memory = tensor.Role switch
            {
                TensorRole.Parameter => "memory.ParameterAt",
                TensorRole.Gradient => "memory.GradientAt",
                _ => "memory.OptimizerStateAt",
            };
            Writer.Line($"ref float {MathPrinter.Memory(tensor)} = ref {At(memory, tensor.Slot!.Offset)};");
        }
    }

    // One sample after another.
    private void Samples(MethodPlan method, Dictionary<Tensor, string> spans, bool isTraining, bool isOnePiece)
    {
        Writer.Line("// " + Line.Reason(method.Kernels));
        if (method.Buffers.FloatsPerSample > 0)
        {
            // Training is for one thread at a time, and has memory that nobody needs to clear.
            string memory = isTraining ? "memory.WorkspaceAt" : "scratch";
            if (!isTraining)
            {
                Writer.Line($"Span<float> stack = stackalloc float[{Number(method.Buffers.FloatsPerSample)} + AlignedBuffer.Slack];");
                Writer.Line("ref float scratch = ref AlignedBuffer.Aligned(stack);");
            }

            foreach (KeyValuePair<Tensor, int> buffer in method.Buffers.Offsets.OrderBy(b => b.Value))
            {
                Writer.Line($"ref float {MathPrinter.Memory(buffer.Key)} = ref {At(memory, buffer.Value)}; // [{string.Join(", ", buffer.Key.Extents.Where(e => e.IsConstant))}]");
            }
        }

        if (method.Kernels.Any(k => k.Lead.Target.Element == ElementKind.F64))
        {
            Writer.Line("double total = 0.0;");
        }

        HashSet<Tensor> touched = [.. method.Kernels.SelectMany(k => k.Memory)];
        Writer.Separate();
        if (!isOnePiece)
        {
            Writer.Open("for (int n = 0; n < samples; n++)");
        }

        foreach (KeyValuePair<Tensor, string> span in spans.Where(s => touched.Contains(s.Key) && s.Key.Role != TensorRole.InputGradient))
        {
            Piece(span.Key, span.Value, isOnePiece, Sample);
        }

        foreach (bool isRequested in new[] { false, true })
        {
            Kernel[] run = method.Kernels.Where(k => k.IfRequested == isRequested).ToArray();
            if (run.Length == 0)
            {
                continue;
            }

            Writer.Separate();
            if (isRequested)
            {
                Writer.Open("if (!inputGradient.IsEmpty)");
                Piece(plan.Programs.InputGradient, "inputGradient", isOnePiece, Sample);
                Writer.Separate();
            }

            Parts(method, run);
            if (isRequested)
            {
                Writer.Close();
            }
        }

        if (!isOnePiece)
        {
            Writer.Close();
        }
    }

    // What one method can hold stands here; of more, as much as one method can hold in a method each.
    private void Parts(MethodPlan method, Kernel[] kernels)
    {
        var parts = new List<(List<Kernel> Kernels, string Text)>();
        int room = 0;
        var line = new LineValues();
        foreach (Kernel kernel in kernels)
        {
            string text = Print(kernel, line);
            int calls = Line.Calls(kernel, text);
            if (calls > room)
            {
                // A method of its own has nothing in locals yet.
                parts.Add(([], string.Empty));
                room = Line.MostCalls;
                line = new LineValues();
                text = Print(kernel, line);
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
                Writer.Lines(text);
            }
            else
            {
                Part(inPart, text);
            }
        }
    }

    private static string Print(Kernel kernel, LineValues line)
    {
        var own = new CodeWriter();
        new LinePrinter(kernel, own, line).Print();
        return own.ToString();
    }

    private void Part(List<Kernel> kernels, string text)
    {
        Tensor[] memory = kernels.SelectMany(k => k.Memory).Distinct().ToArray();
        Tensor[] scalars = kernels.SelectMany(k => k.Scalars).Distinct().ToArray();
        bool isTotal = kernels.Any(k => k.Lead.Target.Element == ElementKind.F64);
        var own = new CodeWriter();
        own.Line("[MethodImpl(AggressiveOptimization)]");
        string baseName = kernels.Count == 1 ? kernels[0].Name : $"{kernels[0].Name}To{kernels[kernels.Count - 1].Name}";
        IEnumerable<string> parameters = scalars.Select(s => "float " + s.Symbol).Concat(memory.Select(t => $"ref {Type(t)} {MathPrinter.Memory(t)}"));
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
        string name = Named(baseName, section.Kernels, n => own.ToString().Replace(Name, n));
        string call = $"{name}({string.Join(", ", scalars.Select(s => s.Symbol).Concat(memory.Select(t => "ref " + MathPrinter.Memory(t))))});";
        Writer.Line(isTotal ? "total += " + call : call);
    }

    // What is not here, and why.
    private void Omissions(bool isTraining)
    {
        Tensor[] frozen = isTraining ? Network.Parameters.Where(p => !p.Slot!.IsTrainable).ToArray() : [];
        if (frozen.Length > 0)
        {
            Writer.Line($"// {string.Join(", ", frozen.Select(p => Network.GradientOf(p).Symbol))}: frozen, their gradients stay 0.");
        }
    }

    private void Pieces(MethodPlan method, Dictionary<Tensor, string> spans, bool isTraining, bool isOnePiece)
    {
        int capacity = isTraining ? plan.WorkspaceSamples : plan.ScratchSamples;
        Place(method, isTraining);
        bool hasTotal = method.Kernels.Any(k => k.Lead.Target.Element == ElementKind.F64);
        if (hasTotal)
        {
            Writer.Line("double total = 0.0;");
        }

        Writer.Separate();
        var rows = new SplitPrinter(method.Split, Writer);
        rows.Begin(capacity, isOnePiece);

        HashSet<Tensor> touched = [.. method.Kernels.SelectMany(k => k.Memory)];
        foreach (KeyValuePair<Tensor, string> span in spans.Where(s => touched.Contains(s.Key) && s.Key.Role != TensorRole.InputGradient))
        {
            Piece(span.Key, span.Value, isOnePiece);
        }

        for (int i = 0; i < method.Kernels.Count;)
        {
            Pass? pass = method.Passes.FirstOrDefault(p => p.First == i);
            int next = method.Passes.Where(p => p.First > i).Select(p => p.First).DefaultIfEmpty(method.Kernels.Count).First();
            Kernel[] together = method.Kernels.Skip(i).Take(pass?.Count ?? next - i).ToArray();
            if (pass is null)
            {
                Calls(together, spans, isTraining, isOnePiece, rows);
            }
            else
            {
                CallPass(pass, together, method.Split, spans, isTraining, rows);
            }

            i += together.Length;
        }

        rows.End(isOnePiece, hasTotal);
    }

    private void Calls(Kernel[] kernels, Dictionary<Tensor, string> spans, bool isTraining, bool isOnePiece, SplitPrinter rows, bool hasWaited = false)
    {
        for (int i = 0; i < kernels.Length;)
        {
            Kernel[] run = kernels.Skip(i).TakeWhile(k => k.IfRequested == kernels[i].IfRequested).ToArray();
            if (run[0].IfRequested)
            {
                Writer.Open("if (!inputGradient.IsEmpty)");
                foreach (KeyValuePair<Tensor, string> span in spans.Where(s => s.Key.Role == TensorRole.InputGradient && run.Any(k => k.Memory.Contains(s.Key))))
                {
                    Piece(span.Key, span.Value, isOnePiece);
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
                Writer.Close();
            }

            i += run.Length;
        }
    }

    // What stays in the network's memory, a pass finds by itself; all else is passed to it.
    private void CallPass(Pass shared, Kernel[] kernels, MethodSplit? split, Dictionary<Tensor, string> spans, bool isTraining, SplitPrinter rows)
    {
        Tensor[] memory = kernels.SelectMany(k => k.Memory).Distinct().ToArray();
        Tensor[] passed = memory.Where(t => !t.IsStored && t.Role != TensorRole.InputGradient).ToArray();
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

        foreach (Tensor scalar in kernels.Where(k => k.Step is null).SelectMany(k => k.Scalars).Distinct())
        {
            Add($"{(scalar.Element == ElementKind.F64 ? "double" : "float")} {scalar.Symbol}", scalar.Symbol);
        }

        foreach (Tensor tensor in passed)
        {
            Add($"ref {Type(tensor)} {MathPrinter.Memory(tensor)}", "ref " + MathPrinter.Memory(tensor));
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
            pass = own;
            own.Line("// " + shared.Comment);
            own.Open($"private static void {n}({string.Join(", ", parameters)})");
            Stored(memory);
            Calls(kernels, spans, isTraining, isOnePiece: false, new SplitPrinter(split, own) { IsOfPass = true }, hasWaited: true);
            own.Close();
            pass = null;
            return own.ToString();
        }

        // Training may have another forward pass: what its loss does by itself is not in it.
        bool isOther = isTraining && section.Methods.TryGetValue(shared.Name, out string? known) && known != Print(shared.Name);
        string name = Named(isOther ? shared.Name + "Training" : shared.Name, section.Passes, Print);
        rows.Wait(kernels[0]);
        Writer.Line($"{name}({string.Join(", ", arguments)});");
    }

    private void Call(Kernel kernel, bool isTraining, SplitPrinter rows)
    {
        if (kernel.Packing is not { } packing)
        {
            CallOne(kernel, isTraining, rows);
            return;
        }

        Writer.Open($"if (rows >= {Number(Packing.FewestRows)})");
        IReadOnlyList<Extent> extents = packing.Source.Tensor.Extents;
        string copy = MathPrinter.Memory(packing.Copy);
        Writer.Line($"ref float {copy} = ref {At("memory.WorkspaceAt", (int)plan.PackedOffset)}; // [{string.Join(", ", packing.Copy.Extents)}]");
        rows.Pack(MathPrinter.Memory(packing.Source.Tensor), extents[0].Value, extents[1].Value, copy, packing.Copy.Extents[1].Value);
        CallOne(packing.Product, isTraining, rows);
        Writer.End();
        Writer.Open("else");
        CallOne(kernel, isTraining, rows);
        Writer.Close();
    }

    private void CallOne(Kernel kernel, bool isTraining, SplitPrinter rows)
    {
        IEnumerable<string> scalars = kernel.Step is { } step
            ? step.Scalars.Select(_ => "-1f")
            : kernel.Scalars.Select(s => s.Element == ElementKind.F64 ? "(float)" + s.Symbol : s.Symbol);
        IEnumerable<string> arguments = scalars.Concat(kernel.Memory.Select(t => "ref " + MathPrinter.Memory(t)));
        string name = KernelName(kernel.Step ?? kernel, isTraining);

        // A pass that another layer has given its name says what it is here.
        string own = name.StartsWith(kernel.Name, System.StringComparison.Ordinal) ? string.Empty : " // " + (MathPrinter.Matrices(kernel.Lead) ?? MathPrinter.Indices(kernel.Lead));
        rows.Call(kernel, name, string.Join(", ", arguments), kernel.Step is null ? own : own + ", added: a step of rate −1");
    }

    // Where the program's own tensors lie: in the workspace, on the stack, or in a buffer that is rented for the call.
    private void Place(MethodPlan method, bool isTraining)
    {
        if (method.Buffers.FloatsPerSample == 0)
        {
            return;
        }

        bool onStack = !isTraining && plan.UsesStack;
        string memory = "scratch";
        if (isTraining)
        {
            memory = "memory.WorkspaceAt";
        }
        else if (onStack)
        {
            Writer.Line($"int capacity = Math.Min(samples, {Number(plan.ScratchSamples)}); // rows that fit into 32 KB of the stack");
            Writer.Line($"Span<float> stack = stackalloc float[{Times("capacity", method.Buffers.FloatsPerSample)}];");
            Writer.Line("ref float scratch = ref MemoryMarshal.GetReference(stack);");
        }
        else
        {
            Writer.Line("using ScratchLease lease = memory.Scratch.Rent();");
            Writer.Line("ref float scratch = ref lease.Reference;");
        }

        foreach (KeyValuePair<Tensor, int> buffer in method.Buffers.Offsets.OrderBy(b => b.Value))
        {
            int samples = isTraining ? plan.WorkspaceSamples : plan.ScratchSamples;
            string place = onStack && buffer.Value > 0
                ? $"Unsafe.Add(ref {memory}, {Times("capacity", buffer.Value)})"
                : At(memory, buffer.Value * samples);
            string shape = string.Join(", ", buffer.Key.Extents.Select(e => e.IsConstant ? e.ToString() : "rows"));
            Writer.Line($"ref float {MathPrinter.Memory(buffer.Key)} = ref {place}; // [{shape}]");
        }
    }

    private void Piece(Tensor tensor, string span, bool isOnePiece, string first = "first")
    {
        // A line has no room for one more call that is to be inlined.
        string start = $"ref MemoryMarshal.GetReference({span})";
        string distance = Times(first, tensor.SizePerSample);
        string piece = isOnePiece ? start : first == Sample ? $"ref Unsafe.Add({start}, {distance})" : $"ref ElementAt({span}, {distance})";
        Writer.Line($"ref {Type(tensor)} {MathPrinter.Memory(tensor)} = {piece};");
    }

    // Programs often want the very same pass, and layers of the same sizes the same with other tensors: it is written once.
    public string KernelName(Kernel kernel, bool isTraining = false)
    {
        string key = KernelKey.Of(kernel);
        if (!section.Names.TryGetValue(key, out string? name))
        {
            if (kernel.Strategy is RowByRow { Blocks.Product: { } product } rows)
            {
                kernel = kernel with { Strategy = rows.Of(product with { Name = KernelName(KernelNames.Name([product])[0], isTraining) }) };
            }

            // The same pass that keeps more, because the backward pass reads it, is the one for training.
            name = section.Methods.ContainsKey(kernel.Name) && isTraining && !section.Methods.ContainsKey(kernel.Name + "Training") ? kernel.Name + "Training" : kernel.Name;
            name = Named(name, section.Kernels, n =>
            {
                var own = new CodeWriter();
                KernelPrinter.Print(kernel with { Name = n }, own);
                return own.ToString();
            });
            section.Names.Add(key, name);
        }

        return name;
    }

    private string Named(string wanted, CodeWriter writer, System.Func<string, string> print)
    {
        for (int copy = 1; ; copy++)
        {
            string name = copy == 1 ? wanted : string.Format(CultureInfo.InvariantCulture, "{0}Version{1}", wanted, copy);
            if (!section.Methods.TryGetValue(name, out string? known))
            {
                string text = print(name);
                section.Methods.Add(name, text);
                writer.Lines(text);
                return name;
            }

            if (known == print(name))
            {
                return name;
            }
        }
    }

    // The memory of a network, or a reference of the emitted code.
    private static string At(string memory, int offset) => memory.StartsWith("memory.", System.StringComparison.Ordinal) ? $"{memory}({Number(offset)})"
        : offset == 0 ? memory
        : $"Unsafe.Add(ref {memory}, {Number(offset)})";

    private static string Type(Tensor tensor) => tensor.Element == ElementKind.I32 ? "int" : "float";

    public static string Times(string variable, int factor) => factor == 1 ? variable : $"{variable} * {Number(factor)}";

    public static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
