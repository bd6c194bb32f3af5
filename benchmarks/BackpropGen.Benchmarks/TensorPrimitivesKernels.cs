using System;
using System.Numerics.Tensors;

namespace BackpropGen.Benchmarks;

/// <summary>The framework's vectorised routines, a row at a time.</summary>
internal sealed class TensorPrimitivesKernels : IKernels
{
    public static void Forward(ReadOnlySpan<float> x, ReadOnlySpan<float> w, ReadOnlySpan<float> b, Span<float> y)
    {
        int outputs = b.Length;
        int inputs = w.Length / outputs;
        for (int n = 0; n < y.Length / outputs; n++)
        {
            ReadOnlySpan<float> row = x.Slice(n * inputs, inputs);
            Span<float> sums = y.Slice(n * outputs, outputs);
            b.CopyTo(sums);
            for (int k = 0; k < inputs; k++)
            {
                TensorPrimitives.MultiplyAdd(w.Slice(k * outputs, outputs), row[k], sums, sums);
            }
        }
    }

    public static void InputGradient(ReadOnlySpan<float> dy, ReadOnlySpan<float> w, Span<float> dx, int outputs, Span<float> scratch)
    {
        int inputs = w.Length / outputs;
        for (int n = 0; n < dx.Length / inputs; n++)
        {
            ReadOnlySpan<float> row = dy.Slice(n * outputs, outputs);
            Span<float> products = dx.Slice(n * inputs, inputs);
            for (int k = 0; k < inputs; k++)
            {
                products[k] = TensorPrimitives.Dot(row, w.Slice(k * outputs, outputs));
            }
        }
    }

    public static void Update(ReadOnlySpan<float> x, ReadOnlySpan<float> dy, Span<float> w, Span<float> b)
    {
        int outputs = b.Length;
        int inputs = w.Length / outputs;
        int samples = dy.Length / outputs;

        // Inputs outside: a row of W stays in the nearest cache while the samples pass.
        for (int k = 0; k < inputs; k++)
        {
            Span<float> row = w.Slice(k * outputs, outputs);
            for (int n = 0; n < samples; n++)
            {
                TensorPrimitives.MultiplyAdd(dy.Slice(n * outputs, outputs), x[n * inputs + k], row, row);
            }
        }

        for (int n = 0; n < samples; n++)
        {
            TensorPrimitives.Add(b, dy.Slice(n * outputs, outputs), b);
        }
    }

    public static void Activate(Span<float> y, Activation activation)
    {
        switch (activation)
        {
            case Activation.Relu:
                TensorPrimitives.Max(y, 0f, y);
                break;
            case Activation.Tanh:
                TensorPrimitives.Tanh(y, y);
                break;
            case Activation.Sigmoid:
                TensorPrimitives.Sigmoid(y, y);
                break;
        }
    }

    public static void MultiplyBySlope(Span<float> dy, ReadOnlySpan<float> y, Activation activation)
    {
        if (activation == Activation.None)
        {
            return;
        }

        const int Block = 256;
        Span<float> slopes = stackalloc float[Block];
        for (int i = 0; i < dy.Length; i += Block)
        {
            int count = Math.Min(Block, dy.Length - i);
            Slope(y.Slice(i, count), slopes[..count], activation);
            TensorPrimitives.Multiply(dy.Slice(i, count), slopes[..count], dy.Slice(i, count));
        }
    }

    public static void Scale(Span<float> values, float factor) => TensorPrimitives.Multiply(values, factor, values);

    public static float SquaredError(ReadOnlySpan<float> y, ReadOnlySpan<float> t, Span<float> dy)
    {
        TensorPrimitives.Subtract(y, t, dy);
        float loss = TensorPrimitives.SumOfSquares<float>(dy) / y.Length;
        TensorPrimitives.Multiply(dy, 2f / y.Length, dy);
        return loss;
    }

    public static float CrossEntropy(ReadOnlySpan<float> y, int label, Span<float> dy)
    {
        TensorPrimitives.SoftMax(y, dy);
        float loss = -MathF.Log(dy[label]);
        dy[label] -= 1;
        return loss;
    }

    private static void Slope(ReadOnlySpan<float> y, Span<float> slope, Activation activation)
    {
        switch (activation)
        {
            case Activation.Relu:
                // No routine compares; but y is not negative, and what is cut off at 1 and rounded up is 0 or 1.
                TensorPrimitives.Min(y, 1f, slope);
                TensorPrimitives.Ceiling(slope, slope);
                break;
            case Activation.Tanh:
                TensorPrimitives.Multiply(y, y, slope);
                TensorPrimitives.Subtract(1f, slope, slope);
                break;
            case Activation.Sigmoid:
                TensorPrimitives.Subtract(1f, y, slope);
                TensorPrimitives.Multiply(y, slope, slope);
                break;
        }
    }
}
