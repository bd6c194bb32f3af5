using System;

namespace BackpropGen;

/// <summary>A network whose loss takes the index of the right class in place of a distribution over the classes.</summary>
public interface ILabelTrainable : ITrainable
{
    /// <summary>The loss, computed as in inference and without gradients. May run on many threads at once.</summary>
    /// <param name="input">X, [n, <see cref="INetwork.InputSize"/>], at least one sample.</param>
    /// <param name="labels">The right class of each sample, or of each position where a sample has several; in [0, classes).</param>
    /// <returns>The loss, reduced as declared.</returns>
    /// <exception cref="ArgumentException">A length does not fit, there is no sample, or a label is not a class.</exception>
    float Loss(ReadOnlySpan<float> input, ReadOnlySpan<int> labels);

    /// <summary>Forward, loss and backward: overwrites <see cref="ITrainable.Gradients"/>.</summary>
    /// <param name="input">X, [n, <see cref="INetwork.InputSize"/>], at least one sample.</param>
    /// <param name="labels">The right class of each sample, or of each position where a sample has several; in [0, classes).</param>
    /// <param name="inputGradient">Receives dL/dX, [n, <see cref="INetwork.InputSize"/>]; empty where it is not asked for.</param>
    /// <returns>The loss, reduced as declared.</returns>
    /// <exception cref="ArgumentException">A length does not fit, there is no sample, a label is not a class, or spans overlap. Nothing was written.</exception>
    float Backward(ReadOnlySpan<float> input, ReadOnlySpan<int> labels, Span<float> inputGradient = default);

    /// <summary>As <see cref="Backward"/>, adding to <see cref="ITrainable.Gradients"/>.</summary>
    /// <inheritdoc cref="Backward"/>
    float Accumulate(ReadOnlySpan<float> input, ReadOnlySpan<int> labels, Span<float> inputGradient = default);

    /// <summary>
    /// One training step: <see cref="Backward"/> and <see cref="ITrainable.Step"/>, up to rounding, with all gradients taken at the
    /// parameters from before the step. Leaves <see cref="ITrainable.Gradients"/> unspecified.
    /// </summary>
    /// <param name="input">X, [n, <see cref="INetwork.InputSize"/>], at least one sample.</param>
    /// <param name="labels">The right class of each sample, or of each position where a sample has several; in [0, classes).</param>
    /// <returns>The loss from before the step, reduced as declared.</returns>
    /// <exception cref="ArgumentException">A length does not fit, there is no sample, or a label is not a class. Nothing was written.</exception>
    float TrainStep(ReadOnlySpan<float> input, ReadOnlySpan<int> labels);
}
