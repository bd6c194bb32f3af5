namespace BackpropGen.Training.Tests.Reporting;

[Affine(16, 12, Name = "Hidden")]
[Relu]
[Affine(12, 3)]
[CrossEntropyLoss]
[Adam(0.01f)]
public partial class ShapeNet;

[Affine(4, 8)]
[Tanh]
[Affine(8, 2, Layout = WeightLayout.OutIn)]
[MseLoss]
[Sgd(0.05f, Momentum = 0.9f)]
public partial class PriceNet;

[Affine(4, 1000, Trainable = false)]
[CrossEntropyLoss]
[Sgd(0.01f)]
public partial class ThousandNet;

[Affine(2, 2)]
[CrossEntropyLoss]
[Sgd(0.5f)]
public partial class YesOrNoNet;
