using System;
using BenchmarkDotNet.Attributes;

namespace BackpropGen.Benchmarks;

/// <summary>Five networks, one sample forward and one training step; the digits network also as naive loops.</summary>
[MemoryDiagnoser]
public class SpeedBenchmarks
{
    private readonly ToyNet _toy = new();
    private readonly ControlNet _control = new();
    private readonly DigitsNet _digits = new();
    private readonly NaiveDigits _naive = new();
    private readonly MnistNet _mnist = new();
    private readonly WideNet _wide = new();
    private readonly float[] _input = Values(784 * 128);
    private readonly float[] _target = Values(16);
    private readonly float[] _output = new float[16];
    private readonly int[] _labels = Labels(128);

    [Benchmark(Description = "3-2, one sample forward")]
    public void ToyForward() => _toy.Forward(_input.AsSpan(0, 3), _output.AsSpan(0, 2));

    [Benchmark(Description = "3-2, training step of 1")]
    public float ToyTrain() => _toy.TrainStep(_input.AsSpan(0, 3), _target.AsSpan(0, 2));

    [Benchmark(Description = "8-16-16-2, one sample forward")]
    public void ControlForward() => _control.Forward(_input.AsSpan(0, 8), _output.AsSpan(0, 2));

    [Benchmark(Description = "8-16-16-2, training step of 1")]
    public float ControlTrain() => _control.TrainStep(_input.AsSpan(0, 8), _target.AsSpan(0, 2));

    [Benchmark(Description = "64-32-10, one sample forward")]
    public void DigitsForward() => _digits.Forward(_input.AsSpan(0, 64), _output.AsSpan(0, 10));

    [Benchmark(Description = "64-32-10, training step of 32")]
    public float DigitsTrain() => _digits.TrainStep(_input.AsSpan(0, 32 * 64), _labels.AsSpan(0, 32));

    [Benchmark(Description = "64-32-10, one sample forward, naive loops")]
    public void NaiveForward() => _naive.Forward(_input.AsSpan(0, 64), _output.AsSpan(0, 10));

    [Benchmark(Description = "64-32-10, training step of 32, naive loops")]
    public float NaiveTrain() => _naive.TrainStep(_input.AsSpan(0, 32 * 64), _labels.AsSpan(0, 32));

    [Benchmark(Description = "784-128-10, one sample forward")]
    public void MnistForward() => _mnist.Forward(_input.AsSpan(0, 784), _output.AsSpan(0, 10));

    [Benchmark(Description = "784-128-10, training step of 64")]
    public float MnistTrain() => _mnist.TrainStep(_input.AsSpan(0, 64 * 784), _labels.AsSpan(0, 64));

    [Benchmark(Description = "256-256-256-10, one sample forward")]
    public void WideForward() => _wide.Forward(_input.AsSpan(0, 256), _output.AsSpan(0, 10));

    [Benchmark(Description = "256-256-256-10, training step of 128")]
    public float WideTrain() => _wide.TrainStep(_input.AsSpan(0, 128 * 256), _labels.AsSpan(0, 128));

    private static float[] Values(int count)
    {
        var random = new Random(1);
        var values = new float[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = (float)(random.NextDouble() * 2) - 1;
        }

        return values;
    }

    private static int[] Labels(int count)
    {
        var labels = new int[count];
        for (int i = 0; i < count; i++)
        {
            labels[i] = i % 10;
        }

        return labels;
    }
}
