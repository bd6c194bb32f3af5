using BackpropGen;

namespace FuelEconomy;

/// <summary>Six numbers and three origins of a car in, how far it goes on a gallon out; both standardised.</summary>
[Affine(9, 64)]
[Relu]
[Affine(64, 64)]
[Relu]
[Affine(64, 1)]
[MseLoss]
[Adam(0.001f)]
public sealed partial class FuelNet;
