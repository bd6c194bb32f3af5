using System;

namespace BackpropGen;

/// <summary>A network that declares an optimizer. What it is trained on is said by <see cref="ITargetTrainable"/> and <see cref="ILabelTrainable"/>.</summary>
public interface ITrainable : INetwork
{
    /// <summary>
    /// dL/dparameter, in the order of <see cref="INetwork.Parameters"/>, as the last backward pass left it; may be written before
    /// <see cref="Step"/> (clipping, averaging). A frozen tensor's gradient is 0.
    /// </summary>
    Span<float> Gradients { get; }

    /// <summary>
    /// What the optimizer remembers between steps (moments, velocities). Together with <see cref="StepCount"/> and
    /// <see cref="INetwork.Parameters"/> it makes an exact resume possible. Empty for an optimizer that remembers nothing.
    /// </summary>
    Span<float> OptimizerState { get; }

    /// <summary>Steps taken since the last initialization.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    long StepCount { get; set; }

    /// <summary>The learning rate of the next step; starts at the declared one. 0 is legal.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, infinite or not a number.</exception>
    float LearningRate { get; set; }

    /// <summary>Updates the trainable parameters by <see cref="Gradients"/>, and counts the step.</summary>
#pragma warning disable CA1716 // A keyword of Visual Basic, and what the field calls it.
    void Step();
#pragma warning restore CA1716
}
