using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>Writes the methods that the members call: the pieces of a batch, where everything lies, and the kernels in order.</summary>
internal sealed class EntryPrinter
{
    private readonly NetworkPlan plan;
    private readonly CodeWriter writer;
    private readonly Dictionary<string, string> kernels = [];
    private readonly CodeWriter kernelWriter;
    private readonly List<Entry> entries = [];

    public EntryPrinter(NetworkPlan plan, CodeWriter writer, CodeWriter kernelWriter)
    {
        this.plan = plan;
        this.writer = writer;
        this.kernelWriter = kernelWriter;
    }

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
        writer.Separate();
        Open("void", "Forward", "int samples, ReadOnlySpan<float> input, Span<float> output, NetworkMemory memory", plan.Forward.Form);
        Body(plan.Forward, spans, isTraining: false, [Network.Output]);
        writer.Close();
    }

    private void Predict(MethodPlan predict)
    {
        Tensor prediction = plan.Programs.Prediction!;
        Dictionary<Tensor, string> spans = Spans((Network.Input, "input"), (prediction, "labels"));
        writer.Separate();
        Open("void", "Predict", "int samples, ReadOnlySpan<float> input, Span<int> labels, NetworkMemory memory", predict.Form);
        Body(predict, spans, isTraining: false, [prediction]);
        writer.Close();
    }

    private void Loss(LossPlan loss)
    {
        writer.Separate();
        Open("float", "Loss", $"int samples, ReadOnlySpan<float> input{TargetParameter(loss.Loss)}, NetworkMemory memory", loss.Evaluate.Form);
        Body(loss.Evaluate, Spans(loss.Loss), isTraining: false, []);
        ReturnLoss(loss.Loss);
        writer.Close();
    }

    private void Backward(LossPlan loss)
    {
        Dictionary<Tensor, string> spans = Spans(loss.Loss);
        spans.Add(plan.Programs.InputGradient, "inputGradient");
        writer.Separate();
        writer.Line("// Adds to the gradients.");
        Open("float", "Backward", $"int samples, ReadOnlySpan<float> input{TargetParameter(loss.Loss)}, Span<float> inputGradient, NetworkMemory memory", loss.Backward.Form);
        TotalGradient(loss.Loss);
        Body(loss.Backward, spans, isTraining: true, [plan.Programs.InputGradient]);
        ReturnLoss(loss.Loss);
        writer.Close();
    }

    // One piece has all its gradients at once: they need not be stored. More pieces add up to gradients first.
    private void TrainStep(LossPlan loss)
    {
        if (plan.Update is not { } update)
        {
            return;
        }

        writer.Separate();
        string target = TargetParameter(loss.Loss);
        Open("float", "TrainStep", $"int samples, ReadOnlySpan<float> input{target}, NetworkMemory memory", loss.TrainStep?.Form ?? MethodForm.Kernels);
        void Apart()
        {
            writer.Line("memory.Gradients.Clear();");
            writer.Line($"float loss = Backward(samples, input{(target.Length == 0 ? string.Empty : ", " + Spans(loss.Loss).Values.Last())}, default, memory);");
            writer.Line("Step(memory);");
            writer.Line("return loss;");
        }

        if (loss.TrainStep is not { } step)
        {
            Apart();
        }
        else
        {
            writer.Open($"if (samples > {Number(step.Form == MethodForm.Line ? 1 : plan.WorkspaceSamples)})");
            Apart();
            writer.Close();
            writer.Separate();
            StepScalars(update, isLine: step.Form == MethodForm.Line);
            TotalGradient(loss.Loss);
            Body(step, Spans(loss.Loss), isTraining: true, [], isOnePiece: true);
            writer.Line("memory.StepCount = step;");
            ReturnLoss(loss.Loss);
        }

        writer.Close();
    }

    private void TotalGradient(DefinedLoss loss)
    {
        if (loss.Factor is not Const)
        {
            writer.Line($"float g = (float)({ScalarPrinter.Print(loss.Factor)}); // dL/dtotal = {MathPrinter.Expression(loss.Factor)}");
        }
    }

    private void BackwardFrom()
    {
        Dictionary<Tensor, string> spans = Spans((Network.Input, "input"), (plan.Programs.OutputGradient, "outputGradient"), (plan.Programs.InputGradient, "inputGradient"));
        writer.Separate();
        writer.Line("// Adds to the gradients.");
        Open("void", "BackwardFrom", "int samples, ReadOnlySpan<float> input, ReadOnlySpan<float> outputGradient, Span<float> inputGradient, NetworkMemory memory", plan.BackwardFrom.Form);
        Body(plan.BackwardFrom, spans, isTraining: true, [plan.Programs.InputGradient]);
        writer.Close();
    }

    private void Update(UpdatePlan update)
    {
        Kernel kernel = update.Kernel;
        writer.Separate();
        Open("void", "Step", "NetworkMemory memory");
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

            writer.Line($"{KernelName(kernel)}({string.Join(", ", arguments)});");
            done += length;
        }

        writer.Line("memory.StepCount = step;");
        writer.Close();
    }

    // The numbers of a step, which are the same for all parameters: in double, and for a line, which passes them to nobody, as it reads them.
    private void StepScalars(UpdatePlan update, bool isLine = false)
    {
        HashSet<Tensor> used = [.. update.Kernel.Scalars.Concat(update.Scope.Scalars.SelectMany(s => s.Reads).Select(r => r.Tensor))];
        string type = isLine ? "float" : "double";
        writer.Line("long step = memory.StepCount + 1;");
        if (isLine ? update.Kernel.Scalars.Contains(update.Scope.RateTensor) : used.Contains(update.Scope.RateTensor))
        {
            writer.Line($"{type} rate = memory.LearningRate;");
        }

        foreach (Statement scalar in update.Scope.Scalars.Where(s => used.Contains(s.Target)))
        {
            string value = ScalarPrinter.Print(isLine ? FromMemory(scalar.Value.Body) : scalar.Value.Body);
            writer.Line($"{type} {scalar.Target.Symbol} = {(isLine ? $"(float)({value})" : value)}; // {MathPrinter.Statement(scalar)}");
        }

        Expr FromMemory(Expr e) => e is Read read && read.Tensor == update.Scope.RateTensor
            ? new Tensor("(double)memory.LearningRate", TensorRole.Scalar, ElementKind.F64)[[]]
            : e.Map(FromMemory);
    }

    private void Open(string type, string name, string parameters, MethodForm form = MethodForm.Kernels)
    {
        entries.Add(new Entry(type, name, parameters));
        if (form == MethodForm.Line)
        {
            writer.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        }

        writer.Open($"public static {type} {name}({parameters})");
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
        writer.Separate();
        Expr value = Simplifier.Simplify(loss.Total[[]] * loss.Factor);
        writer.Line(value is Read ? "return (float)total;" : $"return (float)({ScalarPrinter.Print(value)});");
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
            writer.Line($"ref float {MathPrinter.Memory(tensor)} = ref {At(memory, tensor.Slot!.Offset)};");
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
                writer.Line($"ref {Type(tensor)} {MathPrinter.Memory(tensor)} = ref MemoryMarshal.GetReference({spans[tensor]});");
            }

            StraightLinePrinter.Print(method.Program, writer, outputs);
            return;
        }

        Pieces(method, spans, isTraining, isOnePiece);
    }

    // One sample after another.
    private void Samples(MethodPlan method, Dictionary<Tensor, string> spans, bool isOnePiece)
    {
        writer.Line("// " + Line.Reason(method.Kernels));
        if (method.Buffers.FloatsPerSample > 0)
        {
            writer.Line($"Span<float> stack = stackalloc float[{Number(method.Buffers.FloatsPerSample)} + AlignedBuffer.Slack];");
            writer.Line("ref float scratch = ref AlignedBuffer.Aligned(stack);");
            foreach (KeyValuePair<Tensor, int> buffer in method.Buffers.Offsets.OrderBy(b => b.Value))
            {
                writer.Line($"ref float {MathPrinter.Memory(buffer.Key)} = ref {At("scratch", buffer.Value)}; // [{string.Join(", ", buffer.Key.Extents.Where(e => e.IsConstant))}]");
            }
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

            writer.Separate();
            if (isRequested)
            {
                writer.Open("if (!inputGradient.IsEmpty)");
                Piece(plan.Programs.InputGradient, "inputGradient", isOnePiece, "n");
                writer.Separate();
            }

            Parts(method, run);
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

    // What one method can hold stands here; of more, as much as one method can hold in a method each.
    private void Parts(MethodPlan method, Kernel[] kernels)
    {
        var parts = new List<(List<Kernel> Kernels, string Text)>();
        int room = 0;
        foreach (Kernel kernel in kernels)
        {
            var own = new CodeWriter();
            new LinePrinter(kernel, own).Print();
            string text = own.ToString();
            int calls = Line.Calls(kernel, text);
            if (calls > room)
            {
                parts.Add(([], string.Empty));
                room = Line.MostCalls;
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
        string name = Named(baseName, false, n => own.ToString().Replace(Name, n));
        string call = $"{name}({string.Join(", ", scalars.Select(s => s.Symbol).Concat(memory.Select(t => "ref " + MathPrinter.Memory(t))))});";
        writer.Line(isTotal ? "total += " + call : call);
    }

    // What is not here, and why.
    private void Omissions(bool isTraining)
    {
        Tensor[] frozen = isTraining ? Network.Parameters.Where(p => !p.Slot!.IsTrainable).ToArray() : [];
        if (frozen.Length > 0)
        {
            writer.Line($"// {string.Join(", ", frozen.Select(p => Network.GradientOf(p).Symbol))}: frozen, their gradients stay 0.");
        }
    }

    private void Pieces(MethodPlan method, Dictionary<Tensor, string> spans, bool isTraining, bool isOnePiece)
    {
        int capacity = isTraining ? plan.WorkspaceSamples : plan.ScratchSamples;
        Place(method, isTraining);
        bool hasTotal = method.Kernels.Any(k => k.Lead.Target.Element == ElementKind.F64);
        if (hasTotal)
        {
            writer.Line("double total = 0.0;");
        }

        writer.Separate();
        if (isOnePiece)
        {
            writer.Line("int rows = samples;");
        }
        else
        {
            writer.Open($"for (int first = 0; first < samples; first += {Number(capacity)})");
            writer.Line($"int rows = Math.Min(samples - first, {Number(capacity)});");
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
                writer.Open("if (!inputGradient.IsEmpty)");
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
                writer.Close();
            }

            i += run.Length;
        }

        if (!isOnePiece)
        {
            writer.Close();
        }
    }

    private void Call(Kernel kernel, bool isTraining)
    {
        if (kernel.Packing is not { } packing)
        {
            CallOne(kernel, isTraining);
            return;
        }

        writer.Open($"if (rows >= {Number(Packing.FewestRows)})");
        IReadOnlyList<Extent> extents = packing.Source.Tensor.Extents;
        string copy = MathPrinter.Memory(packing.Copy);
        writer.Line($"ref float {copy} = ref {At("memory.WorkspaceReference", (int)plan.PackedOffset)}; // [{string.Join(", ", packing.Copy.Extents)}]");
        writer.Line($"Transposition.Copy(ref {MathPrinter.Memory(packing.Source.Tensor)}, {extents[0]}, {extents[1]}, ref {copy}, {packing.Copy.Extents[1]});");
        CallOne(packing.Product, isTraining);
        writer.End();
        writer.Open("else");
        CallOne(kernel, isTraining);
        writer.Close();
    }

    private void CallOne(Kernel kernel, bool isTraining)
    {
        IEnumerable<string> arguments = kernel.Scalars.Select(s => s.Element == ElementKind.F64 ? "(float)" + s.Symbol : s.Symbol).Prepend("rows")
            .Concat(kernel.Memory.Select(t => "ref " + MathPrinter.Memory(t)));
        string call = $"{KernelName(kernel, isTraining)}({string.Join(", ", arguments)});";
        writer.Line(kernel.Lead.Target.Element == ElementKind.F64 ? "total += " + call : call);
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
            writer.Line($"int capacity = Math.Min(samples, {Number(plan.ScratchSamples)}); // rows that fit into 32 KB of the stack");
            writer.Line($"Span<float> stack = stackalloc float[{Times("capacity", method.Buffers.FloatsPerSample)}];");
            writer.Line("ref float scratch = ref MemoryMarshal.GetReference(stack);");
        }
        else
        {
            writer.Line("using ScratchLease lease = memory.Scratch.Rent();");
            writer.Line("ref float scratch = ref lease.Reference;");
        }

        foreach (KeyValuePair<Tensor, int> buffer in method.Buffers.Offsets.OrderBy(b => b.Value))
        {
            int samples = isTraining ? plan.WorkspaceSamples : plan.ScratchSamples;
            string place = onStack && buffer.Value > 0
                ? $"Unsafe.Add(ref {memory}, {Times("capacity", buffer.Value)})"
                : At(memory, buffer.Value * samples);
            string shape = string.Join(", ", buffer.Key.Extents.Select(e => e.IsConstant ? e.ToString() : "rows"));
            writer.Line($"ref float {MathPrinter.Memory(buffer.Key)} = ref {place}; // [{shape}]");
        }
    }

    private void Piece(Tensor tensor, string span, bool isOnePiece, string first = "first")
    {
        string start = $"ref MemoryMarshal.GetReference({span})";
        string piece = isOnePiece ? start : $"ref Unsafe.Add({start}, {Times(first, tensor.SizePerSample)})";
        writer.Line($"ref {Type(tensor)} {MathPrinter.Memory(tensor)} = {piece};");
    }

    private string KernelName(Kernel kernel, bool isTraining = false) => Named(kernel.Name, isTraining, name =>
    {
        var own = new CodeWriter();
        KernelPrinter.Print(kernel with { Name = name }, own);
        return own.ToString();
    });

    // Two programs often want the very same pass: it is written once.
    private string Named(string wanted, bool isTraining, System.Func<string, string> print)
    {
        for (int copy = 1; ; copy++)
        {
            // The same pass that keeps more, because the backward pass reads it, is the one for training.
            string name = copy == 1 ? wanted : isTraining && copy == 2 ? wanted + "Training" : string.Format(CultureInfo.InvariantCulture, "{0}Version{1}", wanted, copy);
            string text = print(name);
            if (!kernels.TryGetValue(name, out string? known))
            {
                kernels.Add(name, text);
                kernelWriter.Lines(text);
                return name;
            }

            if (known == text)
            {
                return name;
            }
        }
    }

    private static string At(string memory, int offset) => offset == 0 ? memory : $"Unsafe.Add(ref {memory}, {Number(offset)})";

    private static string Type(Tensor tensor) => tensor.Element == ElementKind.I32 ? "int" : "float";

    private static string Times(string variable, int factor) => factor == 1 ? variable : $"{variable} * {Number(factor)}";

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
