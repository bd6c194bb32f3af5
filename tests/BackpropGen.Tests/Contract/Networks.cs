namespace BackpropGen.Tests.Contract;

// What the tests of the contract are written with. Tiny ones become one straight line per sample, the others vector kernels: every
// sentence of the contract holds for both.

/// <summary>Straight-line, with values.</summary>
[Affine(2, 3)]
[Tanh]
[Affine(3, 1)]
[MseLoss]
[Sgd(0.1f)]
internal sealed partial class TinyNet;

/// <summary>Straight-line, with labels.</summary>
[Affine(2, 3)]
[CrossEntropyLoss]
[Sgd(0.1f)]
internal sealed partial class TinyClassifier;

/// <summary>Vector kernels, with values, sizes that no vector divides.</summary>
[Affine(13, 37)]
[Tanh]
[Affine(37, 19)]
[Gelu]
[Affine(19, 5)]
[MseLoss]
[Adam(0.01f)]
internal sealed partial class VectorNet;

/// <summary>Vector kernels, with labels, a workspace of five samples.</summary>
[Affine(16, 33)]
[Silu]
[Affine(33, 10)]
[CrossEntropyLoss]
[Adam(0.01f)]
[Workspace(5)]
internal sealed partial class Classifier;

/// <summary>Neither loss nor optimizer, straight-line.</summary>
[Affine(2, 3)]
[Tanh]
[Affine(3, 2)]
internal sealed partial class TinyModel;

/// <summary>Neither loss nor optimizer, vector kernels, pieces of five.</summary>
[Workspace(5)]
[Affine(17, 40)]
[Tanh]
[Affine(40, 11)]
internal sealed partial class Model;

/// <summary>An optimizer and no loss.</summary>
[Affine(3, 2)]
[Sgd(0.5f)]
internal sealed partial class Policy;

/// <summary>A loss and no optimizer.</summary>
[Affine(20, 9)]
[Softplus]
[HuberLoss(0.5f)]
internal sealed partial class Evaluated;

/// <summary>A loss that reads no target, straight-line.</summary>
[Affine(2, 3)]
[Square]
[SumLoss]
[Sgd(0.01f)]
internal sealed partial class TinySum;

/// <summary>A loss that reads no target, vector kernels.</summary>
[Affine(20, 30)]
[Square]
[SumLoss]
[Sgd(0.001f)]
[Workspace(3)]
internal sealed partial class VectorSum;

/// <summary>Sequences with a label at every step.</summary>
[Input(6, 4)]
[Affine(4, 19)]
[Gelu]
[Affine(19, 3)]
[CrossEntropyLoss]
[AdamW(0.01f)]
[Workspace(4)]
internal sealed partial class SequenceClassifier;

/// <summary>Images with a label at every pixel: the classes are the channels.</summary>
[Input(3, 4, 5)]
[Affine(5, 5)]
[LogSoftmax]
[NllLoss]
[Sgd(0.1f)]
internal sealed partial class ImageClassifier;

/// <summary>The first layer is frozen, straight-line.</summary>
[Affine(2, 3, Trainable = false)]
[Tanh]
[Affine(3, 2)]
[MseLoss]
[Sgd(0.1f, Momentum = 0.9f)]
internal sealed partial class TinyFrozen;

/// <summary>The layer in the middle is frozen, vector kernels.</summary>
[Affine(9, 21)]
[Tanh]
[Affine(21, 18, Trainable = false)]
[Tanh]
[Affine(18, 4)]
[MseLoss]
[AdamW(0.01f)]
internal sealed partial class Frozen;

/// <summary>Nothing can be trained.</summary>
[Affine(3, 2, Trainable = false)]
[MseLoss]
[Sgd(0.1f)]
internal sealed partial class AllFrozen;

/// <summary>No parameter at all.</summary>
[Input(3)]
[Tanh]
[MseLoss]
[Sgd(0.1f)]
internal sealed partial class Parameterless;

/// <summary>Weights stored as [inputs, outputs].</summary>
[Affine(19, 23)]
[Tanh]
[Affine(23, 2)]
[MseLoss]
[Sgd(0.1f)]
internal sealed partial class InOut;

/// <summary>The same layers, weights stored as [outputs, inputs].</summary>
[Affine(19, 23, Layout = WeightLayout.OutIn)]
[Tanh]
[Affine(23, 2, Layout = WeightLayout.OutIn)]
[MseLoss]
[Sgd(0.1f)]
internal sealed partial class OutIn;

/// <summary>No bias.</summary>
[Affine(12, 17, Bias = false)]
[Tanh]
[Affine(17, 3, Bias = false)]
[MseLoss]
[Sgd(0.1f)]
internal sealed partial class NoBias;

/// <summary>So wide that the scratch of inference does not fit on the stack.</summary>
[Affine(6, 9001)]
[Tanh]
[Affine(9001, 4)]
[CrossEntropyLoss]
[Sgd(0.01f)]
[Workspace(5)]
internal sealed partial class Wide;

/// <summary>A named layer between layers without a name.</summary>
[Affine(2, 3)]
[Affine(3, 4, Name = "Hidden")]
[Affine(4, 2)]
[MseLoss]
internal sealed partial class Named;
