using BackpropGen;

namespace Mnist;

/// <summary>28 × 28 pixels in, ten digits out.</summary>
[Affine(784, 128)]
[Relu]
[Affine(128, 10)]
[CrossEntropyLoss]
[Adam(0.001f)]
public sealed partial class MnistNet;
