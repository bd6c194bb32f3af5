using System;
using System.Collections.Generic;
using System.Linq;

namespace BackpropGen.Tests.Contract;

internal delegate void ForwardCall(ReadOnlySpan<float> input, Span<float> output);

internal delegate void PredictCall(ReadOnlySpan<float> input, Span<int> labels);

internal delegate float TargetCall(ReadOnlySpan<float> input, ReadOnlySpan<float> target);

internal delegate float LabelCall(ReadOnlySpan<float> input, ReadOnlySpan<int> labels);

internal delegate float TargetBackward(ReadOnlySpan<float> input, ReadOnlySpan<float> target, Span<float> inputGradient = default);

internal delegate float LabelBackward(ReadOnlySpan<float> input, ReadOnlySpan<int> labels, Span<float> inputGradient = default);

internal delegate void UpstreamBackward(ReadOnlySpan<float> input, ReadOnlySpan<float> outputGradient, Span<float> inputGradient = default);

/// <summary>The arguments of one call, by the names of the parameters.</summary>
internal sealed class Arguments
{
    public required float[] Input { get; set; }

    public required float[] Output { get; set; }

    public required float[] Target { get; set; }

    public required int[] Labels { get; set; }

    public required float[] OutputGradient { get; set; }

    public required float[] InputGradient { get; set; }

    /// <summary>All that a call could write to or must leave alone.</summary>
    public IEnumerable<float> All => [.. Input, .. Output, .. Target, .. Labels.Select(l => (float)l), .. OutputGradient, .. InputGradient];
}

/// <summary>A method of a network that takes spans.</summary>
internal sealed record Method(string Name, string[] Parameters, Action<Arguments> Call)
{
    public override string ToString() => Name + "(" + string.Join(", ", Parameters) + ")";
}

/// <summary>All methods of a network that take spans: for what the contract says about every one of them.</summary>
internal sealed class Surface
{
    private Surface(string name, int inputSize, int outputSize, int classes)
    {
        Name = name;
        InputSize = inputSize;
        OutputSize = outputSize;
        Classes = classes;
    }

    // Made anew at every question: a test that changes a network changes its own.
    private static readonly Dictionary<string, Func<Surface>> Factories = new()
    {
        [nameof(TinyNet)] = Tiny,
        [nameof(TinyClassifier)] = TinyLabels,
        [nameof(VectorNet)] = Vector,
        [nameof(Classifier)] = Labels,
        [nameof(SequenceClassifier)] = Sequence,
        [nameof(ImageClassifier)] = Image,
        [nameof(Model)] = NoLoss,
        [nameof(TinyModel)] = TinyNoLoss,
        [nameof(Evaluated)] = LossAlone,
        [nameof(TinySum)] = TinySumOnly,
        [nameof(VectorSum)] = Sum,
        [nameof(Wide)] = WideLabels,
    };

    public static IEnumerable<Surface> All => Factories.Values.Select(make => make());

    public string Name { get; }

    public int InputSize { get; }

    public int OutputSize { get; }

    /// <summary>How many classes labels choose from; 0 where the network takes none.</summary>
    public int Classes { get; }

    /// <summary>Labels per sample.</summary>
    public int Positions => Classes == 0 ? 0 : OutputSize / Classes;

    /// <summary>Whether the target is empty.</summary>
    public bool IsSum { get; private init; }

    public List<Method> Methods { get; } = [];

    /// <summary>Everything that a call could change in the object.</summary>
    public required Func<float[]> State { get; init; }

    public static Surface Of(string name) => Factories[name]();

    public override string ToString() => Name;

    public Arguments Arguments(int samples) => new()
    {
        Input = Numbers.Values(samples * InputSize, 1),
        Output = Numbers.Values(samples * OutputSize, 2),
        Target = IsSum ? [] : Numbers.Values(samples * OutputSize, 3),
        Labels = Numbers.Labels(samples * Positions, Math.Max(1, Classes), 4),
        OutputGradient = Numbers.Values(samples * OutputSize, 5),
        InputGradient = Numbers.Values(samples * InputSize, 6),
    };

    /// <summary>How many values per sample a parameter takes.</summary>
    public int PerSample(string parameter) => parameter switch
    {
        "input" or "inputGradient" => InputSize,
        "labels" => Positions,
        _ => OutputSize,
    };

    private void Forward(ForwardCall call) => Add("Forward", ["input", "output"], a => call(a.Input, a.Output));

    private void Predict(PredictCall call) => Add("Predict", ["input", "labels"], a => call(a.Input, a.Labels));

    private void Values(string name, TargetCall call) => Add(name, ["input", "target"], a => call(a.Input, a.Target));

    private void Values(string name, TargetBackward call) =>
        Add(name, ["input", "target", "inputGradient"], a => call(a.Input, a.Target, a.InputGradient));

    private void Classified(string name, LabelCall call) => Add(name, ["input", "labels"], a => call(a.Input, a.Labels));

    private void Classified(string name, LabelBackward call) =>
        Add(name, ["input", "labels", "inputGradient"], a => call(a.Input, a.Labels, a.InputGradient));

    private void Upstream(string name, UpstreamBackward call) =>
        Add(name, ["input", "outputGradient", "inputGradient"], a => call(a.Input, a.OutputGradient, a.InputGradient));

    private void Add(string name, string[] parameters, Action<Arguments> call) => Methods.Add(new Method(name, parameters, call));

    // The class's own members, not those of the interfaces; so once per class.
    private static Surface Tiny()
    {
        var net = new TinyNet();
        var surface = new Surface(nameof(TinyNet), TinyNet.InputSize, TinyNet.OutputSize, 0)
        {
            State = () => [.. net.Parameters, .. net.Gradients, .. net.OptimizerState, net.LearningRate, net.StepCount],
        };
        surface.Forward(net.Forward);
        surface.Values("Loss", net.Loss);
        surface.Values("Backward", net.Backward);
        surface.Values("Accumulate", net.Accumulate);
        surface.Values("TrainStep", net.TrainStep);
        surface.Upstream("BackwardFrom", net.BackwardFrom);
        return surface;
    }

    private static Surface TinyLabels()
    {
        var net = new TinyClassifier();
        var surface = new Surface(nameof(TinyClassifier), TinyClassifier.InputSize, TinyClassifier.OutputSize, TinyClassifier.OutputSize)
        {
            State = () => [.. net.Parameters, .. net.Gradients, .. net.OptimizerState, net.LearningRate, net.StepCount],
        };
        surface.Forward(net.Forward);
        surface.Predict(net.Predict);
        surface.Values("Loss", (TargetCall)net.Loss);
        surface.Classified("Loss", (LabelCall)net.Loss);
        surface.Values("Backward", (TargetBackward)net.Backward);
        surface.Classified("Backward", (LabelBackward)net.Backward);
        surface.Values("Accumulate", (TargetBackward)net.Accumulate);
        surface.Classified("Accumulate", (LabelBackward)net.Accumulate);
        surface.Values("TrainStep", (TargetCall)net.TrainStep);
        surface.Classified("TrainStep", (LabelCall)net.TrainStep);
        surface.Upstream("BackwardFrom", net.BackwardFrom);
        return surface;
    }

    private static Surface Vector()
    {
        var net = new VectorNet();
        var surface = new Surface(nameof(VectorNet), VectorNet.InputSize, VectorNet.OutputSize, 0)
        {
            State = () => [.. net.Parameters, .. net.Gradients, .. net.OptimizerState, net.LearningRate, net.StepCount],
        };
        surface.Forward(net.Forward);
        surface.Values("Loss", net.Loss);
        surface.Values("Backward", net.Backward);
        surface.Values("Accumulate", net.Accumulate);
        surface.Values("TrainStep", net.TrainStep);
        surface.Upstream("BackwardFrom", net.BackwardFrom);
        return surface;
    }

    private static Surface Labels()
    {
        var net = new Classifier();
        var surface = new Surface(nameof(Classifier), Classifier.InputSize, Classifier.OutputSize, Classifier.OutputSize)
        {
            State = () => [.. net.Parameters, .. net.Gradients, .. net.OptimizerState, net.LearningRate, net.StepCount],
        };
        surface.Forward(net.Forward);
        surface.Predict(net.Predict);
        surface.Values("Loss", (TargetCall)net.Loss);
        surface.Classified("Loss", (LabelCall)net.Loss);
        surface.Values("Backward", (TargetBackward)net.Backward);
        surface.Classified("Backward", (LabelBackward)net.Backward);
        surface.Values("Accumulate", (TargetBackward)net.Accumulate);
        surface.Classified("Accumulate", (LabelBackward)net.Accumulate);
        surface.Values("TrainStep", (TargetCall)net.TrainStep);
        surface.Classified("TrainStep", (LabelCall)net.TrainStep);
        surface.Upstream("BackwardFrom", net.BackwardFrom);
        return surface;
    }

    private static Surface Sequence()
    {
        var net = new SequenceClassifier();
        var surface = new Surface(nameof(SequenceClassifier), SequenceClassifier.InputSize, SequenceClassifier.OutputSize, 3)
        {
            State = () => [.. net.Parameters, .. net.Gradients, .. net.OptimizerState, net.LearningRate, net.StepCount],
        };
        surface.Forward(net.Forward);
        surface.Predict(net.Predict);
        surface.Values("Loss", (TargetCall)net.Loss);
        surface.Classified("Loss", (LabelCall)net.Loss);
        surface.Values("Backward", (TargetBackward)net.Backward);
        surface.Classified("Backward", (LabelBackward)net.Backward);
        surface.Values("Accumulate", (TargetBackward)net.Accumulate);
        surface.Classified("Accumulate", (LabelBackward)net.Accumulate);
        surface.Values("TrainStep", (TargetCall)net.TrainStep);
        surface.Classified("TrainStep", (LabelCall)net.TrainStep);
        surface.Upstream("BackwardFrom", net.BackwardFrom);
        return surface;
    }

    private static Surface Image()
    {
        var net = new ImageClassifier();
        var surface = new Surface(nameof(ImageClassifier), ImageClassifier.InputSize, ImageClassifier.OutputSize, 3)
        {
            State = () => [.. net.Parameters, .. net.Gradients, .. net.OptimizerState, net.LearningRate, net.StepCount],
        };
        surface.Forward(net.Forward);
        surface.Predict(net.Predict);
        surface.Classified("Loss", (LabelCall)net.Loss);
        surface.Classified("Backward", (LabelBackward)net.Backward);
        surface.Classified("TrainStep", (LabelCall)net.TrainStep);
        surface.Upstream("BackwardFrom", net.BackwardFrom);
        return surface;
    }

    private static Surface NoLoss()
    {
        var net = new Model();
        var surface = new Surface(nameof(Model), Model.InputSize, Model.OutputSize, 0) { State = () => [.. net.Parameters, .. net.Gradients] };
        surface.Forward(net.Forward);
        surface.Upstream("Backward", net.Backward);
        surface.Upstream("BackwardFrom", net.BackwardFrom);
        return surface;
    }

    private static Surface TinyNoLoss()
    {
        var net = new TinyModel();
        var surface = new Surface(nameof(TinyModel), TinyModel.InputSize, TinyModel.OutputSize, 0) { State = () => [.. net.Parameters, .. net.Gradients] };
        surface.Forward(net.Forward);
        surface.Upstream("Backward", net.Backward);
        surface.Upstream("BackwardFrom", net.BackwardFrom);
        return surface;
    }

    private static Surface LossAlone()
    {
        var net = new Evaluated();
        var surface = new Surface(nameof(Evaluated), Evaluated.InputSize, Evaluated.OutputSize, 0) { State = () => [.. net.Parameters, .. net.Gradients] };
        surface.Forward(net.Forward);
        surface.Values("Loss", net.Loss);
        surface.Values("Backward", net.Backward);
        surface.Values("Accumulate", net.Accumulate);
        surface.Upstream("BackwardFrom", net.BackwardFrom);
        return surface;
    }

    private static Surface TinySumOnly()
    {
        var net = new TinySum();
        var surface = new Surface(nameof(TinySum), TinySum.InputSize, TinySum.OutputSize, 0)
        {
            IsSum = true,
            State = () => [.. net.Parameters, .. net.Gradients, .. net.OptimizerState, net.LearningRate, net.StepCount],
        };
        surface.Forward(net.Forward);
        surface.Values("Loss", net.Loss);
        surface.Values("Backward", net.Backward);
        surface.Values("Accumulate", net.Accumulate);
        surface.Values("TrainStep", net.TrainStep);
        surface.Upstream("BackwardFrom", net.BackwardFrom);
        return surface;
    }

    private static Surface Sum()
    {
        var net = new VectorSum();
        var surface = new Surface(nameof(VectorSum), VectorSum.InputSize, VectorSum.OutputSize, 0)
        {
            IsSum = true,
            State = () => [.. net.Parameters, .. net.Gradients, .. net.OptimizerState, net.LearningRate, net.StepCount],
        };
        surface.Forward(net.Forward);
        surface.Values("Loss", net.Loss);
        surface.Values("Backward", net.Backward);
        surface.Values("Accumulate", net.Accumulate);
        surface.Values("TrainStep", net.TrainStep);
        surface.Upstream("BackwardFrom", net.BackwardFrom);
        return surface;
    }

    private static Surface WideLabels()
    {
        var net = new Wide();
        var surface = new Surface(nameof(Wide), Wide.InputSize, Wide.OutputSize, Wide.OutputSize)
        {
            State = () => [.. net.Parameters, .. net.Gradients, .. net.OptimizerState, net.LearningRate, net.StepCount],
        };
        surface.Forward(net.Forward);
        surface.Predict(net.Predict);
        surface.Values("Loss", (TargetCall)net.Loss);
        surface.Classified("Loss", (LabelCall)net.Loss);
        surface.Values("Backward", (TargetBackward)net.Backward);
        surface.Classified("Backward", (LabelBackward)net.Backward);
        surface.Classified("TrainStep", (LabelCall)net.TrainStep);
        surface.Upstream("BackwardFrom", net.BackwardFrom);
        return surface;
    }
}
