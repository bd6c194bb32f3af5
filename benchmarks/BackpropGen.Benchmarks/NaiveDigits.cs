using System;

namespace BackpropGen.Benchmarks;

/// <summary>The digits network as one writes it in an afternoon: plain loops over arrays, everything allocated beforehand.</summary>
internal sealed class NaiveDigits
{
    private const int Inputs = 64;
    private const int Hidden = 32;
    private const int Outputs = 10;
    private const float Rate = 0.01f;

    private readonly float[] _w1 = Uniform(Inputs * Hidden, 1 / MathF.Sqrt(Inputs));
    private readonly float[] _b1 = new float[Hidden];
    private readonly float[] _w2 = Uniform(Hidden * Outputs, 1 / MathF.Sqrt(Hidden));
    private readonly float[] _b2 = new float[Outputs];
    private readonly float[] _dw1 = new float[Inputs * Hidden];
    private readonly float[] _db1 = new float[Hidden];
    private readonly float[] _dw2 = new float[Hidden * Outputs];
    private readonly float[] _db2 = new float[Outputs];
    private readonly float[] _y1 = new float[Hidden];
    private readonly float[] _y2 = new float[Outputs];
    private readonly float[] _dy1 = new float[Hidden];

    public void Forward(ReadOnlySpan<float> x, Span<float> y)
    {
        for (int j = 0; j < Hidden; j++)
        {
            float sum = _b1[j];
            for (int k = 0; k < Inputs; k++)
            {
                sum += x[k] * _w1[k * Hidden + j];
            }

            _y1[j] = MathF.Max(sum, 0);
        }

        for (int j = 0; j < Outputs; j++)
        {
            float sum = _b2[j];
            for (int k = 0; k < Hidden; k++)
            {
                sum += _y1[k] * _w2[k * Outputs + j];
            }

            y[j] = sum;
        }
    }

    public float TrainStep(ReadOnlySpan<float> input, ReadOnlySpan<int> labels)
    {
        Array.Clear(_dw1);
        Array.Clear(_db1);
        Array.Clear(_dw2);
        Array.Clear(_db2);
        float loss = 0;
        for (int n = 0; n < labels.Length; n++)
        {
            ReadOnlySpan<float> x = input.Slice(n * Inputs, Inputs);
            Forward(x, _y2);
            loss += SoftmaxGradient(labels[n], labels.Length);
            Backward(x);
        }

        Descend(_w1, _dw1);
        Descend(_b1, _db1);
        Descend(_w2, _dw2);
        Descend(_b2, _db2);
        return loss / labels.Length;
    }

    // Turns the logits into their gradient, and gives the sample's loss.
    private float SoftmaxGradient(int label, int samples)
    {
        float max = float.NegativeInfinity;
        foreach (float y in _y2)
        {
            max = MathF.Max(max, y);
        }

        float sum = 0;
        foreach (float y in _y2)
        {
            sum += MathF.Exp(y - max);
        }

        float loss = MathF.Log(sum) - (_y2[label] - max);
        for (int j = 0; j < Outputs; j++)
        {
            _y2[j] = (MathF.Exp(_y2[j] - max) / sum - (j == label ? 1 : 0)) / samples;
        }

        return loss;
    }

    private void Backward(ReadOnlySpan<float> x)
    {
        for (int k = 0; k < Hidden; k++)
        {
            float sum = 0;
            for (int j = 0; j < Outputs; j++)
            {
                sum += _y2[j] * _w2[k * Outputs + j];
                _dw2[k * Outputs + j] += _y1[k] * _y2[j];
            }

            _dy1[k] = _y1[k] > 0 ? sum : 0;
        }

        for (int j = 0; j < Outputs; j++)
        {
            _db2[j] += _y2[j];
        }

        for (int k = 0; k < Inputs; k++)
        {
            for (int j = 0; j < Hidden; j++)
            {
                _dw1[k * Hidden + j] += x[k] * _dy1[j];
            }
        }

        for (int j = 0; j < Hidden; j++)
        {
            _db1[j] += _dy1[j];
        }
    }

    private static void Descend(float[] parameters, float[] gradients)
    {
        for (int i = 0; i < parameters.Length; i++)
        {
            parameters[i] -= Rate * gradients[i];
        }
    }

    private static float[] Uniform(int count, float bound)
    {
        var random = new Random(1);
        var values = new float[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = (float)((random.NextDouble() * 2) - 1) * bound;
        }

        return values;
    }
}
