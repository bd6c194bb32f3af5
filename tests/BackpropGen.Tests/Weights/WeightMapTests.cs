using System;
using System.Collections.Generic;
using System.Linq;
using BackpropGen.Tests.Contract;
using Xunit;

namespace BackpropGen.Tests.Storage;

/// <summary>Files from elsewhere: where their tensors are and which way round they lie is said, never guessed.</summary>
public sealed class WeightMapTests
{
    private const string Names = """{"0.weight":{"dtype":"F32","shape":[3,2],"data_offsets":[0,24]},"0.bias":{"dtype":"F32","shape":[3],"data_offsets":[24,36]}}""";

    private static readonly float[] Stored = [1, 2, 3, 4, 5, 6, 7, 8, 9];

    [Fact]
    public void PyTorchs_order_is_transposed_where_ours_is_the_other()
    {
        var net = new TinyClassifier();
        Weights.Load(net, Foreign(Names), WeightMap.FromPyTorch("0"));
        Assert.Equal([1, 3, 5, 2, 4, 6], net.Affine1Weights.ToArray());
        Assert.Equal([7, 8, 9], net.Affine1Bias.ToArray());
        var outIn = new FlatOutIn();
        Weights.Load(outIn, Foreign(Names), WeightMap.FromPyTorch("0"));
        Assert.Equal([1, 2, 3, 4, 5, 6], outIn.Affine1Weights.ToArray());
    }

    [Fact]
    public void Any_names_and_either_order_can_be_given()
    {
        byte[] file = Foreign("""{"kernel":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]},"Affine1Bias":{"dtype":"F32","shape":[3],"data_offsets":[24,36]}}""");
        var map = WeightMap.Stored(WeightLayout.InOut, new Dictionary<string, string> { ["Affine1Weights"] = "kernel" });
        var net = new TinyClassifier();
        Weights.Load(net, file, map);
        Assert.Equal([1, 2, 3, 4, 5, 6], net.Affine1Weights.ToArray());
        var outIn = new FlatOutIn();
        Weights.Load(outIn, file, map);
        Assert.Equal([1, 4, 2, 5, 3, 6], outIn.Affine1Weights.ToArray());
        map = WeightMap.FromPyTorch(new Dictionary<string, string> { ["Affine1Weights"] = "0.weight", ["Affine1Bias"] = "0.bias" });
        Weights.Load(net, Foreign(Names), map);
        Assert.Equal([1, 3, 5, 2, 4, 6], net.Affine1Weights.ToArray());
    }

    [Fact]
    public void Without_a_map_the_order_is_not_known()
    {
        const string ours = """{"Affine1Weights":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]},"Affine1Bias":{"dtype":"F32","shape":[3],"data_offsets":[24,36]}}""";
        string message = Fault(new TinyClassifier(), Foreign(ours), null);
        Assert.Contains("The file was not written by BackpropGen, so it does not say whether 'Affine1Weights [2, 3]' is stored as [inputs, outputs] or as [outputs, inputs]. Say it: WeightMap.FromPyTorch", message, StringComparison.Ordinal);
        message = Fault(new TinyClassifier(), Foreign(ours), WeightMap.Renamed(new Dictionary<string, string>()));
        Assert.Contains("does not say whether", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_this_library_says_its_order_itself()
    {
        string message = Fault(new TinyClassifier(), StoredFiles.Of(new TinyClassifier()), WeightMap.Stored(WeightLayout.OutIn));
        Assert.Contains("says itself how its weights are stored; the map says OutIn", message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_wrong_order_shows_where_the_shape_can_show_it()
    {
        string message = Fault(new TinyClassifier(), Foreign(Names.Replace("[3,2]", "[2,3]", StringComparison.Ordinal)), WeightMap.FromPyTorch("0"));
        Assert.Contains("'Affine1Weights [2, 3]' ('0.weight' there): found [2, 3], expected [3, 2], the other way round than here", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_the_file_has_not_is_said_with_those_that_it_has()
    {
        string message = Fault(new TinyClassifier(), Foreign(Names), WeightMap.FromPyTorch("fc1"));
        Assert.Contains("'Affine1Weights [2, 3]' ('fc1.weight' there) is not in the file; 'Affine1Bias [3]' ('fc1.bias' there) is not in the file", message, StringComparison.Ordinal);
        Assert.Contains("The file has '0.weight F32 [3, 2]', '0.bias F32 [3]'.", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Further_tensors_are_an_error_unless_they_are_to_be_ignored()
    {
        byte[] file = Foreign(Names);
        WeightMap map = WeightMap.FromPyTorch(new Dictionary<string, string> { ["Affine1Weights"] = "0.weight" });
        var net = new Biasless();
        Assert.Contains("the file's '0.bias F32 [3]' is not in the network", Fault(net, file, map), StringComparison.Ordinal);
        Weights.Load(net, file, map.IgnoringOthers());
        Assert.Equal([1, 3, 5, 2, 4, 6], net.Affine1Weights.ToArray());
        Assert.True(map.IgnoringOthers().IgnoresOthers);
        Assert.False(map.IgnoresOthers);
    }

    [Fact]
    public void Integers_are_no_weights()
    {
        string message = Fault(new TinyClassifier(), Foreign(Names.Replace("F32\",\"shape\":[3]", "I32\",\"shape\":[3]", StringComparison.Ordinal)), WeightMap.FromPyTorch("0"));
        Assert.Contains("'Affine1Bias [3]' ('0.bias' there): found values of type I32, expected F32 (or F64, F16, BF16)", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Doubles_are_rounded_and_those_beyond_a_float_are_refused()
    {
        byte[] file = new byte[24];
        Buffer.BlockCopy(new[] { 0.1, 1e300, -1e-320 }, 0, file, 0, 24);
        file = StoredFiles.Foreign("""{"b":{"dtype":"F64","shape":[3],"data_offsets":[0,24]}}"""u8.ToArray(), file);
        var net = new Vectored();
        var map = WeightMap.Stored(WeightLayout.InOut, new Dictionary<string, string> { ["Shift"] = "b" });
        Assert.Contains("'b F64 [3]' has +infinity at [1]", Fault(net, file, map), StringComparison.Ordinal);
        Weights.Load(net, file, map, allowNonFinite: true);
        Assert.Equal([0.1f, float.PositiveInfinity, -0f], net.Parameters.ToArray());
    }

    [Fact]
    public void A_network_that_does_not_say_its_order_is_not_loaded_from_elsewhere()
    {
        var net = new Vectored { Tensors = [new NetworkTensor("Shift", 0, true, 3, 1)] };
        byte[] file = StoredFiles.Foreign("""{"Shift":{"dtype":"F32","shape":[3,1],"data_offsets":[0,12]}}""", 12);
        Assert.Contains("give its NetworkTensor a layout", Fault(net, file, WeightMap.Stored(WeightLayout.InOut)), StringComparison.Ordinal);
        var error = Assert.Throws<ArgumentException>(() => Weights.Load(net, file, WeightMap.FromPyTorch("0")));
        Assert.Contains("'Shift [3, 1]' does not say to which layer it belongs", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_of_more_axes_are_turned_with_all_that_lies_within()
    {
        var stored = Enumerable.Range(0, 2 * 3 * 5 * 7).Select(i => (float)i).ToArray();
        byte[] data = new byte[4 * stored.Length];
        Buffer.BlockCopy(stored, 0, data, 0, data.Length);
        byte[] file = StoredFiles.Foreign("""{"0.weight":{"dtype":"F32","shape":[3,2,5,7],"data_offsets":[0,840]}}"""u8.ToArray(), data);
        var net = new Vectored(stored.Length) { Tensors = [new NetworkTensor("Conv1Weights", "Conv1", WeightLayout.InOut, 0, true, 2, 3, 5, 7)] };
        Weights.Load(net, file, WeightMap.FromPyTorch("0"));
        for (int i = 0; i < stored.Length; i++)
        {
            (int o, int c, int rest) = (i / 70, i / 35 % 2, i % 35);
            Assert.Equal(stored[i], net.Parameters[(((c * 3) + o) * 35) + rest]);
        }
    }

    [Fact]
    public void A_map_that_does_not_fit_the_network_is_the_callers_error()
    {
        byte[] file = Foreign(Names);
        AssertArgument(WeightMap.FromPyTorch("0", "2"), "The map has 2 prefixes ('0', '2'), and this network has 1 layer with parameters ('Affine1'): one each, in this order.");
        AssertArgument(WeightMap.FromPyTorch(), "The map has 0 prefixes (none), and this network has 1 layer");
        AssertArgument(WeightMap.Stored(WeightLayout.OutIn, new Dictionary<string, string> { ["Affine1Weight"] = "0.weight" }), "The map names 'Affine1Weight', and this network has 'Affine1Weights [2, 3]', 'Affine1Bias [3]'.");
        AssertArgument(
            WeightMap.Stored(WeightLayout.OutIn, new Dictionary<string, string> { ["Affine1Weights"] = "Affine1Bias" }),
            "The map gives the file's tensor 'Affine1Bias' to two of the network's: 'Affine1Weights' and 'Affine1Bias'.");

        void AssertArgument(WeightMap map, string message)
        {
            var error = Assert.Throws<ArgumentException>(() => Weights.Load(new TinyClassifier(), file, map));
            Assert.Equal("names", error.ParamName);
            Assert.Contains(message, error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_map_that_is_wrong_by_itself_is_refused_at_once()
    {
        var error = Assert.Throws<ArgumentException>(() => WeightMap.Renamed(new Dictionary<string, string> { ["A"] = "x", ["B"] = "x" }));
        Assert.Contains("The map gives the file's tensor 'x' to two of the network's: 'A' and 'B'.", error.Message, StringComparison.Ordinal);
        Assert.Contains("The prefix '0' is there twice", Assert.Throws<ArgumentException>(() => WeightMap.FromPyTorch("0", "1", "0")).Message, StringComparison.Ordinal);
        Assert.Equal("prefixes", Assert.Throws<ArgumentNullException>(() => WeightMap.FromPyTorch("0", null!)).ParamName);
        Assert.Equal("names", Assert.Throws<ArgumentNullException>(() => WeightMap.FromPyTorch((IReadOnlyDictionary<string, string>)null!)).ParamName);
        Assert.Equal("names", Assert.Throws<ArgumentNullException>(() => WeightMap.Renamed(null!)).ParamName);
        Assert.Equal("names", Assert.Throws<ArgumentNullException>(() => WeightMap.Renamed(new Dictionary<string, string> { ["A"] = null! })).ParamName);
        Assert.Equal("layout", Assert.Throws<ArgumentOutOfRangeException>(() => WeightMap.Stored((WeightLayout)2)).ParamName);
    }

    [Fact]
    public void An_empty_prefix_is_a_module_by_itself()
    {
        byte[] file = Foreign(Names.Replace("0.", string.Empty, StringComparison.Ordinal));
        var net = new TinyClassifier();
        Weights.Load(net, file, WeightMap.FromPyTorch(string.Empty));
        Assert.Equal([7, 8, 9], net.Affine1Bias.ToArray());
    }

    private static byte[] Foreign(string header)
    {
        byte[] data = new byte[36];
        Buffer.BlockCopy(Stored, 0, data, 0, 36);
        return StoredFiles.Foreign(System.Text.Encoding.UTF8.GetBytes(header), data);
    }

    private static string Fault(INetwork network, byte[] file, WeightMap? map)
    {
        int[] before = Numbers.Bits(network.Parameters);
        string message = Assert.Throws<WeightsFormatException>(() => Weights.Load(network, file, map)).Message;
        Assert.Equal(before, Numbers.Bits(network.Parameters));
        return message;
    }

    /// <summary>A network of one tensor of any shape.</summary>
    private sealed class Vectored(int count = 3) : INetwork
    {
        private readonly float[] parameters = new float[count];

        public int Threads { get; set; } = 1;

        public int InputSize => 1;

        public int OutputSize => 1;

        public Span<float> Parameters => parameters;

        public Span<float> Buffers => default;

        public string Fingerprint => "by hand";

        public IReadOnlyList<NetworkTensor> Tensors { get; init; } = [new NetworkTensor("Shift", 0, true, 3)];

        public void Initialize(int seed) => throw new NotSupportedException();

        public void Forward(ReadOnlySpan<float> input, Span<float> output) => throw new NotSupportedException();
    }
}

/// <summary>One layer, [outputs, inputs].</summary>
[Affine(2, 3, Layout = WeightLayout.OutIn)]
internal sealed partial class FlatOutIn;

/// <summary>One layer without a bias.</summary>
[Affine(2, 3, Bias = false)]
internal sealed partial class Biasless;
