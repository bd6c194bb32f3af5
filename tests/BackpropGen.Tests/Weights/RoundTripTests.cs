using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using BackpropGen.Tests.Contract;
using Xunit;

namespace BackpropGen.Tests.Storage;

/// <summary>What is saved is loaded again, bit by bit.</summary>
public sealed class RoundTripTests
{
    /// <summary>Every network of these tests.</summary>
    public static TheoryData<Type> Networks =>
        [.. typeof(TinyNet).Assembly.GetTypes().Where(t => t.IsClass && !t.IsAbstract && t.IsAssignableTo(typeof(INetworkArchitecture)) && t.GetConstructor([]) is not null).OrderBy(t => t.FullName, StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Networks))]
    public void Every_network_comes_back_bit_by_bit(Type type)
    {
        INetwork saved = Create(type);
        Stress(saved.Parameters);
        byte[] file = StoredFiles.Of(saved);
        foreach (Action<INetwork> load in Ways(file))
        {
            INetwork loaded = Create(type);
            loaded.Initialize(7);
            load(loaded);
            Assert.Equal(Numbers.Bits(saved.Parameters), Numbers.Bits(loaded.Parameters));
        }
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void The_file_says_names_shapes_fingerprint_and_layers(Type type)
    {
        INetwork network = Create(type);
        var file = SafetensorsFile.Read(StoredFiles.Of(network));
        Assert.True(file.IsFromBackpropGen);
        Assert.Equal(network.Tensors.Select(t => t.ToString()), file.Tensors.Select(t => $"{t.Name} [{string.Join(", ", t.Shape)}]"));
        Assert.All(file.Tensors, t => Assert.Equal(SafetensorsType.F32, t.Type));
        Assert.All(network.Tensors, t => Assert.True(file.TryFind(t.Name, out SafetensorsTensor? stored) && stored.Begin == 4L * t.Offset && stored.Length == t.Length));
        Assert.Equal(network.Fingerprint, file.Metadata["backpropgen.fingerprint"]);
        Assert.Equal(((INetworkArchitecture)network).Architecture, file.Metadata["backpropgen.architecture"]);
        Assert.Equal(typeof(Weights).Assembly.GetName().Version!.ToString(3), file.Metadata["backpropgen.version"]);
        Assert.Equal("1", file.Metadata["backpropgen.format"]);
    }

    [Fact]
    public void The_same_network_gives_the_same_bytes_and_data_on_a_boundary()
    {
        byte[] first = StoredFiles.Of(new VectorNet());
        Assert.Equal(first, StoredFiles.Of(new VectorNet()));
        Assert.Equal(0, StoredFiles.HeaderEnd(first) % 8);
        Assert.Equal(StoredFiles.HeaderEnd(first) + (4 * VectorNet.ParameterCount), first.Length);
    }

    [Fact]
    public void Metadata_comes_back_whatever_is_in_it()
    {
        var metadata = new Dictionary<string, string>
        {
            [string.Empty] = string.Empty,
            ["a \"quoted\" \\ key"] = "line\r\n\ttab \u0001 \u007f",
            ["Größe"] = "−1 ∞ 😀 \ufeff\u2028",
            ["trained on"] = "{\"__metadata__\":{}}",
        };
        using var stream = new MemoryStream();
        Weights.Save(new TinyNet(), stream, metadata);
        var file = SafetensorsFile.Read(stream.ToArray());
        Assert.Equal(metadata.OrderBy(p => p.Key, StringComparer.Ordinal), file.Metadata.Where(p => !p.Key.StartsWith("backpropgen.", StringComparison.Ordinal)).OrderBy(p => p.Key, StringComparer.Ordinal));
    }

    [Fact]
    public void The_librarys_own_keys_are_not_for_others()
    {
        var metadata = new Dictionary<string, string> { ["backpropgen.fingerprint"] = "mine" };
        var error = Assert.Throws<ArgumentException>(() => Weights.Save(new TinyNet(), new MemoryStream(), metadata));
        Assert.Contains("'backpropgen.fingerprint' begins with 'backpropgen.'", error.Message, StringComparison.Ordinal);
        metadata = new Dictionary<string, string> { ["half"] = "\ud83d" };
        Assert.Contains("surrogate", Assert.Throws<ArgumentException>(() => Weights.Save(new TinyNet(), new MemoryStream(), metadata)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Loading_leaves_the_optimizer_and_the_gradients_alone()
    {
        byte[] file = StoredFiles.Of(new VectorNet());
        var net = new VectorNet();
        net.TrainStep(Numbers.Values(13), Numbers.Values(5));
        net.Backward(Numbers.Values(13), Numbers.Values(5));
        net.LearningRate = 0.5f;
        int[] state = Numbers.Bits(net.OptimizerState);
        int[] gradients = Numbers.Bits(net.Gradients);
        Weights.Load(net, file);
        Assert.Equal(Numbers.Bits(new VectorNet().Parameters), Numbers.Bits(net.Parameters));
        Assert.Equal(state, Numbers.Bits(net.OptimizerState));
        Assert.Equal(gradients, Numbers.Bits(net.Gradients));
        Assert.Equal((1L, 0.5f), (net.StepCount, net.LearningRate));
    }

    [Fact]
    public void A_replica_loads_for_all()
    {
        var saved = new VectorNet();
        saved.Initialize(5);
        var net = new VectorNet();
        VectorNet replica = net.CreateReplica();
        Weights.Load(replica, StoredFiles.Of(saved));
        Assert.Equal(Numbers.Bits(saved.Parameters), Numbers.Bits(net.Parameters));
    }

    [Fact]
    public void Buffers_are_stored_beside_the_parameters()
    {
        var saved = new Buffered();
        Numbers.Values(3, 5).CopyTo(saved.Buffers);
        Numbers.Values(6, 6).CopyTo(saved.Parameters);
        var file = SafetensorsFile.Read(StoredFiles.Of(saved));
        Assert.Equal(["Scale [6]", "Buffers [3]"], file.Tensors.Select(t => $"{t.Name} [{string.Join(", ", t.Shape)}]"));
        var loaded = new Buffered();
        Weights.Load(loaded, file);
        Assert.Equal(saved.Buffers.ToArray(), loaded.Buffers.ToArray());
        Assert.Equal(saved.Parameters.ToArray(), loaded.Parameters.ToArray());
    }

    [Fact]
    public void A_network_whose_tensors_are_not_its_parameters_is_refused()
    {
        var broken = new Buffered { Tensors = [new NetworkTensor("Scale", 1, true, 5)] };
        Assert.Contains("one behind the other", Assert.Throws<ArgumentException>(() => StoredFiles.Of(broken)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(float.NaN, "NaN")]
    [InlineData(float.PositiveInfinity, "+infinity")]
    [InlineData(float.NegativeInfinity, "-infinity")]
    public void What_is_no_number_is_neither_saved_nor_loaded_unless_asked_for(float value, string text)
    {
        var net = new VectorNet();
        net.Affine2Weights[(3 * 19) + 17] = value;
        using var stream = new MemoryStream();
        string message = Assert.Throws<ArgumentException>(() => Weights.Save(net, stream)).Message;
        Assert.StartsWith($"The network's 'Affine2Weights [37, 19]' has {text} at [3, 17]", message, StringComparison.Ordinal);
        Assert.Equal(0, stream.Length);
        Weights.Save(net, stream, allowNonFinite: true);

        var loaded = new VectorNet();
        message = Assert.Throws<WeightsFormatException>(() => Weights.Load(loaded, stream.ToArray())).Message;
        Assert.StartsWith($"The file's 'Affine2Weights F32 [37, 19]' has {text} at [3, 17]", message, StringComparison.Ordinal);
        Assert.Equal(Numbers.Bits(new VectorNet().Parameters), Numbers.Bits(loaded.Parameters));
        Weights.Load(loaded, stream.ToArray(), allowNonFinite: true);
        Assert.Equal(Numbers.Bits(net.Parameters), Numbers.Bits(loaded.Parameters));
    }

    [Fact]
    public void Nulls_are_named()
    {
        byte[] bytes = StoredFiles.Of(new TinyNet());
        var file = SafetensorsFile.Read(bytes);
        Assert.Equal("network", Assert.Throws<ArgumentNullException>(() => Weights.Save(null!, new MemoryStream())).ParamName);
        Assert.Equal("network", Assert.Throws<ArgumentNullException>(() => Weights.Save(null!, "there")).ParamName);
        Assert.Equal("path", Assert.Throws<ArgumentNullException>(() => Weights.Save(new TinyNet(), (string)null!)).ParamName);
        Assert.Equal("stream", Assert.Throws<ArgumentNullException>(() => Weights.Save(new TinyNet(), (Stream)null!)).ParamName);
        Assert.Equal("network", Assert.Throws<ArgumentNullException>(() => Weights.Load(null!, bytes)).ParamName);
        Assert.Equal("network", Assert.Throws<ArgumentNullException>(() => Weights.Load(null!, "there")).ParamName);
        Assert.Equal("network", Assert.Throws<ArgumentNullException>(() => Weights.Load(null!, new MemoryStream())).ParamName);
        Assert.Equal("network", Assert.Throws<ArgumentNullException>(() => Weights.Load(null!, file)).ParamName);
        Assert.Equal("path", Assert.Throws<ArgumentNullException>(() => Weights.Load(new TinyNet(), (string)null!)).ParamName);
        Assert.Equal("stream", Assert.Throws<ArgumentNullException>(() => Weights.Load(new TinyNet(), (Stream)null!)).ParamName);
        Assert.Equal("file", Assert.Throws<ArgumentNullException>(() => Weights.Load(new TinyNet(), (SafetensorsFile)null!)).ParamName);
    }

    private static IEnumerable<Action<INetwork>> Ways(byte[] file)
    {
        yield return net => Weights.Load(net, file);
        yield return net => Weights.Load(net, new MemoryStream(file));
        yield return net => Weights.Load(net, new StoredFiles.Trickle(file));
        yield return net =>
        {
            using var folder = new StoredFiles.Folder();
            File.WriteAllBytes(folder.File("weights"), file);
            Weights.Load(net, folder.File("weights"));
        };
    }

    private static INetwork Create(Type type) => (INetwork)Activator.CreateInstance(type)!;

    // Every kind of number that is one.
    private static void Stress(Span<float> values)
    {
        float[] special = [-0f, 0f, float.Epsilon, -float.Epsilon, 1e-40f, float.MaxValue, float.MinValue, MathF.PI];
        for (int i = 0; i < values.Length; i += 3)
        {
            values[i] = special[i / 3 % special.Length];
        }
    }

    /// <summary>A network with values beside its parameters, as normalisation keeps them.</summary>
    private sealed class Buffered : INetwork
    {
        private readonly float[] parameters = new float[6];
        private readonly float[] buffers = new float[3];

        public int Threads { get; set; } = 1;

        public int InputSize => 6;

        public int OutputSize => 6;

        public Span<float> Parameters => parameters;

        public Span<float> Buffers => buffers;

        public string Fingerprint => "by hand";

        public IReadOnlyList<NetworkTensor> Tensors { get; init; } = [new NetworkTensor("Scale", 0, true, 6)];

        public void Initialize(int seed) => throw new NotSupportedException();

        public void Forward(ReadOnlySpan<float> input, Span<float> output) => throw new NotSupportedException();
    }
}
