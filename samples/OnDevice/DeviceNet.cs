using BackpropGen;

namespace OnDevice;

/// <summary>
/// What is on the device: the layers of the factory's network, all but the last frozen, so that a training step computes no gradient of theirs. What
/// is frozen is no part of the fingerprint, and neither are loss and optimizer: the factory's file fits.
/// </summary>
/// <remarks>
/// The rate: what the last layer sees lies within ±1, sixteen values and the bias's 1, so the curvature of the loss is at most 2·17, and gradient descent
/// converges for any rate below 1/17 = 0.059, whatever the readings are.
/// </remarks>
[Workspace(8)]
[Budget(Bytes = 16 * 1024, MultiplyAdds = 512)]
[Affine(5, 16, Trainable = false)]
[Tanh]
[Affine(16, 16, Trainable = false)]
[Tanh]
[Affine(16, 1)]
[MseLoss]
[Sgd(0.05f)]
public sealed partial class DeviceNet;
