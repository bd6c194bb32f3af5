using BackpropGen;

namespace OnDevice;

/// <summary>What the factory trains: everything.</summary>
[Affine(5, 16)]
[Tanh]
[Affine(16, 16)]
[Tanh]
[Affine(16, 1)]
[MseLoss]
[Adam(0.003f)]
public sealed partial class FactoryNet;
