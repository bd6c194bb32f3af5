using System;

namespace BackpropGen.Benchmarks;

/// <summary>Plain loops, as one writes them in an afternoon; in the order in which memory lies.</summary>
internal sealed class NaiveKernels : IKernels
{
    public static void Forward(ReadOnlySpan<float> x, ReadOnlySpan<float> w, ReadOnlySpan<float> b, Span<float> y)
    {
        int outputs = b.Length;
        int inputs = w.Length / outputs;
        for (int n = 0; n < y.Length / outputs; n++)
        {
            for (int j = 0; j < outputs; j++)
            {
                y[n * outputs + j] = b[j];
            }

            for (int k = 0; k < inputs; k++)
            {
                for (int j = 0; j < outputs; j++)
                {
                    y[n * outputs + j] += x[n * inputs + k] * w[k * outputs + j];
                }
            }
        }
    }

    public static void InputGradient(ReadOnlySpan<float> dy, ReadOnlySpan<float> w, Span<float> dx, int outputs, Span<float> scratch)
    {
        int inputs = w.Length / outputs;
        for (int n = 0; n < dx.Length / inputs; n++)
        {
            for (int k = 0; k < inputs; k++)
            {
                float sum = 0;
                for (int j = 0; j < outputs; j++)
                {
                    sum += dy[n * outputs + j] * w[k * outputs + j];
                }

                dx[n * inputs + k] = sum;
            }
        }
    }

    public static void Update(ReadOnlySpan<float> x, ReadOnlySpan<float> dy, Span<float> w, Span<float> b)
    {
        int outputs = b.Length;
        int inputs = w.Length / outputs;
        for (int n = 0; n < dy.Length / outputs; n++)
        {
            for (int k = 0; k < inputs; k++)
            {
                for (int j = 0; j < outputs; j++)
                {
                    w[k * outputs + j] += x[n * inputs + k] * dy[n * outputs + j];
                }
            }

            for (int j = 0; j < outputs; j++)
            {
                b[j] += dy[n * outputs + j];
            }
        }
    }

    public static void Activate(Span<float> y, Activation activation)
    {
        for (int i = 0; activation != Activation.None && i < y.Length; i++)
        {
            y[i] = activation switch
            {
                Activation.Relu => MathF.Max(y[i], 0),
                Activation.Tanh => MathF.Tanh(y[i]),
                _ => 1 / (1 + MathF.Exp(-y[i])),
            };
        }
    }

    public static void MultiplyBySlope(Span<float> dy, ReadOnlySpan<float> y, Activation activation)
    {
        for (int i = 0; activation != Activation.None && i < y.Length; i++)
        {
            dy[i] *= activation switch
            {
                Activation.Relu => y[i] > 0 ? 1 : 0,
                Activation.Tanh => 1 - y[i] * y[i],
                _ => y[i] * (1 - y[i]),
            };
        }
    }

    public static void Scale(Span<float> values, float factor)
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] *= factor;
        }
    }

    public static float SquaredError(ReadOnlySpan<float> y, ReadOnlySpan<float> t, Span<float> dy)
    {
        float sum = 0;
        for (int i = 0; i < y.Length; i++)
        {
            float difference = y[i] - t[i];
            sum += difference * difference;
            dy[i] = 2 * difference / y.Length;
        }

        return sum / y.Length;
    }

    public static float CrossEntropy(ReadOnlySpan<float> y, int label, Span<float> dy)
    {
        float max = y[0];
        foreach (float logit in y)
        {
            max = MathF.Max(max, logit);
        }

        float sum = 0;
        for (int j = 0; j < y.Length; j++)
        {
            dy[j] = MathF.Exp(y[j] - max);
            sum += dy[j];
        }

        for (int j = 0; j < y.Length; j++)
        {
            dy[j] = dy[j] / sum - (j == label ? 1 : 0);
        }

        return MathF.Log(sum) + max - y[label];
    }
}
