using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Xunit;

namespace BackpropGen.Tests.Contract;

/// <summary>Parameters, and the properties of single tensors.</summary>
public sealed class ParametersTests
{
    [Fact]
    public void Parameters_lie_layer_by_layer_weights_row_major_then_bias()
    {
        var net = new TinyNet();
        for (int i = 0; i < TinyNet.ParameterCount; i++)
        {
            net.Parameters[i] = i + 1;
        }

        // W1 [2, 3], b1 [3], W2 [3, 1], b2 [1].
        Assert.Equal([1f, 2, 3, 4, 5, 6], net.Affine1Weights.ToArray());
        Assert.Equal([7f, 8, 9], net.Affine1Bias.ToArray());
        Assert.Equal([10f, 11, 12], net.Affine2Weights.ToArray());
        Assert.Equal([13f], net.Affine2Bias.ToArray());
    }

    [Fact]
    public void Weights_are_inputs_by_outputs()
    {
        // X·W + b: one input gives one row of W.
        var net = new TinyClassifier();
        ReadOnlySpan<float> values = [1, 2, 3, 10, 20, 30, 0.5f, 0.25f, 0.125f];
        values.CopyTo(net.Parameters);
        var output = new float[6];
        net.Forward([1, 0, 0, 1], output);
        Assert.Equal([1.5f, 2.25f, 3.125f, 10.5f, 20.25f, 30.125f], output);
    }

    [Fact]
    public void OutIn_weights_are_outputs_by_inputs()
    {
        var plain = new InOut();
        var transposed = new OutIn();
        Transpose(plain.Affine1Weights, transposed.Affine1Weights, 19, 23);
        Transpose(plain.Affine2Weights, transposed.Affine2Weights, 23, 2);
        plain.Affine1Bias.CopyTo(transposed.Affine1Bias);
        plain.Affine2Bias.CopyTo(transposed.Affine2Bias);

        float[] x = Numbers.Values(7 * 19);
        float[] t = Numbers.Values(7 * 2, 2);
        var expected = new float[14];
        var actual = new float[14];
        plain.Forward(x, expected);
        transposed.Forward(x, actual);
        Numbers.AssertClose(expected, actual);

        var dx = new float[x.Length];
        var dxTransposed = new float[x.Length];
        Numbers.AssertClose(plain.Backward(x, t, dx), transposed.Backward(x, t, dxTransposed));
        Numbers.AssertClose(dx, dxTransposed);
        var gradient = new float[19 * 23];
        Transpose(plain.Affine1WeightsGradient, gradient, 19, 23);
        Numbers.AssertClose(gradient, transposed.Affine1WeightsGradient);
        Numbers.AssertClose(plain.Affine1BiasGradient, transposed.Affine1BiasGradient);
        plain.Step();
        transposed.Step();
        Transpose(plain.Affine2Weights, gradient.AsSpan(0, 46), 23, 2);
        Numbers.AssertClose(gradient.AsSpan(0, 46), transposed.Affine2Weights);
    }

    [Fact]
    public void The_first_parameter_is_aligned_to_64_bytes()
    {
        for (int i = 0; i < 20; i++)
        {
            AssertAligned(new TinyNet().Parameters);
            AssertAligned(new VectorNet().Parameters);
            AssertAligned(new Classifier().Parameters);
            AssertAligned(new Wide().Parameters);
            AssertAligned(new VectorNet().CreateReplica().Parameters);
        }
    }

    [Fact]
    public void Tensors_are_contiguous()
    {
        var net = new VectorNet();
        Assert.True(Unsafe.AreSame(ref net.Parameters[0], ref net.Affine1Weights[0]));
        Assert.True(Unsafe.AreSame(ref net.Parameters[13 * 37], ref net.Affine1Bias[0]));
        Assert.True(Unsafe.AreSame(ref net.Parameters[(13 * 37) + 37], ref net.Affine2Weights[0]));
        Assert.True(Unsafe.AreSame(ref net.Parameters[(13 * 37) + 37 + (37 * 19)], ref net.Affine2Bias[0]));
        Assert.True(Unsafe.AreSame(ref net.Parameters[^5], ref net.Affine3Bias[0]));
        Assert.Equal((13 * 37, 37, 37 * 19, 19, 19 * 5, 5),
            (net.Affine1Weights.Length, net.Affine1Bias.Length, net.Affine2Weights.Length, net.Affine2Bias.Length, net.Affine3Weights.Length, net.Affine3Bias.Length));
    }

    [Fact]
    public void A_span_may_be_held_and_written_at_any_time()
    {
        var net = new VectorNet();
        Span<float> held = net.Parameters;
        float[] x = Numbers.Values(3 * 13);
        float[] t = Numbers.Values(15, 2);
        var before = new float[15];
        var after = new float[15];
        net.Forward(x, before);
        net.TrainStep(x, t);
        GC.Collect();

        // Written through the span from before the step: what follows computes with it.
        held.Clear();
        held[^5..].Fill(0.75f);
        net.Forward(x, after);
        Assert.All(after, y => Assert.Equal(0.75f, y));
        Assert.Equal(0.75f, net.Affine3Bias[0]);

        // And read: it shows what a step did.
        net.TrainStep(x, t);
        Assert.NotEqual(0.75f, held[^1]);
        net.Initialize(0);
        net.Forward(x, after);
        Assert.Equal(Numbers.Bits(before), Numbers.Bits(after));
        Assert.Equal(net.Parameters[7], held[7]);
    }

    [Fact]
    public void A_span_outlives_the_object_that_gave_it()
    {
        float[] expected = new VectorNet().Parameters.ToArray();
        Span<float> held = Orphan();
        for (int i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            _ = new VectorNet();
        }

        Assert.Equal(expected, held.ToArray());
        held.Fill(1);
    }

    [Fact]
    public void Properties_are_views_and_not_copies()
    {
        var net = new TinyNet();
        net.Affine1Weights[4] = 42;
        Assert.Equal(42, net.Parameters[4]);
        net.Affine2BiasGradient[0] = 43;
        Assert.Equal(43, net.Gradients[^1]);
        net.Parameters[0] = 44;
        Assert.Equal(44, net.Affine1Weights[0]);
    }

    [Fact]
    public void Gradients_have_the_order_of_the_parameters()
    {
        var net = new VectorNet();
        Assert.True(Unsafe.AreSame(ref net.Gradients[0], ref net.Affine1WeightsGradient[0]));
        Assert.True(Unsafe.AreSame(ref net.Gradients[13 * 37], ref net.Affine1BiasGradient[0]));
        Assert.True(Unsafe.AreSame(ref net.Gradients[(13 * 37) + 37], ref net.Affine2WeightsGradient[0]));
        Assert.True(Unsafe.AreSame(ref net.Gradients[^5], ref net.Affine3BiasGradient[0]));
    }

    [Fact]
    public void Named_layers_are_counted_too()
    {
        var net = new Named();
        Assert.Equal((6, 3, 12, 4, 8, 2),
            (net.Affine1Weights.Length, net.Affine1Bias.Length, net.HiddenWeights.Length, net.HiddenBias.Length, net.Affine3Weights.Length, net.Affine3Bias.Length));
        Assert.Equal((12, 4), (net.HiddenWeightsGradient.Length, net.HiddenBiasGradient.Length));
        Assert.True(Unsafe.AreSame(ref net.Parameters[9], ref net.HiddenWeights[0]));
        Assert.Null(typeof(Named).GetProperty("Affine2Weights"));
    }

    [Fact]
    public void A_layer_without_a_bias_has_no_property_for_it()
    {
        var net = new NoBias();
        Assert.True(Unsafe.AreSame(ref net.Parameters[12 * 17], ref net.Affine2Weights[0]));
        Assert.Null(typeof(NoBias).GetProperty("Affine1Bias"));
        var output = new float[3];
        net.Forward(new float[12], output);
        Assert.Equal(new float[3], output);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Span<float> Orphan() => new VectorNet().Parameters;

    private static void AssertAligned(Span<float> span)
    {
        // As an integer: the project of a user has no unsafe blocks.
        ref byte first = ref Unsafe.As<float, byte>(ref MemoryMarshal.GetReference(span));
        Assert.Equal(0, Unsafe.ByteOffset(ref Unsafe.NullRef<byte>(), ref first) % 64);
    }

    private static void Transpose(ReadOnlySpan<float> from, Span<float> to, int rows, int columns)
    {
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                to[(j * rows) + i] = from[(i * columns) + j];
            }
        }
    }
}
