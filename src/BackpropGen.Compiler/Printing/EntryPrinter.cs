using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>Writes the methods that the members call: the pieces of a batch, where everything lies, and the kernels in order.</summary>
internal sealed class EntryPrinter
{
    private readonly NetworkPlan plan;
    private readonly Section pieces = new();
    private readonly Section few = new();
    private readonly List<Entry> entries = [];
    private Section section;

    public EntryPrinter(NetworkPlan plan)
    {
        this.plan = plan;
        section = pieces;
    }

    /// <summary>The code for batches, piece by piece.</summary>
    public string OfPieces => pieces.ToString();

    /// <summary>The code for a few samples, one after another; empty where there is none.</summary>
    public string OfFew => few.ToString();

    /// <summary>The methods for batches send a few samples another way by themselves.</summary>
    public bool ChoosesItself { get; init; }

    private CodeWriter Writer => section.Entries;

    private Network Network => plan.Programs.Network;

    /// <summary>The entry points that were written.</summary>
    public IReadOnlyList<Entry> Entries => entries;

    /// <summary>All entry points.</summary>
    public void Print()
    {
        Forward();
        if (plan.Predict is not null)
        {
            Predict(plan.Predict);
        }

        foreach (LossPlan loss in plan.Losses)
        {
            Loss(loss);
            Backward(loss);
            TrainStep(loss);
        }

        BackwardFrom();
        if (plan.Update is { } update)
        {
            Update(update);
        }
    }

    private void Forward()
    {
        Dictionary<Tensor, string> spans = Spans((Network.Input, "input"), (Network.Output, "output"));
        Method("void", "Forward", "int samples, ReadOnlySpan<float> input, Span<float> output, NetworkMemory memory", plan.Forward, method =>
            Body(method, spans, isTraining: false, [Network.Output]));
    }

    private void Predict(MethodPlan predict)
    {
        Tensor prediction = plan.Programs.Prediction!;
        Dictionary<Tensor, string> spans = Spans((Network.Input, "input"), (prediction, "labels"));
        Method("void", "Predict", "int samples, ReadOnlySpan<float> input, Span<int> labels, NetworkMemory memory", predict, method =>
            Body(method, spans, isTraining: false, [prediction]));
    }

    private void Loss(LossPlan loss) =>
        Method("float", "Loss", $"int samples, ReadOnlySpan<float> input{TargetParameter(loss.Loss)}, NetworkMemory memory", loss.Evaluate, method =>
        {
            Body(method, Spans(loss.Loss), isTraining: false, []);
            ReturnLoss(loss.Loss);
        });

    private void Backward(LossPlan loss)
    {
        Dictionary<Tensor, string> spans = Spans(loss.Loss);
        spans.Add(plan.Programs.InputGradient, "inputGradient");
        Method(
            "float",
            "Backward",
            $"int samples, ReadOnlySpan<float> input{TargetParameter(loss.Loss)}, Span<float> inputGradient, NetworkMemory memory",
            loss.Backward,
            method =>
            {
                TotalGradient(loss.Loss);
                Body(method, spans, isTraining: true, [plan.Programs.InputGradient]);
                ReturnLoss(loss.Loss);
            },
            comment: "// Adds to the gradients.");
    }

    // One piece has all its gradients at once: they need not be stored. More pieces add up to gradients first.
    private void TrainStep(LossPlan loss)
    {
        if (plan.Update is not { } update)
        {
            return;
        }

        string target = TargetParameter(loss.Loss);
        string parameters = $"int samples, ReadOnlySpan<float> input{target}, NetworkMemory memory";
        void Apart()
        {
            Writer.Line("memory.Gradients.Clear();");
            Writer.Line($"float loss = Backward(samples, input{(target.Length == 0 ? string.Empty : ", " + Spans(loss.Loss).Values.Last())}, default, memory);");
            Writer.Line("Step(memory);");
            Writer.Line("return loss;");
        }

        if (loss.TrainStep is not { } step)
        {
            Method("float", "TrainStep", parameters, loss.Backward with { Few = null }, _ => Apart());
            return;
        }

        Method(
            "float",
            "TrainStep",
            parameters,
            step,
            method =>
            {
                if (method == step)
                {
                    Writer.Open($"if (samples > {Number(plan.WorkspaceSamples)})");
                    Apart();
                    Writer.Close();
                    Writer.Separate();
                }

                StepScalars(update, isLine: method.Form == MethodForm.Line);
                TotalGradient(loss.Loss);
                Body(method, Spans(loss.Loss), isTraining: true, [], isOnePiece: true);
                Writer.Line("memory.StepCount = step;");
                ReturnLoss(loss.Loss);
            },
            mostOfFew: 1);
    }

    private void TotalGradient(DefinedLoss loss)
    {
        if (loss.Factor is not Const)
        {
            Writer.Line($"float g = (float)({ScalarPrinter.Print(loss.Factor)}); // dL/dtotal = {MathPrinter.Expression(loss.Factor)}");
        }
    }

    private void BackwardFrom()
    {
        Dictionary<Tensor, string> spans = Spans((Network.Input, "input"), (plan.Programs.OutputGradient, "outputGradient"), (plan.Programs.InputGradient, "inputGradient"));
        Method(
            "void",
            "BackwardFrom",
            "int samples, ReadOnlySpan<float> input, ReadOnlySpan<float> outputGradient, Span<float> inputGradient, NetworkMemory memory",
            plan.BackwardFrom,
            method => Body(method, spans, isTraining: true, [plan.Programs.InputGradient]),
            comment: "// Adds to the gradients.");
    }

    private void Update(UpdatePlan update)
    {
        Kernel kernel = update.Kernel;
        Writer.Separate();
        entries.Add(new Entry("void", "Step", "NetworkMemory memory"));
        Writer.Open("public static void Step(NetworkMemory memory)");
        StepScalars(update);
        int done = 0;
        foreach ((int offset, int length) in update.Runs)
        {
            var arguments = new List<string> { Number(length) };
            arguments.AddRange(kernel.Scalars.Select(s => "(float)" + s.Symbol));
            foreach (Tensor tensor in kernel.Memory)
            {
                (string memory, int place) = tensor.Role switch
                {
                    TensorRole.Parameter => ("memory.ParametersReference", offset),
                    TensorRole.Gradient => ("memory.GradientsReference", offset),
                    _ => ("memory.OptimizerStateReference", (update.Scope.States.IndexOf(tensor) * update.Trained) + done),
                };
                arguments.Add(place == 0 ? $"ref {memory}" : $"ref Unsafe.Add(ref {memory}, {Number(place)})");
            }

            Writer.Line($"{KernelName(kernel)}({string.Join(", ", arguments)});");
            done += length;
        }

        Writer.Line("memory.StepCount = step;");
        Writer.Close();
    }

    // The numbers of a step, which are the same for all parameters: in double, and for a line, which passes them to nobody, as it reads them.
    private void StepScalars(UpdatePlan update, bool isLine = false)
    {
        HashSet<Tensor> used = [.. update.Kernel.Scalars.Concat(update.Scope.Scalars.SelectMany(s => s.Reads).Select(r => r.Tensor))];
        string type = isLine ? "float" : "double";
        Writer.Line("long step = memory.StepCount + 1;");
        if (isLine ? update.Kernel.Scalars.Contains(update.Scope.RateTensor) : used.Contains(update.Scope.RateTensor))
        {
            Writer.Line($"{type} rate = memory.LearningRate;");
        }

        foreach (Statement scalar in update.Scope.Scalars.Where(s => used.Contains(s.Target)))
        {
            string value = ScalarPrinter.Print(isLine ? FromMemory(scalar.Value.Body) : scalar.Value.Body);
            Writer.Line($"{type} {scalar.Target.Symbol} = {(isLine ? $"(float)({value})" : value)}; // {MathPrinter.Statement(scalar)}");
        }

        Expr FromMemory(Expr e) => e is Read read && read.Tensor == update.Scope.RateTensor
            ? new Tensor("(double)memory.LearningRate", TensorRole.Scalar, ElementKind.F64)[[]]
            : e.Map(FromMemory);
    }

    // A method for pieces of a batch and, where there is another way for a few samples, one for those.
    private void Method(string type, string name, string parameters, MethodPlan method, System.Action<MethodPlan> body, string? comment = null, int mostOfFew = Line.MostSamples)
    {
        var entry = new Entry(type, name, parameters) { MostOfFew = method.Few is null ? 0 : mostOfFew };
        entries.Add(entry);
        Writer.Separate();
        if (comment is not null)
        {
            Writer.Line(comment);
        }

        Writer.Open($"public static {type} {name}({parameters})");
        if (ChoosesItself)
        {
            MathClassPrinter.Few(Writer, entry);
        }

        body(method);
        Writer.Close();
        if (method.Few is not { } ofFew)
        {
            return;
        }

        section = few;
        Writer.Separate();
        if (comment is not null)
        {
            Writer.Line(comment);
        }

        Writer.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        Writer.Open($"public static {type} {entry.NameOfFew}({parameters})");
        body(ofFew);
        Writer.Close();
        section = pieces;
    }

    private static Dictionary<Tensor, string> Spans(params (Tensor Tensor, string Span)[] spans) => spans.ToDictionary(s => s.Tensor, s => s.Span);

    private Dictionary<Tensor, string> Spans(DefinedLoss loss)
    {
        Dictionary<Tensor, string> spans = Spans((Network.Input, "input"));
        if (loss.Labels is { } labels)
        {
            spans.Add(labels, "labels");
        }
        else if (loss.Target is { } target)
        {
            spans.Add(target, "target");
        }

        return spans;
    }

    private static string TargetParameter(DefinedLoss loss) =>
        loss.Labels is not null ? ", ReadOnlySpan<int> labels" : loss.Target is not null ? ", ReadOnlySpan<float> target" : string.Empty;

    private void ReturnLoss(DefinedLoss loss)
    {
        Writer.Separate();
        Expr value = Simplifier.Simplify(loss.Total[[]] * loss.Factor);
        Writer.Line(value is Read ? "return (float)total;" : $"return (float)({ScalarPrinter.Print(value)});");
    }

    private void Body(MethodPlan method, Dictionary<Tensor, string> spans, bool isTraining, Tensor[] outputs, bool isOnePiece = false)
    {
        Omissions(isTraining);
        Tensor[] touched = method.Form == MethodForm.ScalarLine
            ? method.Program.Statements.SelectMany(s => s.Statement.Reads.Select(r => r.Tensor).Append(s.Statement.Target)).Distinct().ToArray()
            : method.Kernels.SelectMany(k => k.Memory).Distinct().ToArray();
        foreach (Tensor tensor in touched.Where(t => t.Role is TensorRole.Parameter or TensorRole.Gradient or TensorRole.OptimizerState))
        {
            string memory = tensor.Role switch
            {
                TensorRole.Parameter => "memory.ParametersReference",
                TensorRole.Gradient => "memory.GradientsReference",
                _ => "memory.OptimizerStateReference",
            };
            Writer.Line($"ref float {MathPrinter.Memory(tensor)} = ref {At(memory, tensor.Slot!.Offset)};");
        }

        if (method.Form == MethodForm.Line)
        {
            Samples(method, spans, isOnePiece);
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

    // One sample after another.
    private void Samples(MethodPlan method, Dictionary<Tensor, string> spans, bool isOnePiece)
    {
        Writer.Line("// " + Line.Reason(method.Kernels));
        if (method.Buffers.FloatsPerSample > 0)
        {
            Writer.Line($"Span<float> stack = stackalloc float[{Number(method.Buffers.FloatsPerSample)} + AlignedBuffer.Slack];");
            Writer.Line("ref float scratch = ref AlignedBuffer.Aligned(stack);");
            foreach (KeyValuePair<Tensor, int> buffer in method.Buffers.Offsets.OrderBy(b => b.Value))
            {
                Writer.Line($"ref float {MathPrinter.Memory(buffer.Key)} = ref {At("scratch", buffer.Value)}; // [{string.Join(", ", buffer.Key.Extents.Where(e => e.IsConstant))}]");
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
            Piece(span.Key, span.Value, isOnePiece, "n");
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
                Piece(plan.Programs.InputGradient, "inputGradient", isOnePiece, "n");
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
        own.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
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
        string name = Named(baseName, n => own.ToString().Replace(Name, n));
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
        if (isOnePiece)
        {
            Writer.Line("int rows = samples;");
        }
        else
        {
            Writer.Open($"for (int first = 0; first < samples; first += {Number(capacity)})");
            Writer.Line($"int rows = Math.Min(samples - first, {Number(capacity)});");
        }

        HashSet<Tensor> touched = [.. method.Kernels.SelectMany(k => k.Memory)];
        foreach (KeyValuePair<Tensor, string> span in spans.Where(s => touched.Contains(s.Key) && s.Key.Role != TensorRole.InputGradient))
        {
            Piece(span.Key, span.Value, isOnePiece);
        }

        for (int i = 0; i < method.Kernels.Count;)
        {
            Kernel[] run = method.Kernels.Skip(i).TakeWhile(k => k.IfRequested == method.Kernels[i].IfRequested).ToArray();
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
                Call(kernel, isTraining);
            }

            if (run[0].IfRequested)
            {
                Writer.Close();
            }

            i += run.Length;
        }

        if (!isOnePiece)
        {
            Writer.Close();
        }
    }

    private void Call(Kernel kernel, bool isTraining)
    {
        if (kernel.Packing is not { } packing)
        {
            CallOne(kernel, isTraining);
            return;
        }

        Writer.Open($"if (rows >= {Number(Packing.FewestRows)})");
        IReadOnlyList<Extent> extents = packing.Source.Tensor.Extents;
        string copy = MathPrinter.Memory(packing.Copy);
        Writer.Line($"ref float {copy} = ref {At("memory.WorkspaceReference", (int)plan.PackedOffset)}; // [{string.Join(", ", packing.Copy.Extents)}]");
        Writer.Line($"Transposition.Copy(ref {MathPrinter.Memory(packing.Source.Tensor)}, {extents[0]}, {extents[1]}, ref {copy}, {packing.Copy.Extents[1]});");
        CallOne(packing.Product, isTraining);
        Writer.End();
        Writer.Open("else");
        CallOne(kernel, isTraining);
        Writer.Close();
    }

    private void CallOne(Kernel kernel, bool isTraining)
    {
        IEnumerable<string> arguments = kernel.Scalars.Select(s => s.Element == ElementKind.F64 ? "(float)" + s.Symbol : s.Symbol).Prepend("rows")
            .Concat(kernel.Memory.Select(t => "ref " + MathPrinter.Memory(t)));
        string name = KernelName(kernel, isTraining);
        string call = $"{name}({string.Join(", ", arguments)});";

        // A pass that another layer has given its name says what it is here.
        string own = name.StartsWith(kernel.Name, System.StringComparison.Ordinal) ? string.Empty : " // " + (MathPrinter.Matrices(kernel.Lead) ?? MathPrinter.Indices(kernel.Lead));
        Writer.Line((kernel.Lead.Target.Element == ElementKind.F64 ? "total += " + call : call) + own);
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
            memory = "memory.WorkspaceReference";
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
        string start = $"ref MemoryMarshal.GetReference({span})";
        string piece = isOnePiece ? start : $"ref Unsafe.Add({start}, {Times(first, tensor.SizePerSample)})";
        Writer.Line($"ref {Type(tensor)} {MathPrinter.Memory(tensor)} = {piece};");
    }

    // Programs often want the very same pass, and layers of the same sizes the same with other tensors: it is written once.
    private string KernelName(Kernel kernel, bool isTraining = false)
    {
        string key = KernelKey.Of(kernel);
        if (!section.Names.TryGetValue(key, out string? name))
        {
            // The same pass that keeps more, because the backward pass reads it, is the one for training.
            name = section.Methods.ContainsKey(kernel.Name) && isTraining && !section.Methods.ContainsKey(kernel.Name + "Training") ? kernel.Name + "Training" : kernel.Name;
            name = Named(name, n =>
            {
                var own = new CodeWriter();
                KernelPrinter.Print(kernel with { Name = n }, own);
                return own.ToString();
            });
            section.Names.Add(key, name);
        }

        return name;
    }

    private string Named(string wanted, System.Func<string, string> print)
    {
        for (int copy = 1; ; copy++)
        {
            string name = copy == 1 ? wanted : string.Format(CultureInfo.InvariantCulture, "{0}Version{1}", wanted, copy);
            if (!section.Methods.TryGetValue(name, out string? known))
            {
                string text = print(name);
                section.Methods.Add(name, text);
                section.Kernels.Lines(text);
                return name;
            }

            if (known == print(name))
            {
                return name;
            }
        }
    }

    private static string At(string memory, int offset) => offset == 0 ? memory : $"Unsafe.Add(ref {memory}, {Number(offset)})";

    private static string Type(Tensor tensor) => tensor.Element == ElementKind.I32 ? "int" : "float";

    private static string Times(string variable, int factor) => factor == 1 ? variable : $"{variable} * {Number(factor)}";

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>Entry points, and the methods that they call.</summary>
    private sealed class Section
    {
        public CodeWriter Entries { get; } = new();

        public CodeWriter Kernels { get; } = new();

        /// <summary>The kernels' names by their keys.</summary>
        public Dictionary<string, string> Names { get; } = [];

        /// <summary>The methods by their names.</summary>
        public Dictionary<string, string> Methods { get; } = [];

        public override string ToString() => Entries.ToString() + (Kernels.ToString() is { Length: > 0 } kernels ? "\n" + kernels : string.Empty);
    }
}
