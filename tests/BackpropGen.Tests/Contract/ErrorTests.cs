using System;
using System.Globalization;
using System.Linq;
using System.Runtime.InteropServices;
using Xunit;

namespace BackpropGen.Tests.Contract;

/// <summary>Wrong lengths, labels that are no class, targets that nobody reads, spans that overlap.</summary>
public sealed class ErrorTests
{
    public static TheoryData<string, string, string> Parameters
    {
        get
        {
            var data = new TheoryData<string, string, string>();
            foreach (Surface surface in Surface.All)
            {
                foreach (Method method in surface.Methods)
                {
                    foreach (string parameter in method.Parameters)
                    {
                        data.Add(surface.Name, method.ToString(), parameter);
                    }
                }
            }

            return data;
        }
    }

    public static TheoryData<string, string> Methods
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (Surface surface in Surface.All)
            {
                foreach (Method method in surface.Methods)
                {
                    data.Add(surface.Name, method.ToString());
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Parameters))]
    public void Lengths_must_match_exactly_and_everything_is_checked_before_anything_is_written(string network, string method, string parameter)
    {
        foreach (int samples in (int[])[1, 2, 7])
        {
            Surface surface = Surface.Of(network);
            if (surface.IsSum && parameter == "target")
            {
                continue;
            }

            int perSample = surface.PerSample(parameter);
            int right = samples * perSample;
            int[] wrong = [right - 1, right + 1, right - perSample, right + perSample, 0];
            foreach (int length in wrong.Distinct().Where(l => l >= 0 && l != right))
            {
                if (length == 0 && parameter == "inputGradient")
                {
                    continue;
                }

                Arguments arguments = surface.Arguments(samples);
                Resize(arguments, parameter, length);

                // A shorter or longer input is right by itself: then it is the first of the others that does not fit it.
                bool isOtherSampleCount = parameter == "input" && length > 0 && length % perSample == 0;
                Method call = surface.Methods.Single(m => m.ToString() == method);
                string? blamed = isOtherSampleCount ? call.Parameters.Skip(1).FirstOrDefault(p => !surface.IsSum || p != "target") : parameter;
                if (blamed is null)
                {
                    continue;
                }

                ArgumentException exception = Refused(surface, call, arguments);
                Assert.Equal(blamed, exception.ParamName);
                int given = isOtherSampleCount ? samples * surface.PerSample(blamed) : length;
                int expected = isOtherSampleCount ? length / perSample * surface.PerSample(blamed) : parameter == "input" ? perSample : right;
                if (given > 0)
                {
                    Assert.Contains(Text(given), exception.Message, StringComparison.Ordinal);
                }

                Assert.Contains(Text(expected), exception.Message, StringComparison.Ordinal);
                Assert.Contains(blamed, exception.Message, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Zero_samples_are_an_error(string network, string method)
    {
        Surface surface = Surface.Of(network);
        ArgumentException exception = Refused(surface, surface.Methods.Single(m => m.ToString() == method), surface.Arguments(0));
        Assert.Equal("input", exception.ParamName);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void The_lengths_that_match_are_accepted(string network, string method)
    {
        foreach (int samples in (int[])[1, 2, 7])
        {
            Surface surface = Surface.Of(network);
            surface.Methods.Single(m => m.ToString() == method).Call(surface.Arguments(samples));
        }
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Any_label_outside_of_the_classes_is_an_ArgumentException_that_names_it(string network, string method)
    {
        Surface surface = Surface.Of(network);
        Method call = surface.Methods.Single(m => m.ToString() == method);
        if (!call.Parameters.Contains("labels") || call.Name == "Predict")
        {
            return;
        }

        foreach (int samples in (int[])[1, 2, 8, 37])
        {
            int count = samples * surface.Positions;
            foreach (int place in (int[])[0, count / 2, count - 1])
            {
                foreach (int label in (int[])[-1, surface.Classes, surface.Classes + 1, int.MinValue, int.MaxValue, -12345])
                {
                    Arguments arguments = surface.Arguments(samples);
                    arguments.Labels[place] = label;
                    ArgumentException exception = Refused(surface, call, arguments);
                    Assert.Equal("labels", exception.ParamName);
                    Assert.Contains(Text(label), exception.Message, StringComparison.Ordinal);
                    Assert.Contains(Text(surface.Classes), exception.Message, StringComparison.Ordinal);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void A_target_that_the_loss_does_not_read_is_an_error(string network, string method)
    {
        Surface surface = Surface.Of(network);
        Method call = surface.Methods.Single(m => m.ToString() == method);
        if (!surface.IsSum || !call.Parameters.Contains("target"))
        {
            return;
        }

        foreach (int length in (int[])[1, surface.OutputSize, 2 * surface.OutputSize])
        {
            Arguments arguments = surface.Arguments(2);
            arguments.Target = new float[length];
            ArgumentException exception = Refused(surface, call, arguments);
            Assert.Equal("target", exception.ParamName);
            Assert.Contains(Text(length), exception.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Forward_must_not_write_what_it_reads()
    {
        var net = new Model();
        float[] memory = Numbers.Values(1000);
        float[] before = [.. memory];
        AssertOverlap("output", () => net.Forward(memory.AsSpan(0, 34), memory.AsSpan(33, 22)));
        AssertOverlap("output", () => net.Forward(memory.AsSpan(21, 34), memory.AsSpan(0, 22)));
        AssertOverlap("output", () => net.Forward(memory.AsSpan(0, 34), memory.AsSpan(5, 22)));
        Assert.Equal(before, memory);

        // Side by side is not overlapping.
        net.Forward(memory.AsSpan(0, 34), memory.AsSpan(34, 22));
    }

    [Fact]
    public void Predict_must_not_write_what_it_reads()
    {
        var net = new TinyClassifier();
        int[] labels = new int[4];
        AssertOverlap("labels", () => net.Predict(MemoryMarshal.Cast<int, float>(labels.AsSpan()), labels.AsSpan(1, 2)));
        Assert.Equal(new int[4], labels);
    }

    [Fact]
    public void The_input_gradient_must_not_overlap_what_is_read()
    {
        var net = new TinyNet();
        var classifier = new TinyClassifier();
        var model = new TinyModel();
        float[] memory = [0, 0, .. Numbers.Values(10)];
        float[] before = [.. memory];
        float[] other = [1f, 1f, 1f, 1f];
        AssertOverlap("inputGradient", () => net.Backward(memory.AsSpan(0, 4), other.AsSpan(0, 2), memory.AsSpan(3, 4)));
        AssertOverlap("inputGradient", () => net.Backward(other.AsSpan(0, 4), memory.AsSpan(0, 2), memory.AsSpan(1, 4)));
        AssertOverlap("inputGradient", () => net.Accumulate(memory.AsSpan(0, 4), other.AsSpan(0, 2), memory.AsSpan(0, 4)));
        AssertOverlap("inputGradient", () => net.BackwardFrom(other.AsSpan(0, 4), memory.AsSpan(3, 2), memory.AsSpan(0, 4)));
        AssertOverlap("inputGradient", () => model.Backward(memory.AsSpan(0, 4), other, memory.AsSpan(0, 4)));
        AssertOverlap("inputGradient", () => model.BackwardFrom(other, memory.AsSpan(0, 4), memory.AsSpan(1, 4)));
        AssertOverlap("inputGradient", () => classifier.Backward(other, MemoryMarshal.Cast<float, int>(memory.AsSpan(0, 2))[..2], memory.AsSpan(0, 4)));
        Assert.Equal(before, memory);
        Assert.All(net.Gradients.ToArray(), g => Assert.Equal(0, g));
        Assert.All(model.Gradients.ToArray(), g => Assert.Equal(0, g));
    }

    [Fact]
    public void What_is_only_read_may_be_the_same_memory()
    {
        // An autoencoder's target is its input.
        var net = new Parameterless();
        float[] x = [0.5f, -1, 2];
        float[] copy = [.. x];
        Assert.Equal(net.Loss(x, copy), net.Loss(x, x));
    }

    [Fact]
    public void An_empty_input_gradient_means_not_asked_for()
    {
        foreach (string name in (string[])[nameof(TinyNet), nameof(VectorNet), nameof(Model), nameof(SequenceClassifier)])
        {
            Surface asked = Surface.Of(name);
            Surface notAsked = Surface.Of(name);
            foreach ((Method with, Method without) in asked.Methods.Zip(notAsked.Methods))
            {
                with.Call(asked.Arguments(7));
                Arguments arguments = notAsked.Arguments(7);
                arguments.InputGradient = [];
                without.Call(arguments);
                Assert.Equal(Numbers.Bits(asked.State()), Numbers.Bits(notAsked.State()));
            }
        }
    }

    [Fact]
    public void The_message_is_the_same_in_every_culture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            culture.NumberFormat.NegativeSign = "minus ";
            CultureInfo.CurrentCulture = culture;
            var net = new TinyClassifier();
            ArgumentException exception = Assert.Throws<ArgumentException>(() => net.Loss([1, 2], [-7]));
            Assert.Contains("-7", exception.Message, StringComparison.Ordinal);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    // Throws exactly ArgumentException, and neither an argument nor the network has changed.
    private static ArgumentException Refused(Surface surface, Method method, Arguments arguments)
    {
        int[] before = Numbers.Bits([.. arguments.All, .. surface.State()]);
        ArgumentException exception = Assert.Throws<ArgumentException>(() => method.Call(arguments));
        Assert.Equal(before, Numbers.Bits([.. arguments.All, .. surface.State()]));
        return exception;
    }

    private static void AssertOverlap(string parameter, Action call) => Assert.Equal(parameter, Assert.Throws<ArgumentException>(call).ParamName);

    private static void Resize(Arguments arguments, string parameter, int length)
    {
        switch (parameter)
        {
            case "input":
                arguments.Input = Numbers.Values(length);
                break;
            case "output":
                arguments.Output = Numbers.Values(length);
                break;
            case "target":
                arguments.Target = Numbers.Values(length);
                break;
            case "labels":
                arguments.Labels = new int[length];
                break;
            case "outputGradient":
                arguments.OutputGradient = Numbers.Values(length);
                break;
            case "inputGradient":
                arguments.InputGradient = Numbers.Values(length);
                break;
            default:
                throw new InvalidOperationException(parameter);
        }
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
