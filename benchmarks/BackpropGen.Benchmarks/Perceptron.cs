using System;
using System.Collections.Generic;

namespace BackpropGen.Benchmarks;

/// <summary>What somebody writes who needs a perceptron in C# and takes care: one class for all sizes, everything allocated beforehand.</summary>
internal sealed class Perceptron<TKernels>
    where TKernels : IKernels
{
    private readonly IReadOnlyList<int> _widths;
    private readonly Activation _hidden;
    private readonly Activation _output;
    private readonly float _rate;
    private readonly Layer[] _layers;

    /// <summary>As a network of this compiler, with its parameters.</summary>
    /// <param name="samples">The largest batch.</param>
    public Perceptron(INetworkCase network, int samples)
    {
        (_widths, _hidden, _output, _rate) = (network.Widths, network.Hidden, network.Output, network.Network.LearningRate);
        _layers = new Layer[_widths.Count - 1];
        ReadOnlySpan<float> parameters = network.Network.Parameters;
        for (int l = 0; l < _layers.Length; l++)
        {
            (int inputs, int outputs) = (_widths[l], _widths[l + 1]);
            _layers[l] = new Layer(
                parameters[..(inputs * outputs)].ToArray(),
                parameters.Slice(inputs * outputs, outputs).ToArray(),
                new float[samples * outputs],
                new float[samples * outputs],
                new float[inputs * outputs]);
            parameters = parameters[((inputs + 1) * outputs)..];
        }
    }

    public void Forward(ReadOnlySpan<float> input, Span<float> output) => Run(input, input.Length / _widths[0]).CopyTo(output);

    public float TrainStep(ReadOnlySpan<float> input, ReadOnlySpan<float> targets, ReadOnlySpan<int> labels)
    {
        int samples = input.Length / _widths[0];
        Span<float> y = Run(input, samples);
        float loss = Loss(y, _layers[^1].Dy.AsSpan(0, y.Length), targets, labels);
        for (int l = _layers.Length - 1; l >= 0; l--)
        {
            Layer layer = _layers[l];
            Span<float> dy = layer.Dy.AsSpan(0, samples * _widths[l + 1]);
            ReadOnlySpan<float> x = l > 0 ? _layers[l - 1].Y.AsSpan(0, samples * _widths[l]) : input;
            if (l > 0)
            {
                Span<float> dx = _layers[l - 1].Dy.AsSpan(0, x.Length);
                TKernels.InputGradient(dy, layer.W, dx, _widths[l + 1], layer.Scratch);
                TKernels.MultiplyBySlope(dx, x, _hidden);
            }

            TKernels.Scale(dy, -_rate);
            TKernels.Update(x, dy, layer.W, layer.B);
        }

        return loss;
    }

    private Span<float> Run(ReadOnlySpan<float> x, int samples)
    {
        Span<float> y = default;
        for (int l = 0; l < _layers.Length; l++)
        {
            y = _layers[l].Y.AsSpan(0, samples * _widths[l + 1]);
            TKernels.Forward(x, _layers[l].W, _layers[l].B, y);
            TKernels.Activate(y, l == _layers.Length - 1 ? _output : _hidden);
            x = y;
        }

        return y;
    }

    private float Loss(Span<float> y, Span<float> dy, ReadOnlySpan<float> targets, ReadOnlySpan<int> labels)
    {
        if (_output != Activation.None)
        {
            float loss = TKernels.SquaredError(y, targets, dy);
            TKernels.MultiplyBySlope(dy, y, _output);
            return loss;
        }

        float sum = 0;
        int classes = _widths[^1];
        for (int n = 0; n < labels.Length; n++)
        {
            sum += TKernels.CrossEntropy(y.Slice(n * classes, classes), labels[n], dy.Slice(n * classes, classes));
        }

        TKernels.Scale(dy, 1f / labels.Length);
        return sum / labels.Length;
    }

    private sealed record Layer(float[] W, float[] B, float[] Y, float[] Dy, float[] Scratch);
}
