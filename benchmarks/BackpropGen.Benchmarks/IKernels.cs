using System;

namespace BackpropGen.Benchmarks;

/// <summary>The arithmetic of a perceptron, in one way of writing C#. Matrices are row-major, a sample a row.</summary>
internal interface IKernels
{
    /// <summary>Y = X·W + b: x [batch, inputs], w [inputs, outputs], b [outputs], y [batch, outputs].</summary>
    static abstract void Forward(ReadOnlySpan<float> x, ReadOnlySpan<float> w, ReadOnlySpan<float> b, Span<float> y);

    /// <summary>dX = dY·Wᵀ.</summary>
    /// <param name="scratch">As large as W.</param>
    static abstract void InputGradient(ReadOnlySpan<float> dy, ReadOnlySpan<float> w, Span<float> dx, int outputs, Span<float> scratch);

    /// <summary>W = W + Xᵀ·dY, b = b + Σ dY: gradient and descent at once, with dY scaled by −rate.</summary>
    static abstract void Update(ReadOnlySpan<float> x, ReadOnlySpan<float> dy, Span<float> w, Span<float> b);

    /// <summary>y = activation(y).</summary>
    static abstract void Activate(Span<float> y, Activation activation);

    /// <summary>dy = dy·activation′, from the activation's values y.</summary>
    static abstract void MultiplyBySlope(Span<float> dy, ReadOnlySpan<float> y, Activation activation);

    /// <summary>values = values·factor.</summary>
    static abstract void Scale(Span<float> values, float factor);

    /// <summary>The mean of (y − t)², and its gradient.</summary>
    static abstract float SquaredError(ReadOnlySpan<float> y, ReadOnlySpan<float> t, Span<float> dy);

    /// <summary>The cross-entropy of one sample's logits, and its gradient.</summary>
    static abstract float CrossEntropy(ReadOnlySpan<float> y, int label, Span<float> dy);
}
