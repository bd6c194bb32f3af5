using System;

namespace BackpropGen.Training;

/// <summary>Bounds the gradients between the backward pass and the step. Immutable.</summary>
public abstract class GradientClipping
{
    private protected GradientClipping()
    {
    }

    /// <summary>Bounds each gradient: <c>g ← min(max(g, −limit), limit)</c>.</summary>
    /// <param name="limit">Above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not a finite number above 0.</exception>
    public static GradientClipping ByValue(float limit) => new ValueClipping(limit);

    /// <summary>
    /// Bounds the Euclidean norm of all gradients together: <c>g ← g·min(1, limit/‖g‖)</c>, so that the direction stays (R. Pascanu,
    /// T. Mikolov and Y. Bengio, "On the difficulty of training recurrent neural networks", 2013).
    /// </summary>
    /// <param name="limit">Above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not a finite number above 0.</exception>
    public static GradientClipping ByNorm(float limit) => new NormClipping(limit);

    /// <summary>Clips gradients where they lie. A gradient that is not a number stays one.</summary>
    /// <param name="gradients">All of a network's gradients.</param>
    public abstract void Apply(Span<float> gradients);
}
