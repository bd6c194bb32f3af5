using BackpropGen;

namespace Embedded;

/// <summary>The inverse dynamics of the arm: from a motion to the torques that make it, each a share of its motor's limit.</summary>
[Affine(8, 16)]
[Tanh]
[Affine(16, 16)]
[Tanh]
[Affine(16, 2)]
[Tanh]
[MseLoss]
[Sgd(0.05f)]
public sealed partial class ControlNet;
