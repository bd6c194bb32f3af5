using BackpropGen;

namespace MpiProgram;

[Affine(64, 32)]
[Relu]
[Affine(32, 10)]
[CrossEntropyLoss]
[Adam]
public sealed partial class DigitNet;

[Affine(784, 128)]
[Relu]
[Affine(128, 10)]
[CrossEntropyLoss]
[Adam]
public sealed partial class MnistNet;

[Affine(256, 256)]
[Relu]
[Affine(256, 256)]
[Relu]
[Affine(256, 10)]
[CrossEntropyLoss]
[Adam]
public sealed partial class WideNet;
