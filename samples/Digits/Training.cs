using System;
using System.Diagnostics;
using BackpropGen.Data;
using Samples;

namespace Digits;

/// <summary>How an epoch went.</summary>
/// <param name="Loss">Mean over the training digits, each as it was met.</param>
/// <param name="Accuracy">On the test digits, 0 to 1.</param>
internal readonly record struct Epoch(int Number, double Loss, double Accuracy);

/// <summary>Training in shuffled mini-batches. All memory is taken before the first step.</summary>
internal sealed class Training
{
    private readonly IClassifier _net;
    private readonly LabelExamples _train;
    private readonly LabelExamples _test;
    private readonly Random _random;
    private readonly int[] _order;
    private readonly float[] _batchPixels;
    private readonly int[] _batchLabels;
    private readonly int[] _predicted;

    public Training(IClassifier net, DigitData data, int batch, int seed)
    {
        _net = net;
        _train = data.Train;
        _test = data.Test;
        _random = new Random(seed);
        _order = new int[_train.Count];
        for (int i = 0; i < _order.Length; i++)
        {
            _order[i] = i;
        }

        batch = Math.Min(batch, _train.Count);
        _batchPixels = new float[batch * net.InputSize];
        _batchLabels = new int[batch];
        _predicted = new int[_test.Count];
        net.Initialize(seed);
    }

    public int Epochs { get; private set; }

    /// <summary>What the network says about each test digit, as of the last epoch.</summary>
    public ReadOnlySpan<int> Predicted => _predicted;

    /// <summary>Time spent in training steps, gathering of the batches included.</summary>
    public TimeSpan Time { get; private set; }

    /// <summary>Bytes allocated in all training steps.</summary>
    public long AllocatedBytes { get; private set; }

    public double SamplesPerSecond => (double)Epochs * _train.Count / Time.TotalSeconds;

    public Epoch RunEpoch()
    {
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        long started = Stopwatch.GetTimestamp();
        double loss = Pass();
        Time += Stopwatch.GetElapsedTime(started);
        AllocatedBytes += GC.GetAllocatedBytesForCurrentThread() - allocated;
        return new Epoch(++Epochs, loss, Accuracy());
    }

    private double Pass()
    {
        _random.Shuffle(_order);
        double sum = 0;
        for (int start = 0; start < _order.Length; start += _batchLabels.Length)
        {
            // The last batch is what is left.
            ReadOnlySpan<int> members = _order.AsSpan(start, Math.Min(_batchLabels.Length, _order.Length - start));
            Span<float> pixels = _batchPixels.AsSpan(0, members.Length * _net.InputSize);
            Span<int> labels = _batchLabels.AsSpan(0, members.Length);
            _train.CopyInputs(members, pixels);
            _train.CopyTargets(members, labels);
            sum += members.Length * (double)_net.TrainStep(pixels, labels);
        }

        return sum / _order.Length;
    }

    private double Accuracy()
    {
        int right = 0;
        for (int i = 0; i < _predicted.Length; i++)
        {
            _net.Predict(_test.Input(i), _predicted.AsSpan(i, 1));
            right += _predicted[i] == _test.Target(i)[0] ? 1 : 0;
        }

        return (double)right / _predicted.Length;
    }
}
