namespace BackpropGen;

/// <summary>
/// What <see cref="INetwork.Fingerprint"/> is the hash of, in words: so that an error can say which layer differs. Every class with network
/// attributes implements it, explicitly.
/// </summary>
public interface INetworkArchitecture
{
    /// <summary>
    /// The input's shape and the layers in their order, separated by semicolons, each with what decides which parameters fit:
    /// <c>64;Affine(64,32,True,InOut);Relu;Affine(32,10,True,InOut)</c>.
    /// </summary>
    string Architecture { get; }
}
