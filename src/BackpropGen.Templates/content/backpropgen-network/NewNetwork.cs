using BackpropGen;

namespace Company.Namespace
{
    /// <summary>What goes in, and what comes out.</summary>
    [Affine(INPUTS, HIDDEN)]
    [Relu]
    [Affine(HIDDEN, OUTPUTS)]
#if (task == "regression")
    [MseLoss]
#else
    [CrossEntropyLoss]
#endif
    [Adam(0.001f)]
    public sealed partial class NewNetwork
    {
    }
}
