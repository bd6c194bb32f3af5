using System;
using Xunit;

namespace BackpropGen.Tests.Contract;

/// <summary>Predict: the index of the largest output.</summary>
public sealed class PredictTests
{
    [Fact]
    public void Predict_is_the_index_of_the_largest_output()
    {
        var net = new Classifier();
        foreach (int n in (int[])[1, 5, 6, 40])
        {
            float[] x = Numbers.Values(n * 16, n);
            var output = new float[n * 10];
            var labels = new int[n];
            net.Forward(x, output);
            net.Predict(x, labels);
            for (int i = 0; i < n; i++)
            {
                Assert.Equal(First(output.AsSpan(10 * i, 10)), labels[i]);
            }
        }
    }

    [Fact]
    public void Of_equals_it_is_the_first()
    {
        int[] labels = [-1, -1, -1];
        new ThreeLogits().Predict([1, 1, 1, 0, 2, 2, float.NegativeInfinity, float.NegativeInfinity, float.NegativeInfinity], labels);
        Assert.Equal([0, 1, 0], labels);

        var values = new float[2 * 150];
        values[17] = 1;
        values[101] = 1;
        Array.Fill(values, 3, 150, 150);
        labels = new int[2];
        new ManyLogits().Predict(values, labels);
        Assert.Equal([17, 0], labels);
    }

    [Fact]
    public void NaN_wins()
    {
        int[] labels = new int[4];
        new ThreeLogits().Predict(
            [1, float.NaN, 5, float.NaN, 1, 2, float.PositiveInfinity, 2, float.NaN, 1, float.NaN, float.NaN],
            labels);
        Assert.Equal([1, 0, 2, 1], labels);

        for (int place = 0; place < 150; place += 7)
        {
            float[] values = Numbers.Values(150);
            values[place] = float.NaN;
            values[149] = float.NaN;
            labels = new int[1];
            new ManyLogits().Predict(values, labels);
            Assert.Equal(place, labels[0]);
        }
    }

    [Fact]
    public void A_sequence_has_a_label_at_every_step()
    {
        var net = new SequenceClassifier();
        float[] x = Numbers.Values(9 * 24);
        var output = new float[9 * 18];
        var labels = new int[9 * 6];
        net.Forward(x, output);
        net.Predict(x, labels);
        for (int i = 0; i < labels.Length; i++)
        {
            Assert.Equal(First(output.AsSpan(3 * i, 3)), labels[i]);
        }
    }

    [Fact]
    public void An_image_has_a_label_at_every_pixel_among_the_channels()
    {
        var net = new ImageClassifier();
        float[] x = Numbers.Values(2 * 60);
        var output = new float[120];
        var labels = new int[40];
        net.Forward(x, output);
        net.Predict(x, labels);
        for (int n = 0; n < 2; n++)
        {
            for (int p = 0; p < 20; p++)
            {
                float[] channels = [output[(60 * n) + p], output[(60 * n) + 20 + p], output[(60 * n) + 40 + p]];
                Assert.Equal(First(channels), labels[(20 * n) + p]);
            }
        }
    }

    private static int First(ReadOnlySpan<float> values)
    {
        int best = 0;
        for (int i = 1; i < values.Length; i++)
        {
            if (values[i] > values[best])
            {
                best = i;
            }
        }

        return best;
    }
}

[Input(3)]
[Identity]
[CrossEntropyLoss]
internal sealed partial class ThreeLogits;

[Input(150)]
[Identity]
[CrossEntropyLoss]
internal sealed partial class ManyLogits;
