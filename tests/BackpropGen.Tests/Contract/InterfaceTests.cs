using System;
using System.Linq;
using Xunit;

namespace BackpropGen.Tests.Contract;

/// <summary>The library's interfaces, for code that takes any network.</summary>
public sealed class InterfaceTests
{
    [Fact]
    public void Every_network_is_an_INetwork()
    {
        Assert.IsAssignableFrom<INetwork>(new TinyModel());
        Assert.IsAssignableFrom<INetwork>(new Evaluated());
        Assert.IsAssignableFrom<INetwork>(new Parameterless());
        Assert.IsNotAssignableFrom<ITrainable>(new TinyModel());
    }

    [Fact]
    public void With_an_optimizer_it_is_an_ITrainable()
    {
        Assert.IsAssignableFrom<ITrainable>(new Policy());
        Assert.IsAssignableFrom<ITrainable>(new TinyNet());
        Assert.IsNotAssignableFrom<ITargetTrainable>(new Policy());
    }

    [Fact]
    public void With_a_loss_too_it_is_an_ITargetTrainable_and_with_labels_an_ILabelTrainable()
    {
        Assert.IsAssignableFrom<ITargetTrainable>(new TinyNet());
        Assert.IsNotAssignableFrom<ILabelTrainable>(new TinyNet());
        Assert.IsAssignableFrom<ITargetTrainable>(new Classifier());
        Assert.IsAssignableFrom<ILabelTrainable>(new Classifier());
        Assert.IsAssignableFrom<ILabelTrainable>(new ImageClassifier());
        Assert.IsAssignableFrom<ITargetTrainable>(new TinySum());
        Assert.IsNotAssignableFrom<ILabelTrainable>(new TinySum());
    }

    [Fact]
    public void With_a_loss_it_says_what_the_loss_is()
    {
        static (Reduction, bool, int, int) Of(object network) => network is IDeclaredLoss loss ? (loss.Reduction, loss.ReadsTarget, loss.Classes, loss.ClassStride) : default;
        Assert.IsNotAssignableFrom<IDeclaredLoss>(new TinyModel());
        Assert.IsNotAssignableFrom<IDeclaredLoss>(new Policy());
        Assert.Equal((Reduction.Mean, true, 0, 0), Of(new Evaluated()));
        Assert.Equal((Reduction.Sum, false, 0, 0), Of(new TinySum()));
        Assert.Equal((Reduction.Mean, true, 10, 1), Of(new Classifier()));
        Assert.Equal((Reduction.Mean, true, 3, 1), Of(new SequenceClassifier()));
        Assert.Equal((Reduction.Mean, true, 3, 20), Of(new ImageClassifier()));
    }

    [Fact]
    public void They_are_implemented_explicitly()
    {
        // Nothing public but the contract's members.
        string[] expected =
        [
            "Accumulate", "Affine1Bias", "Affine1BiasGradient", "Affine1Weights", "Affine1WeightsGradient", "Backward", "BackwardFrom", "CreateReplica",
            "Fingerprint", "Forward", "Gradients", "Initialize", "InputSize", "LearningRate", "Loss", "OptimizerState", "OutputSize", "ParameterCount",
            "Parameters", "Predict", "Step", "StepCount", "Threads", "TrainStep", "WorkspaceBytes", "WorkspaceSamples",
        ];
        string[] actual = typeof(TinyClassifier).GetMembers()
            .Where(m => m.DeclaringType == typeof(TinyClassifier) && m.Name != ".ctor" && !m.Name.StartsWith("get_", StringComparison.Ordinal) && !m.Name.StartsWith("set_", StringComparison.Ordinal))
            .Select(m => m.Name).Distinct().Order(StringComparer.Ordinal).ToArray();
        Assert.Equal(expected, actual);
    }

    [Fact]
    public void A_generic_method_sees_the_same_network()
    {
        var net = new Frozen();
        float[] x = Numbers.Values(27);
        float[] expected = new float[12];
        net.Forward(x, expected);
        Assert.Equal(Numbers.Bits(expected), Numbers.Bits(Run(net, x)));
        Assert.Equal((Frozen.InputSize, Frozen.OutputSize, Frozen.Fingerprint), Describe(net));
    }

    [Fact]
    public void Tensors_say_names_places_and_shapes()
    {
        var net = new Frozen();
        INetwork network = net;
        Assert.Equal(
            ["Affine1Weights [9, 21]", "Affine1Bias [21]", "Affine2Weights [21, 18]", "Affine2Bias [18]", "Affine3Weights [18, 4]", "Affine3Bias [4]"],
            network.Tensors.Select(t => t.ToString()));
        Assert.Equal([true, true, false, false, true, true], network.Tensors.Select(t => t.IsTrainable));
        int offset = 0;
        foreach (NetworkTensor tensor in network.Tensors)
        {
            Assert.Equal(offset, tensor.Offset);
            offset += tensor.Length;
        }

        Assert.Equal(Frozen.ParameterCount, offset);
        NetworkTensor second = network.Tensors[2];
        Assert.Equal(net.Affine2Weights.ToArray(), network.Parameters.Slice(second.Offset, second.Length).ToArray());
        Assert.Equal([23, 19], ((INetwork)new OutIn()).Tensors[0].Shape);
        Assert.Equal([3, 4], ((INetwork)new Named()).Tensors.Single(t => t.Name == "HiddenWeights").Shape);
        Assert.Empty(((INetwork)new Parameterless()).Tensors);
    }

    [Fact]
    public void Buffers_are_empty_where_there_are_none() => Assert.True(((INetwork)new VectorNet()).Buffers.IsEmpty);

    [Fact]
    public void Training_through_an_interface_is_training_the_object()
    {
        var direct = new VectorNet();
        var through = new VectorNet();
        float[] x = Numbers.Values(26);
        float[] t = Numbers.Values(10, 2);
        var dx = new float[26];
        var dxThrough = new float[26];
        float loss = direct.TrainStep(x, t) + direct.Loss(x, t) + direct.Backward(x, t, dx) + direct.Accumulate(x, t);
        direct.Step();
        Assert.Equal(loss, Train(through, x, t, dxThrough));
        Assert.Equal(Numbers.Bits(direct.Parameters), Numbers.Bits(through.Parameters));
        Assert.Equal(Numbers.Bits(direct.Gradients), Numbers.Bits(((ITrainable)through).Gradients));
        Assert.Equal(Numbers.Bits(direct.OptimizerState), Numbers.Bits(((ITrainable)through).OptimizerState));
        Assert.Equal(dx, dxThrough);
        Assert.Equal(2, ((ITrainable)through).StepCount);
        ((ITrainable)through).LearningRate = 0.5f;
        ((ITrainable)through).StepCount = 7;
        Assert.Equal((0.5f, 7L), (through.LearningRate, through.StepCount));
        ((INetwork)through).Initialize(3);
        direct.Initialize(3);
        Assert.Equal(Numbers.Bits(direct.Parameters), Numbers.Bits(through.Parameters));
        Assert.Equal(0.01f, through.LearningRate);
    }

    [Fact]
    public void Labels_go_through_their_interface()
    {
        var direct = new Classifier();
        var through = new Classifier();
        float[] x = Numbers.Values(32);
        int[] labels = [3, 7];
        float loss = direct.TrainStep(x, labels) + direct.Loss(x, labels) + direct.Backward(x, labels) + direct.Accumulate(x, labels);
        Assert.Equal(loss, Train(through, x, labels));
        Assert.Equal(Numbers.Bits(direct.Parameters), Numbers.Bits(through.Parameters));
        Assert.Equal(Numbers.Bits(direct.Gradients), Numbers.Bits(through.Gradients));
        Assert.Throws<ArgumentException>(() => Train(through, x, [3, 10]));
    }

    [Fact]
    public void An_abstract_class_is_a_network_too()
    {
        Shaped net = new Round();
        Assert.Equal((2, 3, Shaped.Fingerprint), Describe(net));
    }

    private static float[] Run<TNetwork>(TNetwork net, float[] input)
        where TNetwork : INetwork
    {
        var output = new float[input.Length / net.InputSize * net.OutputSize];
        net.Forward(input, output);
        return output;
    }

    private static (int Inputs, int Outputs, string Fingerprint) Describe(INetwork net) => (net.InputSize, net.OutputSize, net.Fingerprint);

    private static float Train<TNetwork>(TNetwork net, float[] x, float[] t, float[] dx)
        where TNetwork : ITargetTrainable
    {
        float loss = net.TrainStep(x, t) + net.Loss(x, t) + net.Backward(x, t, dx) + net.Accumulate(x, t);
        net.Step();
        return loss;
    }

    private static float Train<TNetwork>(TNetwork net, float[] x, int[] labels)
        where TNetwork : ILabelTrainable =>
        net.TrainStep(x, labels) + net.Loss(x, labels) + net.Backward(x, labels) + net.Accumulate(x, labels);
}
