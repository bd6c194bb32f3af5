using System;
using System.Collections.Generic;
using System.IO;
using BackpropGen.Tests.Contract;
using Xunit;

namespace BackpropGen.Tests.Storage;

/// <summary>A file that is whole and of another network: what differs is said, and nothing is loaded.</summary>
public sealed class MismatchTests
{
    [Fact]
    public void Other_sizes_are_said_tensor_by_tensor_and_layer_by_layer()
    {
        string message = Fault(new TinyClassifier(), new TinyNet());
        Assert.Contains("'Affine2Weights [3, 1]' is not in the file; 'Affine2Bias [1]' is not in the file", message, StringComparison.Ordinal);
        Assert.Contains("Layer 2: found no more layer, expected Tanh.", message, StringComparison.Ordinal);
        Assert.Contains($"The file has 'Affine1Weights F32 [2, 3]', 'Affine1Bias F32 [3]'. Nothing was loaded.", message, StringComparison.Ordinal);
        message = Fault(new TinyNet(), new TinyModel());
        Assert.Contains("'Affine2Weights [3, 2]': found [3, 1], expected [3, 2]; 'Affine2Bias [2]': found [1], expected [2].", message, StringComparison.Ordinal);
        Assert.Contains("Layer 3: found Affine(3,1,True,InOut), expected Affine(3,2,True,InOut).", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_activation_is_said_with_its_place()
    {
        string message = Fault(new Activated(), new TinyModel());
        Assert.Contains($"fingerprint {Activated.Fingerprint}, this one has {TinyModel.Fingerprint}. Layer 2: found Relu, expected Tanh.", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_square_matrix_in_the_other_order_is_refused()
    {
        string message = Fault(new SquareInOut(), new SquareOutIn());
        Assert.Contains("Layer 1: found Affine(4,4,True,InOut), expected Affine(4,4,True,OutIn).", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_input_is_said()
    {
        string message = Fault(new Sequence(), new Flat());
        Assert.Contains("The file's input is 3×2, this network's 2.", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_tensors_of_the_file_are_said()
    {
        string message = Fault(new TinyNet(), new TinyClassifier());
        Assert.Contains("the file's 'Affine2Weights F32 [3, 1]' is not in the network; the file's 'Affine2Bias F32 [1]' is not in the network", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Frozen_layers_losses_optimizers_and_names_do_not_matter()
    {
        var saved = new TinyFrozen();
        saved.Initialize(4);
        var loaded = new TinyModel();
        Weights.Load(loaded, StoredFiles.Of(saved));
        Assert.Equal(Numbers.Bits(saved.Parameters), Numbers.Bits(loaded.Parameters));

        var named = new Renamed();
        string message = Fault(saved, named);
        Assert.Contains("'HeadWeights [3, 2]' is not in the file", message, StringComparison.Ordinal);
        Weights.Load(named, StoredFiles.Of(saved), WeightMap.Renamed(new Dictionary<string, string> { ["HeadWeights"] = "Affine2Weights", ["HeadBias"] = "Affine2Bias" }));
        Assert.Equal(Numbers.Bits(saved.Parameters), Numbers.Bits(named.Parameters));
    }

    [Fact]
    public void A_fingerprint_alone_is_an_error_too()
    {
        var writer = new SafetensorsWriter();
        Weights.AddTo(writer, new ByHand("one"));
        using var stream = new MemoryStream();
        writer.Write(stream);
        string message = Assert.Throws<WeightsFormatException>(() => Weights.Load(new ByHand("two"), stream.ToArray())).Message;
        Assert.Contains("fingerprint one, this one has two. Names and shapes of all tensors are the same", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_this_library_that_is_no_networks_is_refused()
    {
        var writer = new SafetensorsWriter();
        writer.Add("Affine1Weights", new float[6], 2, 3);
        writer.Add("Affine1Bias", new float[3]);
        using var stream = new MemoryStream();
        writer.Write(stream);
        Assert.Contains("has no 'backpropgen.fingerprint'", Assert.Throws<WeightsFormatException>(() => Weights.Load(new TinyClassifier(), stream.ToArray())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_else_somebody_keeps_in_the_file_is_passed_over_by_its_dot()
    {
        var net = new TinyNet();
        net.Initialize(9);
        foreach ((string name, bool passes) in new[] { ("optimizer.state", true), ("state", false) })
        {
            var writer = new SafetensorsWriter();
            Weights.AddTo(writer, net);
            writer.Add(name, new long[] { 1, 2 });
            using var stream = new MemoryStream();
            writer.Write(stream);
            var file = SafetensorsFile.Read(stream.ToArray());
            var loaded = new TinyNet();
            if (passes)
            {
                Weights.Check(loaded, file);
                Assert.Equal(Numbers.Bits(new TinyNet().Parameters), Numbers.Bits(loaded.Parameters));
                Weights.Load(loaded, file);
                Assert.Equal(Numbers.Bits(net.Parameters), Numbers.Bits(loaded.Parameters));
            }
            else
            {
                Assert.Contains("the file's 'state I64 [2]' is not in the network", Assert.Throws<WeightsFormatException>(() => Weights.Check(loaded, file)).Message, StringComparison.Ordinal);
            }
        }

        var twice = new SafetensorsWriter();
        Weights.AddTo(twice, net);
        Assert.Contains("backpropgen.fingerprint", Assert.Throws<ArgumentException>(() => Weights.AddTo(twice, net)).Message, StringComparison.Ordinal);
    }

    private static string Fault(INetwork saved, INetwork other)
    {
        int[] before = Numbers.Bits(other.Parameters);
        string message = Assert.Throws<WeightsFormatException>(() => Weights.Load(other, StoredFiles.Of(saved))).Message;
        Assert.Equal(before, Numbers.Bits(other.Parameters));
        return message;
    }

    /// <summary>A network that says nothing but its fingerprint.</summary>
    private sealed class ByHand(string fingerprint) : INetwork
    {
        private readonly float[] parameters = new float[4];

        public int Threads { get; set; } = 1;

        public int InputSize => 2;

        public int OutputSize => 2;

        public Span<float> Parameters => parameters;

        public Span<float> Buffers => default;

        public string Fingerprint => fingerprint;

        public IReadOnlyList<NetworkTensor> Tensors { get; } = [new NetworkTensor("W", 0, true, 2, 2)];

        public void Initialize(int seed) => throw new NotSupportedException();

        public void Forward(ReadOnlySpan<float> input, Span<float> output) => throw new NotSupportedException();
    }
}

/// <summary>As <see cref="TinyModel"/>, with another activation.</summary>
[Affine(2, 3)]
[Relu]
[Affine(3, 2)]
internal sealed partial class Activated;

/// <summary>As <see cref="TinyModel"/>, with a name.</summary>
[Affine(2, 3)]
[Tanh]
[Affine(3, 2, Name = "Head")]
internal sealed partial class Renamed;

/// <summary>A square matrix, [inputs, outputs].</summary>
[Affine(4, 4)]
[Tanh]
[Affine(4, 3)]
internal sealed partial class SquareInOut;

/// <summary>The same, [outputs, inputs].</summary>
[Affine(4, 4, Layout = WeightLayout.OutIn)]
[Tanh]
[Affine(4, 3, Layout = WeightLayout.OutIn)]
internal sealed partial class SquareOutIn;

/// <summary>One of each.</summary>
[Affine(4, 4, Layout = WeightLayout.OutIn)]
[Tanh]
[Affine(4, 3)]
internal sealed partial class SquareMixed;

/// <summary>The same parameters at each of three steps.</summary>
[Input(3, 2)]
[Affine(2, 3)]
internal sealed partial class Sequence;

/// <summary>The same parameters, without steps.</summary>
[Affine(2, 3)]
internal sealed partial class Flat;
