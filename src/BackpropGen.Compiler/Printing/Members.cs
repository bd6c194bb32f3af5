using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using static BackpropGen.Compiler.Documentation;

namespace BackpropGen.Compiler;

/// <summary>The members that the user's class gets: the contract, with this network's sizes in it.</summary>
internal sealed class Members
{
    private const string In = "global::System.ReadOnlySpan<float>";
    private const string Out = "global::System.Span<float>";
    private const string Labels = "global::System.ReadOnlySpan<int>";
    private const string Clear = "networkMemory.Gradients.Clear();";
    private const string Architecture = "global::BackpropGen.INetworkArchitecture";
    private const string Guard = "global::BackpropGen.Runtime.Guard";
    private const string Declared = "global::BackpropGen.IDeclaredLoss";
    private const string NetworkInterface = "global::BackpropGen.INetwork";
    private const string Trainable = "global::BackpropGen.ITrainable";
    private const string TargetTrainable = "global::BackpropGen.ITargetTrainable";
    private const string LabelTrainable = "global::BackpropGen.ILabelTrainable";

    private readonly NetworkShape shape;
    private readonly Network network;
    private readonly NetworkPlan? plan;
    private readonly string className;
    private readonly string math;
    private readonly List<Member> members = [];
    private readonly int inputSize;
    private readonly int outputSize;
    private readonly int positions;

    private Members(NetworkDeclaration declaration, NetworkShape shape, Network network, NetworkPlan? plan, string math)
    {
        this.shape = shape;
        this.network = network;
        this.plan = plan;
        this.math = math;
        className = declaration.Class;
        inputSize = Clamp(shape.Input.Size);
        outputSize = Clamp(shape.Output.Size);
        positions = Math.Max(1, outputSize / Math.Max(1, shape.Output.Classes));
    }

    /// <summary>All members, those of the interfaces last.</summary>
    public static IReadOnlyList<Member> Of(NetworkDeclaration declaration, NetworkShape shape, Network network, NetworkPlan? plan, string math)
    {
        var all = new Members(declaration, shape, network, plan, math);
        all.Sizes();
        all.Storage();
        all.Inference();
        all.Training();
        all.Tensors();
        all.Interfaces();
        return all.members;
    }

    /// <summary>The interfaces that the class implements.</summary>
    public static IEnumerable<string> Interfaces(NetworkShape shape)
    {
        bool isTrainable = shape.Optimizer is not null;
        if (isTrainable && shape.Loss is { } loss)
        {
            yield return TargetTrainable;
            if (loss.Attribute.Targets == TargetKind.ValuesOrLabels)
            {
                yield return LabelTrainable;
            }
        }
        else
        {
            yield return isTrainable ? Trainable : NetworkInterface;
        }

        yield return Architecture;
        if (shape.Loss is not null)
        {
            yield return Declared;
        }
    }

    private bool TakesLabels => shape.Loss?.Attribute.Targets == TargetKind.ValuesOrLabels;

    private bool ReadsTarget => shape.Loss?.Attribute.Targets != TargetKind.None;

    private static int Clamp(long size) => (int)Math.Max(1, Math.Min(int.MaxValue, size));

    private static string Values(int count) => count == 1 ? "1 value" : Number(count) + " values";

    // [time, features] and [channels, height, width] are worth saying; a flat sample says itself.
    private static string ShapeOf(Shape shape) => shape.Sizes.Count == 1 ? string.Empty : $" ({shape})";

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private void Add(IReadOnlyList<string> documentation, string signature, MemberKind kind, params string[] body) =>
        members.Add(new Member(documentation, signature, kind, body));

    private void Sizes()
    {
        Constant("int", "InputSize", Number(inputSize), $"Values per sample that go in: {shape.Input}.");
        Constant("int", "OutputSize", Number(outputSize), $"Values per sample that come out: {shape.Output}.");
        Constant("int", "ParameterCount", Number(Clamp(network.Shape.Layers.Sum(l => Math.Min(int.MaxValue, l.Attribute.ParameterCount))) is var count && plan is null ? count : network.ParameterCount), "The length of <see cref=\"Parameters\"/> and of <see cref=\"Gradients\"/>, frozen tensors included.");
        Constant("int", "WorkspaceSamples", Number(plan?.WorkspaceSamples ?? shape.Workspace ?? 1), "How many samples the workspace holds. A larger batch is worked off in pieces of so many.");
        Constant("int", "WorkspaceBytes", Number(4 * (plan?.WorkspaceFloats ?? 0)), "The size of the workspace in bytes.");
        Constant("string", "Fingerprint", $"\"{Compiler.Fingerprint.Of(shape)}\"", "Of the architecture: layers, sizes and storage order. Parameters fit where it is the same.");
    }

    private void Constant(string type, string name, string value, string summary) =>
        Add(Document(summary), $"public const {type} {name} = {value};", MemberKind.Plain);

    private void Storage()
    {
        string order = network.Parameters.Count == 0
            ? "none: this network has no parameters"
            : string.Join(", ", network.Parameters.Select(p => p.Slot!.Name)) + "; weights row-major";
        Add(Document(
                $"All parameters, <see cref=\"ParameterCount\"/> values: {order}.",
                "<remarks>The memory that the network computes with, aligned to 64 bytes: the span may be held, read and written at any time.</remarks>"),
            $"public {Out} Parameters",
            MemberKind.Expression,
            "networkMemory.Parameters");
        Add(Inherited(Trainable + ".Gradients"),
            $"public {Out} Gradients",
            MemberKind.Expression,
            "networkMemory.Gradients");
        if (shape.Optimizer is not null)
        {
            string states = plan?.Update is { } update && update.Scope.States.Count > 0
                ? $"{string.Join(", ", update.Scope.States.Select(s => s.Symbol))}, each {Number(update.Trained)} values, one per trainable parameter"
                : "nothing";
            Add(Document($"What the optimizer remembers between steps: {states}. With <see cref=\"StepCount\"/> and the parameters, what an exact resume needs."),
                $"public {Out} OptimizerState",
                MemberKind.Expression,
                "networkMemory.OptimizerState");
            Add(Inherited(Trainable + ".LearningRate"),
                "public float LearningRate",
                MemberKind.GetSet,
                "networkMemory.LearningRate",
                "networkMemory.LearningRate = value");
            Add(Inherited(Trainable + ".StepCount"),
                "public long StepCount",
                MemberKind.GetSet,
                "networkMemory.StepCount",
                "networkMemory.StepCount = value");
        }

        Add(Inherited(NetworkInterface + ".Threads"),
            "public int Threads",
            MemberKind.GetSet,
            "networkMemory.Threads",
            "networkMemory.Threads = value");
        Add(Inherited(NetworkInterface + ".Initialize"),
            "public void Initialize(int seed)",
            MemberKind.Expression,
            $"{math}.Initialize(networkMemory, seed)");
        Add(Document(
                "A network that shares this one's parameters, optimizer state, learning rate and step count, and has gradients and a workspace of its own, and one of <see cref=\"Threads\"/>: one for each thread of a data-parallel training.",
                "<returns>The replica; fields of the class itself are copied as they are.</returns>"),
            $"public {className} CreateReplica()",
            MemberKind.Method,
            $"var replica = ({className})MemberwiseClone();",
            "replica.networkMemory = networkMemory.CreateReplica();",
            "return replica;");
    }

    private string InputDocumentation => Param("input", $"One sample or more, one behind the other, {Values(inputSize)} each{ShapeOf(shape.Input)}.");

    private static string InputGradientDocumentation => Param("inputGradient", "Filled with dL/dinput, as long as <paramref name=\"input\"/>; empty where it is not wanted.");

    private static string LengthError => Throws("ArgumentException", "A length does not match, or what is written overlaps what is read. Nothing was written.");

    private string TargetDocumentation => ReadsTarget
        ? Param("target", $"What should come out: {Values(outputSize)} per sample{ShapeOf(shape.Output)}.")
        : Param("target", "Empty: this loss reads no target.");

    private void Inference()
    {
        Add(Document(
                "Computes the outputs of any number of samples. May run on many threads at once.",
                InputDocumentation,
                Param("output", $"Filled with the outputs, {Values(outputSize)} per sample{ShapeOf(shape.Output)}."),
                LengthError),
            $"public void Forward({In} input, {Out} output)",
            MemberKind.Method,
            ForwardBody());
        if (!TakesLabels)
        {
            return;
        }

        Add(Document(
                "Predicts the class of any number of samples: the index of the largest output, the first of equals. May run on many threads at once.",
                InputDocumentation,
                Param("labels", $"Filled with the classes, {Number(positions)} per sample, each in [0, {Number(shape.Output.Classes)})."),
                LengthError),
            $"public void Predict({In} input, global::System.Span<int> labels)",
            MemberKind.Method,
            $"int samples = {Guard}.Predict(input, InputSize, labels, {Number(positions)});",
            $"{math}.Predict(samples, input, labels, networkMemory);");
    }

    // A single sample of a small network takes a few nanoseconds, of which the way there must not be half: nothing stands there that would have
    // registers saved first.
    private string[] ForwardBody()
    {
        const string First = "ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference";
        return plan?.Forward.Few is null
            ?
            [
                $"int samples = {Guard}.Forward(input, InputSize, output, OutputSize);",
                $"{math}.Forward(samples, input, output, networkMemory);",
            ]
            :
            [
                $"if ({Guard}.IsOneSample(input, InputSize, output, OutputSize))",
                "{",
                $"    {math}.{EntryPrinter.ForwardOfOne}({First}(input), {First}(output), networkMemory);",
                "}",
                "else",
                "{",
                $"    {math}.{EntryPrinter.ForwardOfAny}(input, output, networkMemory);",
                "}",
            ];
    }

    private void Training()
    {
        if (shape.Loss is not null)
        {
            Training(againstLabels: false);
            if (TakesLabels)
            {
                Training(againstLabels: true);
            }
        }

        From("BackwardFrom", "Runs the samples forward, and backward from a gradient of the outputs that the caller computed; overwrites <see cref=\"Gradients\"/>.", clears: true);
        if (shape.Loss is null)
        {
            From("Backward", "The same as <see cref=\"BackwardFrom\"/>: no loss is declared.", clears: true);
            From("Accumulate", "As <see cref=\"Backward\"/>, but adds to <see cref=\"Gradients\"/>.", clears: false);
        }

        if (shape.Optimizer is not null)
        {
            Add(Document("Takes one step of the optimizer with <see cref=\"Gradients\"/> as they are."), "public void Step()", MemberKind.Expression, $"{math}.Step(networkMemory)");
        }
    }

    private void Training(bool againstLabels)
    {
        string type = againstLabels ? Labels : In;
        string name = againstLabels ? "labels" : "target";
        string parameters = $"{In} input, {type} {name}";
        string given = ReadsTarget ? $"input, {name}" : "input";
        string check = againstLabels ? $"{Guard}.WithLabels(input, InputSize, labels, {Number(positions)}, {Number(shape.Output.Classes)}"
            : ReadsTarget ? $"{Guard}.WithTarget(input, InputSize, target, OutputSize" : $"{Guard}.WithoutTarget(input, InputSize, target";
        string samples = $"int samples = {check});";
        string gradientSamples = $"int samples = {check}, inputGradient);";
        string backward = $"return {math}.Backward(samples, {given}, inputGradient, networkMemory);";
        string what = shape.Loss!.Description;

        // What is against labels, and what adds up or takes a step, is said where it is declared.
        string declared = againstLabels ? LabelTrainable : TargetTrainable;
        Add(
            againstLabels ? Inherited(declared + ".Loss") : Document($"The {what} of any number of samples, without gradients. May run on many threads at once.", InputDocumentation, TargetDocumentation, "<returns>The loss.</returns>", LengthError),
            $"public float Loss({parameters})",
            MemberKind.Method,
            samples,
            $"return {math}.Loss(samples, {given}, networkMemory);");
        Add(
            againstLabels ? Inherited(declared + ".Backward") : Document(
                "Runs the samples forward and backward; overwrites <see cref=\"Gradients\"/>.",
                InputDocumentation,
                TargetDocumentation,
                InputGradientDocumentation,
                "<returns>The loss.</returns>",
                LengthError),
            $"public float Backward({parameters}, {Out} inputGradient = default)",
            MemberKind.Method,
            gradientSamples,
            Clear,
            backward);
        Add(
            Inherited(declared + ".Accumulate"),
            $"public float Accumulate({parameters}, {Out} inputGradient = default)",
            MemberKind.Method,
            gradientSamples,
            backward);
        if (shape.Optimizer is not null)
        {
            Add(
                Inherited(declared + ".TrainStep"),
                $"public float TrainStep({parameters})",
                MemberKind.Method,
                samples,
                $"return {math}.TrainStep(samples, {given}, networkMemory);");
        }
    }

    private void From(string name, string summary, bool clears) => Add(
        Document(
            summary,
            InputDocumentation,
            Param("outputGradient", $"dL/doutput, {Values(outputSize)} per sample{ShapeOf(shape.Output)}."),
            InputGradientDocumentation,
            LengthError),
        $"public void {name}({In} input, {In} outputGradient, {Out} inputGradient = default)",
        MemberKind.Method,
        [
            $"int samples = {Guard}.BackwardFrom(input, InputSize, outputGradient, OutputSize, inputGradient);",
            .. clears ? (string[])[Clear] : [],
            $"{math}.BackwardFrom(samples, input, outputGradient, inputGradient, networkMemory);",
        ]);

    private void Tensors()
    {
        foreach (Tensor tensor in network.Parameters)
        {
            ParameterSlot slot = tensor.Slot!;
            string extents = string.Join(", ", tensor.Extents.Select(e => e.ToString()));
            string slice = $"Slice({Number(slot.Offset)}, {Number(slot.Length)})";
            Add(Document($"[{extents}], a view of <see cref=\"Parameters\"/> from {Number(slot.Offset)} on.{(slot.IsTrainable ? string.Empty : " Frozen.")}"), $"public {Out} {slot.Name}", MemberKind.Expression, $"networkMemory.Parameters.{slice}");
            Add(Document($"dL/d<see cref=\"{slot.Name}\"/>, a view of <see cref=\"Gradients\"/>."), $"public {Out} {slot.Name}Gradient", MemberKind.Expression, $"networkMemory.Gradients.{slice}");
        }
    }

    private void Interfaces()
    {
        Explicit($"int {NetworkInterface}.InputSize", "InputSize");
        Explicit($"int {NetworkInterface}.OutputSize", "OutputSize");
        Forwarding($"{Out} {NetworkInterface}.Parameters", "Parameters");
        Explicit($"{Out} {NetworkInterface}.Buffers", $"default({Out})");
        Forwarding($"int {NetworkInterface}.Threads", MemberKind.GetSet, "Threads", "Threads = value");
        Explicit($"string {NetworkInterface}.Fingerprint", "Fingerprint");
        Explicit($"global::System.Collections.Generic.IReadOnlyList<global::BackpropGen.NetworkTensor> {NetworkInterface}.Tensors", $"{math}.Tensors");
        Explicit($"string {Architecture}.Architecture", $"\"{Compiler.Fingerprint.Architecture(shape)}\"");
        Forwarding($"void {NetworkInterface}.Initialize(int seed)", "Initialize(seed)");
        Forwarding($"void {NetworkInterface}.Forward({In} input, {Out} output)", "Forward(input, output)");
        if (shape.Loss is { } loss)
        {
            int stride = shape.Output.ClassDimension == shape.Output.Sizes.Count - 1 ? 1 : positions;
            Explicit($"global::BackpropGen.Reduction {Declared}.Reduction", $"global::BackpropGen.Reduction.{loss.Attribute.HowReduced}");
            Explicit($"bool {Declared}.ReadsTarget", ReadsTarget ? "true" : "false");
            Explicit($"int {Declared}.Classes", TakesLabels ? Number(shape.Output.Classes) : "0");
            Explicit($"int {Declared}.ClassStride", TakesLabels ? Number(stride) : "0");
        }

        if (shape.Optimizer is null)
        {
            return;
        }

        Forwarding($"{Out} {Trainable}.Gradients", "Gradients");
        Forwarding($"{Out} {Trainable}.OptimizerState", "OptimizerState");
        Forwarding($"long {Trainable}.StepCount", MemberKind.GetSet, "StepCount", "StepCount = value");
        Forwarding($"float {Trainable}.LearningRate", MemberKind.GetSet, "LearningRate", "LearningRate = value");
        Forwarding($"void {Trainable}.Step()", "Step()");
        foreach (string target in Interfaces(shape).Where(i => i is not (Trainable or Architecture or Declared)))
        {
            (string type, string name) = target == LabelTrainable ? (Labels, "labels") : (In, "target");
            Forwarding($"float {target}.Loss({In} input, {type} {name})", $"Loss(input, {name})");
            Forwarding($"float {target}.Backward({In} input, {type} {name}, {Out} inputGradient)", $"Backward(input, {name}, inputGradient)");
            Forwarding($"float {target}.Accumulate({In} input, {type} {name}, {Out} inputGradient)", $"Accumulate(input, {name}, inputGradient)");
            Forwarding($"float {target}.TrainStep({In} input, {type} {name})", $"TrainStep(input, {name})");
        }
    }

    private void Explicit(string signature, string expression) => Add([], signature, MemberKind.Expression, expression);

    // The public member is the interface's, as long as it is there.
    private void Forwarding(string signature, string expression) => Forwarding(signature, MemberKind.Expression, expression);

    private void Forwarding(string signature, MemberKind kind, params string[] body) => members.Add(new Member([], signature, kind, body) { OnlyForwards = true });
}
