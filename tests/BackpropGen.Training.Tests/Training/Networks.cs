namespace BackpropGen.Training.Tests.Training;

[Affine(3, 5)]
[Tanh]
[Affine(5, 2)]
[MseLoss]
[Sgd(0.1f)]
internal sealed partial class PlainNet;

[Affine(3, 5)]
[Tanh]
[Affine(5, 2)]
[MseLoss]
[Sgd(0.1f, Momentum = 0.9f, Nesterov = true, WeightDecay = 0.01f)]
internal sealed partial class MomentumNet;

[Affine(3, 5)]
[Tanh]
[Affine(5, 2)]
[MseLoss]
[Adam(0.01f)]
internal sealed partial class AdamNet;

[Affine(3, 5)]
[Tanh]
[Affine(5, 2)]
[MseLoss]
[AdamW(0.01f)]
internal sealed partial class AdamWNet;

[Affine(3, 5)]
[Tanh]
[Affine(5, 2)]
[MseLoss]
[RmsProp(0.01f)]
internal sealed partial class RmsPropNet;

[Affine(3, 5)]
[Tanh]
[Affine(5, 2)]
[MseLoss]
[Adagrad(0.01f)]
internal sealed partial class AdagradNet;

[Affine(3, 5)]
[Tanh]
[Affine(5, 2)]
[MseLoss(Reduction = Reduction.Sum)]
[Sgd(0.01f)]
internal sealed partial class SummedNet;

[Affine(3, 5)]
[Tanh]
[Affine(5, 2)]
[MaeLoss(Reduction = Reduction.BatchMean)]
[Sgd(0.01f)]
internal sealed partial class BatchMeanNet;

[Affine(3, 2)]
[HuberLoss]
[Sgd(0.1f)]
internal sealed partial class HuberNet;

[Affine(3, 2)]
[LogCoshLoss]
[Sgd(0.1f)]
internal sealed partial class LogCoshNet;

[Affine(3, 2)]
[Sigmoid]
[BinaryCrossEntropyLoss]
[Sgd(0.1f)]
internal sealed partial class ProbabilityNet;

[Affine(3, 2)]
[BinaryCrossEntropyWithLogitsLoss]
[Sgd(0.1f)]
internal sealed partial class LogitNet;

[Affine(3, 2)]
[Sigmoid]
[SumLoss]
[Sgd(0.1f)]
internal sealed partial class SumNet;

[Affine(3, 8)]
[Relu]
[Affine(8, 4)]
[CrossEntropyLoss]
[Adam(0.01f)]
internal sealed partial class ClassNet;

[Affine(3, 4)]
[LogSoftmax]
[NllLoss]
[Sgd(0.1f)]
internal sealed partial class LogClassNet;

/// <summary>Four positions of five classes: the classes are the last axis.</summary>
[Input(4, 3)]
[Affine(3, 5)]
[CrossEntropyLoss]
[Sgd(0.1f)]
internal sealed partial class SequenceNet;

/// <summary>Four positions of three classes: the classes are the channels.</summary>
[Input(3, 2, 2)]
[Affine(2, 2)]
[CrossEntropyLoss(Reduction = Reduction.Sum)]
[Sgd(0.1f)]
internal sealed partial class PixelNet;

/// <summary>Large enough that its checkpoint takes a while to write.</summary>
[Affine(3, 300)]
[Tanh]
[Affine(300, 300)]
[Tanh]
[Affine(300, 2)]
[MseLoss]
[Adam(0.001f)]
internal sealed partial class LargeNet;
