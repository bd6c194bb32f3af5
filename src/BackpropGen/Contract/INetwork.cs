using System;
using System.Collections.Generic;

namespace BackpropGen;

/// <summary>
/// What every network can do, whatever its layers: for code that takes any network. Every class with network attributes implements it,
/// explicitly; the class's own members of the same names are the same and need no interface.
/// </summary>
public interface INetwork
{
    /// <summary>Values per sample that go in.</summary>
    int InputSize { get; }

    /// <summary>Values per sample that come out.</summary>
    int OutputSize { get; }

    /// <summary>
    /// All parameters, frozen ones included, layer by layer in declaration order: weights row-major, then bias or shift. The memory that
    /// the network computes with, not a copy: it may be held, read and written at any time between calls.
    /// </summary>
    Span<float> Parameters { get; }

    /// <summary>Values that a network keeps beside its parameters and that no gradient changes (running statistics). Empty where it keeps none.</summary>
    Span<float> Buffers { get; }

    /// <summary>Identifies the architecture: layers, sizes and storage order. Parameters fit a network if the fingerprints are equal.</summary>
    string Fingerprint { get; }

    /// <summary>The tensors that <see cref="Parameters"/> consists of, in their order and without gaps.</summary>
    IReadOnlyList<NetworkTensor> Tensors { get; }

    /// <summary>
    /// How many threads work on a large batch, the caller's included: 1 to 256, and 1 in a new object. All results are the same bits for
    /// every number.
    /// </summary>
    /// <remarks>
    /// Worth it from some millions of multiply-adds a call; a smaller one is computed by the caller alone. To be set between calls.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value is not in 1 to 256.</exception>
    int Threads { get; set; }

    /// <summary>
    /// Sets parameters, gradients, buffers and optimizer state as in a new object of that seed: the same bits on every machine. A new
    /// object has seed 0.
    /// </summary>
    /// <param name="seed">Any number; the same number gives the same bits on every machine.</param>
    void Initialize(int seed);

    /// <summary>Inference, for any number of samples. May run on many threads at once.</summary>
    /// <param name="input">X, [n, <see cref="InputSize"/>], row-major, at least one sample.</param>
    /// <param name="output">Receives Y, [n, <see cref="OutputSize"/>]; must not overlap <paramref name="input"/>.</param>
    /// <exception cref="ArgumentException">A length does not fit, there is no sample, or the spans overlap. Nothing was written.</exception>
    void Forward(ReadOnlySpan<float> input, Span<float> output);
}
