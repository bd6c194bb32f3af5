using System;
using Xunit;

namespace BackpropGen.Tests.Contract;

/// <summary>Gradients against central differences of the loss, all through the public members.</summary>
public sealed class GradientCheckTests
{
    private const float Nudge = 0.01f;

    [Fact]
    public void A_straight_line_against_values()
    {
        var net = new TinyNet();
        float[] x = Numbers.Values(10);
        float[] t = Numbers.Values(5, 2);
        var dx = new float[x.Length];
        net.Backward(x, t, dx);
        Check(net.Gradients.ToArray(), net.Parameters, dx, x, () => net.Loss(x, t));
    }

    [Fact]
    public void A_straight_line_against_labels()
    {
        var net = new TinyClassifier();
        float[] x = Numbers.Values(10);
        int[] labels = [0, 1, 2, 2, 1];
        var dx = new float[x.Length];
        net.Backward(x, labels, dx);
        Check(net.Gradients.ToArray(), net.Parameters, dx, x, () => net.Loss(x, labels));
    }

    [Fact]
    public void Vector_kernels_against_values()
    {
        var net = new VectorNet();
        float[] x = Numbers.Values(7 * 13);
        float[] t = Numbers.Values(7 * 5, 2);
        var dx = new float[x.Length];
        net.Backward(x, t, dx);
        Check(net.Gradients.ToArray(), net.Parameters, dx, x, () => net.Loss(x, t));
    }

    [Fact]
    public void Vector_kernels_against_labels_in_pieces()
    {
        var net = new Classifier();
        float[] x = Numbers.Values(12 * 16);
        int[] labels = Numbers.Labels(12, 10);
        var dx = new float[x.Length];
        net.Backward(x, labels, dx);
        Check(net.Gradients.ToArray(), net.Parameters, dx, x, () => net.Loss(x, labels));
    }

    [Fact]
    public void Vector_kernels_against_distributions()
    {
        var net = new Classifier();
        float[] x = Numbers.Values(3 * 16);
        float[] t = Numbers.Values(30, 2);
        var dx = new float[x.Length];
        net.Backward(x, t, dx);
        Check(net.Gradients.ToArray(), net.Parameters, dx, x, () => net.Loss(x, t));
    }

    [Fact]
    public void Sequences()
    {
        var net = new SequenceClassifier();
        float[] x = Numbers.Values(6 * 24);
        int[] labels = Numbers.Labels(36, 3);
        var dx = new float[x.Length];
        net.Backward(x, labels, dx);
        Check(net.Gradients.ToArray(), net.Parameters, dx, x, () => net.Loss(x, labels));
    }

    [Fact]
    public void Images()
    {
        var net = new ImageClassifier();
        float[] x = Numbers.Values(3 * 60);
        int[] labels = Numbers.Labels(60, 3);
        var dx = new float[x.Length];
        net.Backward(x, labels, dx);
        Check(net.Gradients.ToArray(), net.Parameters, dx, x, () => net.Loss(x, labels));
    }

    [Fact]
    public void Weights_stored_as_outputs_by_inputs()
    {
        var net = new OutIn();
        float[] x = Numbers.Values(5 * 19);
        float[] t = Numbers.Values(10, 2);
        var dx = new float[x.Length];
        net.Backward(x, t, dx);
        Check(net.Gradients.ToArray(), net.Parameters, dx, x, () => net.Loss(x, t));
    }

    [Fact]
    public void Without_bias()
    {
        var net = new NoBias();
        float[] x = Numbers.Values(5 * 12);
        float[] t = Numbers.Values(15, 2);
        var dx = new float[x.Length];
        net.Backward(x, t, dx);
        Check(net.Gradients.ToArray(), net.Parameters, dx, x, () => net.Loss(x, t));
    }

    [Fact]
    public void A_loss_without_an_optimizer()
    {
        var net = new Evaluated();
        float[] x = Numbers.Values(5 * 20);
        float[] t = Numbers.Values(45, 2);
        var dx = new float[x.Length];
        net.Backward(x, t, dx);
        Check(net.Gradients.ToArray(), net.Parameters, dx, x, () => net.Loss(x, t));
    }

    // The length of the difference is small against the length of the gradient.
    private static void Check(float[] gradients, Span<float> parameters, float[] inputGradient, Span<float> input, Func<float> loss)
    {
        AssertEqual(gradients, Measure(parameters, loss));
        AssertEqual(inputGradient, Measure(input, loss));
    }

    private static double[] Measure(Span<float> values, Func<float> loss)
    {
        var gradient = new double[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            float value = values[i];
            values[i] = value + Nudge;
            double above = loss();
            double step = values[i];
            values[i] = value - Nudge;
            double below = loss();
            step -= values[i];
            values[i] = value;
            gradient[i] = (above - below) / step;
        }

        return gradient;
    }

    private static void AssertEqual(float[] derived, double[] measured)
    {
        double difference = 0;
        double length = 0;
        for (int i = 0; i < derived.Length; i++)
        {
            difference += Math.Pow(derived[i] - measured[i], 2);
            length += Math.Pow(measured[i], 2);
        }

        Assert.True(length > 0);
        Assert.True(difference < 1e-4 * length, FormattableString.Invariant($"relative difference {Math.Sqrt(difference / length):E2}"));
    }
}
