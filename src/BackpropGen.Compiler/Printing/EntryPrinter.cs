using System;
using System.Collections.Generic;
using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>Writes the methods that the members call: the pieces of a batch, where everything lies, and the kernels in order.</summary>
internal sealed class EntryPrinter
{
    /// <summary>The inference of one sample, where there is code for a few.</summary>
    public const string ForwardOfOne = "ForwardOne";

    /// <summary>The inference of two samples at once.</summary>
    public const string ForwardOfTwo = "ForwardTwo";

    /// <summary>The inference of any number of samples, which are still to be checked, where there is code for one.</summary>
    public const string ForwardOfAny = "ForwardAny";

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

    private BodyPrinter Bodies => new(plan, section, Writer);

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
            entries.Add(new StepPrinter(section).Print(update));
        }
    }

    private void Forward()
    {
        Dictionary<Tensor, string> spans = Spans((Network.Input, "input"), (Network.Output, "output"));
        Method("void", "Forward", "int samples, ReadOnlySpan<float> input, Span<float> output, NetworkMemory memory", plan.Forward, method =>
        {
            if (method.Form == MethodForm.Line)
            {
                if (method.Pairs is null)
                {
                    Writer.Open("for (int n = 0; n < samples; n++)").Line(From("n", ForwardOfOne)).Close();
                    return;
                }

                Writer.Line("int n = 0;");
                Writer.Open("for (; n < samples - 1; n += 2)").Line(From("n", ForwardOfTwo)).Close();
                Writer.Separate();
                Writer.Open("if (n < samples)").Line(From("n", ForwardOfOne)).Close();
            }
            else
            {
                Bodies.Print("Forward", method, spans, isTraining: false, [Network.Output]);
            }
        });
        if (plan.Forward.Few is { } few)
        {
            At(few, ForwardOfOne, 1, "// One sample, whose values start at the references.");
            if (few.Pairs is { } pairs)
            {
                At(pairs, ForwardOfTwo, 2, "// Two samples, whose values start at the references.");
            }
        }

        string From(string sample, string method) =>
            $"{method}({string.Join(", ", spans.Select(s => $"ref Unsafe.Add(ref MemoryMarshal.GetReference({s.Value}), {Places.Times(sample, s.Key.SizePerSample)})"))}, memory);";

        // So many samples, from the references on.
        void At(MethodPlan method, string name, int samples, string comment)
        {
            section = this.few;
            Writer.Separate();
            Writer.Line(comment);
            Writer.Line(Section.OnItsOwn);
            Writer.Open($"public static void {name}({string.Join(", ", spans.Keys.Select(t => "ref float " + MathPrinter.Memory(t)))}, NetworkMemory memory)");
            Bodies.Print(name, method, spans, isTraining: false, [Network.Output], samplesGiven: samples);
            Writer.Close();
            section = pieces;
        }
    }

    private void Predict(MethodPlan predict)
    {
        Tensor prediction = plan.Programs.Prediction!;
        Dictionary<Tensor, string> spans = Spans((Network.Input, "input"), (prediction, "labels"));
        Method("void", "Predict", "int samples, ReadOnlySpan<float> input, Span<int> labels, NetworkMemory memory", predict, method =>
            Bodies.Print("Predict", method, spans, isTraining: false, [prediction]));
    }

    private void Loss(LossPlan loss) =>
        Method("float", "Loss", $"int samples, ReadOnlySpan<float> input{TargetParameter(loss.Loss)}, NetworkMemory memory", loss.Evaluate, method =>
            Bodies.Print("Loss", method, Spans(loss.Loss), isTraining: false, []),
            end: _ => ReturnLoss(loss.Loss));

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
                TotalGradient(loss.Loss, method.IsOfAnyScale ? "scale" : null);
                Bodies.Print("Backward", method, spans, isTraining: true, [plan.Programs.InputGradient]);
            },
            end: _ => ReturnLoss(loss.Loss),
            comment: "// Adds to the gradients.",
            share: loss.Backward.IsOfAnyScale ? OfAnyScale(loss, "inputGradient", "ref memory.GradientAt(0)", "1f") : null);
    }

    // The method that adds to gradients or takes a step, as it is told.
    private static Share OfAnyScale(LossPlan loss, string inputGradient, string updated, string scale)
    {
        string target = TargetParameter(loss.Loss);
        string[] targets = target.Length == 0 ? [] : [target.Substring(target.LastIndexOf(' ') + 1)];
        return new Share(
            "double",
            "Backward",
            $"int samples, ReadOnlySpan<float> input{target}, Span<float> inputGradient, NetworkMemory memory, ref float {Places.Updated}, float scale",
            ["samples", "input", .. targets, inputGradient, "memory", updated, scale],
            IsForThreads: loss.Backward.Split is { IsWithinPieces: true });
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
            Method("float", "TrainStep", parameters, loss.Backward with { Few = null, Split = null }, _ => Apart());
            return;
        }

        Method(
            "float",
            "TrainStep",
            parameters,
            step,
            method =>
            {
                new StepPrinter(section).Scalars(update, isLine: method.Form == MethodForm.Line, isCounted: IsCounted(method));
                if (method == step || method.Program.Statements.SelectMany(s => s.Statement.Reads).Any(r => r.Tensor == loss.Loss.G))
                {
                    TotalGradient(loss.Loss, update.Scope.IsAlongGradient ? "-rate" : null, isOne: method != step);
                }

                Bodies.Print("TrainStep", method, Spans(loss.Loss), isTraining: true, [], isOnePiece: true);
            },
            end: method =>
            {
                Writer.Line(IsCounted(method) ? "memory.StepCount++;" : "memory.StepCount = step;");
                ReturnLoss(loss.Loss, isOne: method != step);
            },
            start: method =>
            {
                if (method == step)
                {
                    Writer.Open($"if (samples > {Places.Number(plan.WorkspaceSamples)})");
                    Apart();
                    Writer.Close();
                    Writer.Separate();
                }
            },
            mostOfFew: 1,
            share: loss.Backward.IsOfAnyScale ? OfAnyScale(loss, "default", "ref memory.ParameterAt(0)", "-memory.LearningRate") with { IsElsewhere = true } : null);

        // What is called has no use for the number of the step.
        bool IsCounted(MethodPlan method) => method.Split is not null || (method == step && loss.Backward.IsOfAnyScale);
    }

    // dL/dtotal, times a scale where there is one.
    private void TotalGradient(DefinedLoss loss, string? scale = null, bool isOne = false)
    {
        if (loss.Factor is Const && plan.Programs.Optimizer is not { IsAlongGradient: true })
        {
            return;
        }

        Expr Scaled(Expr factor) => scale is null ? factor : Simplifier.Simplify(new Tensor(scale, TensorRole.Scalar, ElementKind.F64)[[]] * factor);
        Expr factor = isOne ? OfOne(loss.Factor) : loss.Factor;
        string value = factor is not Const number || (scale is not null && !isOne) ? $"(float)({ScalarPrinter.Print(Scaled(factor))})"
            : scale is null ? Literals.Float(number.Value)
            : number.Value == 1 ? scale
            : $"{scale} * {Literals.Float(number.Value)}";
        Writer.Line($"float g = {value}; // {(scale is null ? string.Empty : Minus(scale) + "·")}dL/dtotal = {Minus(MathPrinter.Expression(Scaled(loss.Factor)))}{(isOne ? ", N = 1" : string.Empty)}");

        static string Minus(string text) => text.Replace('-', '−');
    }

    // The same of one sample: nobody waits for a division.
    private static Expr OfOne(Expr e)
    {
        return Simplifier.Simplify(Replaced(e));

        static Expr Replaced(Expr e) => e is ExtentValue { Extent.Kind: ExtentKind.Samples } ? 1 : e.Map(Replaced);
    }

    private void BackwardFrom()
    {
        Dictionary<Tensor, string> spans = Spans((Network.Input, "input"), (plan.Programs.OutputGradient, "outputGradient"), (plan.Programs.InputGradient, "inputGradient"));
        Method(
            "void",
            "BackwardFrom",
            "int samples, ReadOnlySpan<float> input, ReadOnlySpan<float> outputGradient, Span<float> inputGradient, NetworkMemory memory",
            plan.BackwardFrom,
            method => Bodies.Print("BackwardFrom", method, spans, isTraining: true, [plan.Programs.InputGradient]),
            comment: "// Adds to the gradients.");
    }

    // A method for pieces of a batch and, where there is another way for a few samples, one for those. Where threads may share the batch, or
    // two entry points have it, the pieces are a method of their own.
    private void Method(
        string type,
        string name,
        string parameters,
        MethodPlan method,
        Action<MethodPlan> body,
        Action<MethodPlan>? end = null,
        Action<MethodPlan>? start = null,
        string? comment = null,
        int mostOfFew = int.MaxValue,
        Share? share = null)
    {
        var entry = new Entry(type, name, parameters)
        {
            MostOfFew = Math.Min(mostOfFew, method.Few?.MostSamples ?? 0),
            MostOfFewInFewRegisters = Math.Min(mostOfFew, method.Few?.MostSamplesInFewRegisters ?? 0),
            IsBusy = method.Few is { } line && (line.Pairs is not null || !(line.IsCalledMost || Line.IsNarrow(line.Kernels))),
        };
        entries.Add(entry);
        Writer.Separate();
        if (comment is not null)
        {
            Writer.Line(comment);
        }

        // Calls are half of a small network's step for a few samples, and the JIT's second attempt at them would come after a tenth of a second. A large
        // one's start with less.
        if (share is { IsForThreads: false } && method.Kernels.Any(k => k.Strategy.IsVectorised))
        {
            Writer.Line(Section.OnItsOwn);
        }

        Writer.Open($"public static {type} {name}({parameters})");
        if (ChoosesItself)
        {
            FewPrinter.Choice(Writer, entry, [(null, string.Empty)]);
        }

        start?.Invoke(method);
        if (share is not null || method.Split is { IsWithinPieces: true })
        {
            var team = new TeamPrinter(Writer, share ?? Share.Of(entry));
            team.Gather(method.Split);
            end?.Invoke(method);
            Writer.Close();
            if (share is not { IsElsewhere: true })
            {
                team.OpenShare(method.IsOfAnyScale ? Places.OfAnyScale : null);
                body(method);
                team.CloseShare();
            }
        }
        else
        {
            body(method);
            end?.Invoke(method);
            Writer.Close();
        }

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

        Writer.Line(Section.OnItsOwn);
        Writer.Open($"public static {type} {entry.NameOfFew}({parameters})");
        start?.Invoke(ofFew);
        body(ofFew);
        end?.Invoke(ofFew);
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

    private void ReturnLoss(DefinedLoss loss, bool isOne = false)
    {
        Writer.Separate();
        Expr value = Simplifier.Simplify(loss.Total[[]] * loss.Factor);
        value = isOne ? OfOne(value) : value;
        Writer.Line(value is Read ? "return (float)total;" : $"return (float)({ScalarPrinter.Print(value)});");
    }
}
