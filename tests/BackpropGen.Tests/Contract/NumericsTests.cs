using System;
using System.Linq;
using Xunit;

namespace BackpropGen.Tests.Contract;

/// <summary>The same bits every time, a loss accumulated in double, NaN, and derivatives at kinks.</summary>
public sealed class NumericsTests
{
    // 64 times 2^24 in front of 6400 ones: a float loses the ones, whether it adds up alone or in lanes.
    private const float Large = 1 << 24;
    private const float Total = (64 * Large) + 6400;

    [Fact]
    public void The_same_call_gives_the_same_bits()
    {
        foreach (string name in Surface.All.Select(s => s.Name))
        {
            foreach (int samples in (int[])[1, 6, 17])
            {
                Surface one = Surface.Of(name);
                Surface two = Surface.Of(name);
                foreach ((Method first, Method second) in one.Methods.Zip(two.Methods))
                {
                    Arguments a = one.Arguments(samples);
                    Arguments b = two.Arguments(samples);
                    first.Call(a);
                    GC.KeepAlive(new byte[100]);
                    second.Call(b);
                    Assert.Equal(Numbers.Bits([.. a.All]), Numbers.Bits([.. b.All]));
                    Assert.Equal(Numbers.Bits(one.State()), Numbers.Bits(two.State()));
                }
            }
        }
    }

    [Fact]
    public void It_does_not_matter_where_in_memory_the_arguments_lie()
    {
        var net = new VectorNet();
        float[] memory = Numbers.Values((13 * 9) + 16);
        float[] x = memory[..(13 * 9)];
        float[] t = Numbers.Values(45, 2);
        float loss = net.Backward(x, t);
        int[] gradients = Numbers.Bits(net.Gradients);
        for (int shift = 1; shift < 16; shift++)
        {
            x.CopyTo(memory, shift);
            Assert.Equal(loss, net.Backward(memory.AsSpan(shift, x.Length), t));
            Assert.Equal(gradients, Numbers.Bits(net.Gradients));
        }
    }

    [Fact]
    public void The_loss_is_accumulated_in_double_over_the_samples()
    {
        float[] x = LargeThenSmall(1);
        Assert.Equal(Total, new OneSum().Loss(x, default));
        Assert.Equal(Total, new OneSum().Backward(x, default));
        Assert.Equal(Total, new OneSum().TrainStep(x, default));

        // Squares, and a mean.
        float[] roots = x.Select(MathF.Sqrt).ToArray();
        Assert.Equal(Total, new OneSquare().Loss(roots, new float[roots.Length]));
        Assert.Equal(Total, new OneSquare().Backward(roots, new float[roots.Length]));
        Assert.Equal((float)(Total / 6464.0), new OneSquareMean().Loss(roots, new float[roots.Length]));
        Assert.Equal((float)(Total / 6464.0), new OneSquareMean().Backward(roots, new float[roots.Length]));
    }

    [Fact]
    public void The_loss_is_accumulated_in_double_over_a_samples_elements()
    {
        float[] x = LargeThenSmall(1);
        Assert.Equal(Total, new RowSum().Loss(x, default));
        Assert.Equal(Total, new RowSum().Backward(x, default));
        float[] roots = x.Select(MathF.Sqrt).ToArray();
        Assert.Equal(Total, new RowSquare().Loss(roots, new float[roots.Length]));
        Assert.Equal(Total, new RowSquare().Backward(roots, new float[roots.Length]));
    }

    [Fact]
    public void The_loss_against_labels_is_accumulated_in_double()
    {
        // Logits (2^24, 0) with label 1: 2^24; logits (0, 0): log 2.
        var x = new float[2 * 6464];
        for (int i = 0; i < 64; i++)
        {
            x[2 * i] = Large;
        }

        int[] labels = new int[6464];
        Array.Fill(labels, 1);
        double expected = (64.0 * Large) + (6400 * Math.Log(2));
        Assert.Equal(expected, new PairSum().Loss(x, labels), 100.0);
        Assert.Equal(expected, new PairSum().Backward(x, labels), 100.0);

        x = new float[150 * 6464];
        for (int i = 0; i < 64; i++)
        {
            x[150 * i] = Large;
        }

        expected = (64.0 * Large) + (6400 * Math.Log(150));
        Assert.Equal(expected, new ManySum().Loss(x, labels), 100.0);
        Assert.Equal(expected, new ManySum().Backward(x, labels), 100.0);
    }

    [Fact]
    public void NaN_reaches_every_output_that_depends_on_it_and_no_other()
    {
        // One sample of many, at every place: whole vectors and tails.
        foreach (string name in Surface.All.Select(s => s.Name).Where(n => n != nameof(ImageClassifier) && n != nameof(SequenceClassifier)))
        {
            Surface surface = Surface.Of(name);
            Method forward = surface.Methods.Single(m => m.Name == "Forward");
            for (int place = 0; place < surface.InputSize; place++)
            {
                Arguments arguments = surface.Arguments(3);
                arguments.Input[surface.InputSize + place] = float.NaN;
                forward.Call(arguments);
                for (int i = 0; i < arguments.Output.Length; i++)
                {
                    Assert.Equal(i / surface.OutputSize == 1, float.IsNaN(arguments.Output[i]));
                }
            }
        }
    }

    [Fact]
    public void NaN_reaches_the_loss_and_the_gradients()
    {
        var vector = new VectorNet();
        var classifier = new Classifier();
        var evaluated = new Evaluated();
        foreach (int place in (int[])[0, 5, 12, 13, 25, 38])
        {
            float[] x = Numbers.Values(39);
            x[place] = float.NaN;
            var dx = new float[39];
            Assert.True(float.IsNaN(vector.Loss(x, Numbers.Values(15))));
            Assert.True(float.IsNaN(vector.Backward(x, Numbers.Values(15), dx)));
            Assert.True(float.IsNaN(vector.Affine1WeightsGradient[0]));
            Assert.True(float.IsNaN(vector.Affine3BiasGradient[4]));
            Assert.Equal(13, dx.Count(float.IsNaN));

            float[] target = Numbers.Values(15);
            target[place % 15] = float.NaN;
            Assert.True(float.IsNaN(vector.Loss(Numbers.Values(39), target)));

            x = Numbers.Values(48);
            x[place] = float.NaN;
            Assert.True(float.IsNaN(classifier.Loss(x, [1, 2, 3])));
            Assert.True(float.IsNaN(classifier.Backward(x, [1, 2, 3])));

            x = Numbers.Values(40);
            x[place] = float.NaN;
            Assert.True(float.IsNaN(evaluated.Loss(x, new float[18])));
        }
    }

    [Fact]
    public void NaN_goes_through_every_kink()
    {
        foreach (int size in (int[])[3, 150])
        {
            foreach ((ForwardCall forward, UpstreamBackward backward) in Kinks(size).Select(k => (k.Forward, k.Backward)))
            {
                for (int place = 0; place < size; place += 7)
                {
                    var x = new float[size];
                    x[place] = float.NaN;
                    var y = new float[size];
                    forward(x, y);
                    Assert.True(float.IsNaN(y[place]));
                    Assert.Equal(1, y.Count(float.IsNaN));
                }

                // And an upstream gradient of NaN is not lost where the slope is not 0.
                float[] half = Enumerable.Repeat(0.5f, size).ToArray();
                var dy = new float[size];
                dy[size - 1] = float.NaN;
                var dx = new float[size];
                backward(half, dy, dx);
                Assert.True(float.IsNaN(dx[size - 1]));
                Assert.Equal(0, dx[0]);
            }
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(150)]
    public void Derivatives_at_kinks(int size)
    {
        float[] ones = Enumerable.Repeat(1f, size).ToArray();
        foreach (Kink kink in Kinks(size))
        {
            foreach ((float at, float slope) in kink.Slopes)
            {
                float[] x = Enumerable.Repeat(at, size).ToArray();
                var dx = new float[size];
                kink.Backward(x, ones, dx);
                Assert.All(dx, d => Assert.Equal(slope, d, 1e-6f));
            }
        }
    }

    [Fact]
    public void Mae_has_derivative_0_where_output_and_target_are_equal()
    {
        float[] dx = [9, 9, 9];
        Assert.Equal(3, new TinyMae().Backward([1, 2, 3], [1, 4, 2], dx));
        Assert.Equal([0f, -1, 1], dx);

        float[] x = Numbers.Values(150);
        float[] t = [.. x];
        t[7] += 1;
        t[149] -= 1;
        var wide = new float[150];
        new Mae().Backward(x, t, wide);
        for (int i = 0; i < wide.Length; i++)
        {
            Assert.Equal(i == 7 ? -1 : i == 149 ? 1 : 0, wide[i]);
        }
    }

    private static float[] LargeThenSmall(float small)
    {
        var values = new float[6464];
        Array.Fill(values, Large, 0, 64);
        Array.Fill(values, small, 64, 6400);
        return values;
    }

    private static Kink[] Kinks(int size) => size == 3
        ?
        [
            Relu(new TinyRelu().Forward, new TinyRelu().Backward),
            Leaky(new TinyLeaky().Forward, new TinyLeaky().Backward),
            HardTanh(new TinyHardTanh().Forward, new TinyHardTanh().Backward),
            HardSigmoid(new TinyHardSigmoid().Forward, new TinyHardSigmoid().Backward),
            HardSwish(new TinyHardSwish().Forward, new TinyHardSwish().Backward),
        ]
        :
        [
            Relu(new WideRelu().Forward, new WideRelu().Backward),
            Leaky(new WideLeaky().Forward, new WideLeaky().Backward),
            HardTanh(new WideHardTanh().Forward, new WideHardTanh().Backward),
            HardSigmoid(new WideHardSigmoid().Forward, new WideHardSigmoid().Backward),
            HardSwish(new WideHardSwish().Forward, new WideHardSwish().Backward),
        ];

    private static Kink Relu(ForwardCall forward, UpstreamBackward backward) => new(forward, backward, [(0, 0), (-0f, 0), (1e-30f, 1), (-1, 0)]);

    private static Kink Leaky(ForwardCall forward, UpstreamBackward backward) => new(forward, backward, [(0, 0.25f), (-0f, 0.25f), (1e-30f, 1), (-1, 0.25f)]);

    private static Kink HardTanh(ForwardCall forward, UpstreamBackward backward) =>
        new(forward, backward, [(-1, 0), (1, 0), (0, 1), (MathF.BitDecrement(1), 1), (MathF.BitIncrement(-1), 1), (2, 0), (-2, 0)]);

    private static Kink HardSigmoid(ForwardCall forward, UpstreamBackward backward) =>
        new(forward, backward, [(-3, 0), (3, 0), (0, 1f / 6), (MathF.BitDecrement(3), 1f / 6), (MathF.BitIncrement(-3), 1f / 6), (4, 0), (-4, 0)]);

    private static Kink HardSwish(ForwardCall forward, UpstreamBackward backward) =>
        new(forward, backward, [(-3, 0), (3, 0), (0, 0.5f), (MathF.BitDecrement(3), 1.5f), (MathF.BitIncrement(-3), -0.5f), (4, 1), (-4, 0)]);

    private sealed record Kink(ForwardCall Forward, UpstreamBackward Backward, (float At, float Slope)[] Slopes);
}

[Input(1)]
[Identity]
[SumLoss]
[Sgd(0)]
internal sealed partial class OneSum;

[Input(1)]
[Identity]
[MseLoss(Reduction = Reduction.Sum)]
internal sealed partial class OneSquare;

[Input(1)]
[Identity]
[MseLoss]
internal sealed partial class OneSquareMean;

[Input(6464)]
[Identity]
[SumLoss]
internal sealed partial class RowSum;

[Input(6464)]
[Identity]
[MseLoss(Reduction = Reduction.Sum)]
internal sealed partial class RowSquare;

[Input(2)]
[Identity]
[CrossEntropyLoss(Reduction = Reduction.Sum)]
internal sealed partial class PairSum;

[Input(150)]
[Identity]
[CrossEntropyLoss(Reduction = Reduction.Sum)]
internal sealed partial class ManySum;

[Input(3)]
[Identity]
[MaeLoss(Reduction = Reduction.Sum)]
internal sealed partial class TinyMae;

[Input(150)]
[Identity]
[MaeLoss(Reduction = Reduction.Sum)]
internal sealed partial class Mae;

[Input(3)]
[Relu]
internal sealed partial class TinyRelu;

[Input(150)]
[Relu]
internal sealed partial class WideRelu;

[Input(3)]
[LeakyRelu(0.25f)]
internal sealed partial class TinyLeaky;

[Input(150)]
[LeakyRelu(0.25f)]
internal sealed partial class WideLeaky;

[Input(3)]
[HardTanh]
internal sealed partial class TinyHardTanh;

[Input(150)]
[HardTanh]
internal sealed partial class WideHardTanh;

[Input(3)]
[HardSigmoid]
internal sealed partial class TinyHardSigmoid;

[Input(150)]
[HardSigmoid]
internal sealed partial class WideHardSigmoid;

[Input(3)]
[HardSwish]
internal sealed partial class TinyHardSwish;

[Input(150)]
[HardSwish]
internal sealed partial class WideHardSwish;
