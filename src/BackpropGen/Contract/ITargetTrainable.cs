using System;

namespace BackpropGen;

/// <summary>A network whose loss compares its output with a target of the output's shape.</summary>
public interface ITargetTrainable : ITrainable
{
    /// <summary>The loss, computed as in inference and without gradients. May run on many threads at once.</summary>
    /// <param name="input">X, [n, <see cref="INetwork.InputSize"/>], at least one sample.</param>
    /// <param name="target">[n, <see cref="INetwork.OutputSize"/>]; empty where the loss reads no target.</param>
    /// <returns>The loss, reduced as declared.</returns>
    /// <exception cref="ArgumentException">A length does not fit, or there is no sample.</exception>
    float Loss(ReadOnlySpan<float> input, ReadOnlySpan<float> target);

    /// <summary>Forward, loss and backward: overwrites <see cref="ITrainable.Gradients"/>.</summary>
    /// <param name="input">X, [n, <see cref="INetwork.InputSize"/>], at least one sample.</param>
    /// <param name="target">[n, <see cref="INetwork.OutputSize"/>]; empty where the loss reads no target.</param>
    /// <param name="inputGradient">Receives dL/dX, [n, <see cref="INetwork.InputSize"/>]; empty where it is not asked for.</param>
    /// <returns>The loss, reduced as declared.</returns>
    /// <exception cref="ArgumentException">A length does not fit, there is no sample, or spans overlap. Nothing was written.</exception>
    float Backward(ReadOnlySpan<float> input, ReadOnlySpan<float> target, Span<float> inputGradient = default);

    /// <summary>As <see cref="Backward"/>, adding to <see cref="ITrainable.Gradients"/>.</summary>
    /// <inheritdoc cref="Backward"/>
    float Accumulate(ReadOnlySpan<float> input, ReadOnlySpan<float> target, Span<float> inputGradient = default);

    /// <summary>
    /// One training step: <see cref="Backward"/> and <see cref="ITrainable.Step"/>, up to rounding, with all gradients taken at the
    /// parameters from before the step. Leaves <see cref="ITrainable.Gradients"/> unspecified.
    /// </summary>
    /// <param name="input">X, [n, <see cref="INetwork.InputSize"/>], at least one sample.</param>
    /// <param name="target">[n, <see cref="INetwork.OutputSize"/>]; empty where the loss reads no target.</param>
    /// <returns>The loss from before the step, reduced as declared.</returns>
    /// <exception cref="ArgumentException">A length does not fit, or there is no sample. Nothing was written.</exception>
    float TrainStep(ReadOnlySpan<float> input, ReadOnlySpan<float> target);
}
