namespace BackpropGen.Benchmarks;

[Affine(3, 2)]
[Sigmoid]
[MseLoss]
[Sgd(0.01f)]
internal sealed partial class ToyNet;

[Affine(8, 16)]
[Tanh]
[Affine(16, 16)]
[Tanh]
[Affine(16, 2)]
[Tanh]
[MseLoss]
[Sgd(0.01f)]
internal sealed partial class ControlNet;

[Affine(64, 32)]
[Relu]
[Affine(32, 10)]
[CrossEntropyLoss]
[Sgd(0.01f)]
internal sealed partial class DigitsNet;

[Affine(784, 128)]
[Relu]
[Affine(128, 10)]
[CrossEntropyLoss]
[Sgd(0.01f)]
internal sealed partial class MnistNet;

[Affine(256, 256)]
[Relu]
[Affine(256, 256)]
[Relu]
[Affine(256, 10)]
[CrossEntropyLoss]
[Sgd(0.01f)]
internal sealed partial class WideNet;
