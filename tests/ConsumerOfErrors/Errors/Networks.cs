using System;
using BackpropGen;

namespace Errors;

public static class Sizes
{
    public const int Pixels = 64;
    public const int Hidden = 48;
    public const int Classes = 10;
}

[Affine(64, 10)]
public class NotPartial; // BPG001

public class Container
{
    [Affine(64, 10)]
    public partial class InNotPartial; // BPG001
}

[Affine(64, 32)]
[Relu]
public partial class Scattered;

[Affine(32, 10)]
public partial class Scattered; // BPG002

[Affine(64, 10)]
public static partial class Static; // BPG003

[Affine(64, 10)]
public partial struct Struct; // BPG003

[Affine(64, 10)]
[Workspace(8)]
[Budget(Bytes = 1)]
public partial interface IInterface; // BPG003

[Affine(64, 10)]
public partial record Record; // BPG003

[Affine(64, 10)]
public partial class Generic<T>; // BPG003

[Affine(64, 10)]
file partial class Local; // BPG003

[Affine(64, 10)]
[MseLoss]
[Adam]
public partial class TakenNames
{
    public string Parameters => string.Empty; // BPG004

    public float[] Forward(float[] input) => input; // BPG004

    public int Threads { get; set; } // BPG004

    public void Use() => Step();
}

[Affine(64, 10)]
public partial class Gradients; // BPG004

[Affine(64, 32, Name = "Hidden")]
[Affine(32, 10, Name = "Hidden")] // BPG005
public partial class TwoOfAName;

[Affine(64, 10, Name = "1st")] // BPG005
public partial class NoIdentifier;

[Dense(64, 10)] // BPG007
public partial class Aliased;

[Affine(64, 32)]
[Relu]
[Affine(16, 10)] // BPG010
[CrossEntropyLoss]
[Adam(0.001f)]
public partial class Mismatch;

[Affine(Sizes.Pixels, 32)]
[Relu]
[Affine(
    inputs: Sizes.Hidden, // BPG010
    outputs: Sizes.Classes,
    Bias = false)]
[CrossEntropyLoss]
public partial class MismatchOfAConstant;

[Affine(64, 32)]
[Affine(31, 30)] // BPG010
[Affine(29, 28)] // BPG010
[Affine(27, 26)] // BPG010
public partial class Chain;

[Input(5, 8)]
[Affine(64, 10)] // BPG010
public partial class MismatchOfTheInput;

[Affine(64, 0)] // BPG011
public partial class NoOutputs;

[Affine(-1, -2)] // BPG011 BPG011
[MseLoss]
[Sgd(float.NaN, Momentum = 2)] // BPG011 BPG011
public partial class OutOfRange;

[Affine(100_000, 100_000)] // BPG011
[MseLoss]
[Adam]
public partial class TooLarge;

[Affine(64, 10)]
[MseLoss]
[Sgd(0.1f, Nesterov = true)] // BPG011
public partial class NesterovAlone;

[Relu] // BPG012
[Affine(64, 10)]
public partial class NoInput;

[MseLoss]
[Affine(64, 10)] // BPG013
public partial class LossFirst;

[Affine(64, 10)]
[Input(64)] // BPG013
public partial class InputLast;

[Affine(64, 10)]
[Adam]
[MseLoss] // BPG013
public partial class OptimizerFirst;

[Input(64)]
[Input(64)] // BPG014
[Affine(64, 10)]
[MseLoss]
[MaeLoss] // BPG014
[Adam]
[Sgd(0.1f)] // BPG014
public partial class TwoOfEach;

[Affine(64, 10)]
[Softmax]
[CrossEntropyLoss] // BPG016
public partial class SoftmaxTwice;

[Affine(64, 10)]
[BinaryCrossEntropyLoss] // BPG016
public partial class LogitsForProbabilities;

[Affine(64, 10)]
[Sigmoid]
[BinaryCrossEntropyWithLogitsLoss] // BPG016
public partial class SigmoidTwice;

[Affine(64, 10)]
[NllLoss] // BPG016
public partial class LogitsForLogarithms;

[Affine(64, 32)]
[Relu]
[Affine(32, 10)]
[CrossEntropyLoss]
[Adam(0.001f)]
[Budget(
    Bytes = 16 * 1024, // BPG020
    MultiplyAdds = 2_000, // BPG021
    CodeBytes = 1_000)] // BPG022
public partial class OverBudget;

[Affine(64, 32)]
[Relu]
[Affine(32, 10)]
[CrossEntropyLoss]
[Adam(0.001f)]
[Budget(Bytes = 256 * 1024, MultiplyAdds = 2_368)]
public partial class Sound;

/// <summary>Networks with errors have their members all the same: what uses them is no second error.</summary>
public static class Uses
{
    public static void All(ReadOnlySpan<float> x, Span<float> y, ReadOnlySpan<int> labels)
    {
        new TwoOfAName().Forward(x, y);
        new NoIdentifier().Initialize(3);
        new Mismatch().TrainStep(x, labels);
        new MismatchOfAConstant().Backward(x, labels);
        _ = new Mismatch { LearningRate = 0.1f, StepCount = 3 }.Affine1Weights.Length + Mismatch.ParameterCount + Mismatch.Fingerprint.Length;
        new Chain().BackwardFrom(x, x);
        new NoOutputs().Forward(x, y);
        new OutOfRange().Step();
        new TooLarge().TrainStep(x, x);
        new NesterovAlone().CreateReplica().Step();
        new NoInput().Forward(x, y);
        new LossFirst().Loss(x, x);
        new InputLast().Accumulate(x, x);
        new OptimizerFirst().TrainStep(x, x);
        new TwoOfEach().TrainStep(x, x);
        new SoftmaxTwice().Predict(x, new int[1]);
        new OverBudget().Predict(x, new int[1]);
        INetwork network = new Mismatch();
        network.Forward(x, y);
    }
}
