using BackpropGen;

namespace Mendable;

public static class Sizes
{
    public const int Hidden = 48;
}

// The comments and the constants that are not in the way stay as they are.
[Affine(64, outputs: 32 /* hidden */)]
[Relu]
[Affine(/* also hidden */ inputs: 16, outputs: Sizes.Hidden, Bias = false)]
[Affine(40, 30)]
[Tanh]
[Affine(28, 26)]
[Affine(24, 20), Affine(18, 10)]
[Softmax] // One too many.
[CrossEntropyLoss(Reduction = Reduction.Sum)]
[Adam(0.001f)]
public partial class DigitNet;

public class Container
{
    [Relu]
    [Affine(5, 2)]
    [BinaryCrossEntropyLoss]
    public sealed class Nested;
}
