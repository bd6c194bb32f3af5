using System;
using System.Collections.Generic;

namespace BackpropGen.Benchmarks;

/// <summary>3-2 sigmoid, training steps of one sample.</summary>
public readonly struct Toy : INetworkCase
{
    private readonly ToyNet _net = new();

    public Toy()
    {
    }

    public IReadOnlyList<int> Widths => [3, 2];

    public Activation Hidden => Activation.None;

    public Activation Output => Activation.Sigmoid;

    public int Batch => 1;

    public ITrainable Network => _net;

    public void Forward(ReadOnlySpan<float> input, Span<float> output) => _net.Forward(input, output);

    public float TrainStep(ReadOnlySpan<float> input, ReadOnlySpan<float> targets, ReadOnlySpan<int> labels) => _net.TrainStep(input, targets);
}

/// <summary>8-16-16-2 tanh, training steps of one sample.</summary>
public readonly struct Control : INetworkCase
{
    private readonly ControlNet _net = new();

    public Control()
    {
    }

    public IReadOnlyList<int> Widths => [8, 16, 16, 2];

    public Activation Hidden => Activation.Tanh;

    public Activation Output => Activation.Tanh;

    public int Batch => 1;

    public ITrainable Network => _net;

    public void Forward(ReadOnlySpan<float> input, Span<float> output) => _net.Forward(input, output);

    public float TrainStep(ReadOnlySpan<float> input, ReadOnlySpan<float> targets, ReadOnlySpan<int> labels) => _net.TrainStep(input, targets);
}

/// <summary>64-32-10 relu and cross-entropy, training steps of 32 samples.</summary>
public readonly struct Digits : INetworkCase
{
    private readonly DigitsNet _net = new();

    public Digits()
    {
    }

    public IReadOnlyList<int> Widths => [64, 32, 10];

    public Activation Hidden => Activation.Relu;

    public Activation Output => Activation.None;

    public int Batch => 32;

    public ITrainable Network => _net;

    public void Forward(ReadOnlySpan<float> input, Span<float> output) => _net.Forward(input, output);

    public float TrainStep(ReadOnlySpan<float> input, ReadOnlySpan<float> targets, ReadOnlySpan<int> labels) => _net.TrainStep(input, labels);
}

/// <summary>784-128-10 relu and cross-entropy, training steps of 64 samples.</summary>
public readonly struct Mnist : INetworkCase
{
    private readonly MnistNet _net = new();

    public Mnist()
    {
    }

    public IReadOnlyList<int> Widths => [784, 128, 10];

    public Activation Hidden => Activation.Relu;

    public Activation Output => Activation.None;

    public int Batch => 64;

    public ITrainable Network => _net;

    public void Forward(ReadOnlySpan<float> input, Span<float> output) => _net.Forward(input, output);

    public float TrainStep(ReadOnlySpan<float> input, ReadOnlySpan<float> targets, ReadOnlySpan<int> labels) => _net.TrainStep(input, labels);
}

/// <summary>256-256-256-10 relu and cross-entropy, training steps of 128 samples.</summary>
public readonly struct Wide : INetworkCase
{
    private readonly WideNet _net = new();

    public Wide()
    {
    }

    public IReadOnlyList<int> Widths => [256, 256, 256, 10];

    public Activation Hidden => Activation.Relu;

    public Activation Output => Activation.None;

    public int Batch => 128;

    public ITrainable Network => _net;

    public void Forward(ReadOnlySpan<float> input, Span<float> output) => _net.Forward(input, output);

    public float TrainStep(ReadOnlySpan<float> input, ReadOnlySpan<float> targets, ReadOnlySpan<int> labels) => _net.TrainStep(input, labels);
}
