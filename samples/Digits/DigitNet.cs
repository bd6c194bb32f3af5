using BackpropGen;

namespace Digits;

/// <summary>8 × 8 pixels in, ten digits out.</summary>
[Affine(64, 32)]
[Relu]
[Affine(32, 10)]
[CrossEntropyLoss]
[Adam(0.001f)]
public sealed partial class DigitNet : IClassifier
{
    int IClassifier.WorkspaceBytes => WorkspaceBytes;
}
