using System;
using Xunit;

namespace BackpropGen.Tests;

public class NetworkTensorTests
{
    [Fact]
    public void A_tensor_knows_its_place_and_shape()
    {
        int[] shape = [64, 32];
        NetworkTensor tensor = new("Affine1Weights", 16, true, shape);
        shape[0] = 1;
        Assert.Equal("Affine1Weights", tensor.Name);
        Assert.Equal(16, tensor.Offset);
        Assert.Equal(2048, tensor.Length);
        Assert.Equal([64, 32], tensor.Shape);
        Assert.True(tensor.IsTrainable);
        Assert.Equal("Affine1Weights [64, 32]", tensor.ToString());
    }

    [Fact]
    public void What_is_no_tensor_is_refused()
    {
        Assert.Equal("name", Assert.Throws<ArgumentNullException>(() => new NetworkTensor(null!, 0, true, 1)).ParamName);
        Assert.Equal("name", Assert.Throws<ArgumentException>(() => new NetworkTensor("", 0, true, 1)).ParamName);
        Assert.Equal("offset", Assert.Throws<ArgumentOutOfRangeException>(() => new NetworkTensor("W", -1, true, 1)).ParamName);
        Assert.Equal("shape", Assert.Throws<ArgumentNullException>(() => new NetworkTensor("W", 0, true, null!)).ParamName);
        Assert.Equal("shape", Assert.Throws<ArgumentException>(() => new NetworkTensor("W", 0, true)).ParamName);
        Assert.Equal("shape", Assert.Throws<ArgumentOutOfRangeException>(() => new NetworkTensor("W", 0, true, 2, 0)).ParamName);
        Assert.Equal("shape", Assert.Throws<ArgumentOutOfRangeException>(() => new NetworkTensor("W", 0, true, 65536, 65536, 65536, 65536)).ParamName);
        Assert.Equal("shape", Assert.Throws<ArgumentOutOfRangeException>(() => new NetworkTensor("W", int.MaxValue, true, 1)).ParamName);
    }

    [Fact]
    public void A_tensor_may_say_its_layer_and_which_axis_is_the_inputs()
    {
        NetworkTensor silent = new("W", 0, true, 2, 3);
        Assert.Equal((string.Empty, null), (silent.Layer, silent.Layout));
        NetworkTensor weights = new("HiddenWeights", "Hidden", WeightLayout.OutIn, 4, false, 2, 3);
        Assert.Equal(("Hidden", WeightLayout.OutIn, 4, false, 6), (weights.Layer, weights.Layout, weights.Offset, weights.IsTrainable, weights.Length));
        Assert.Null(new NetworkTensor("HiddenBias", "Hidden", null, 4, true, 2).Layout);
        Assert.Equal("layer", Assert.Throws<ArgumentNullException>(() => new NetworkTensor("W", null!, null, 0, true, 1)).ParamName);
        Assert.Equal("layer", Assert.Throws<ArgumentException>(() => new NetworkTensor("W", "X", null, 0, true, 1)).ParamName);
        Assert.Equal("layout", Assert.Throws<ArgumentException>(() => new NetworkTensor("W", "W", WeightLayout.InOut, 0, true, 1)).ParamName);
        Assert.Equal("layout", Assert.Throws<ArgumentOutOfRangeException>(() => new NetworkTensor("W", "W", (WeightLayout)2, 0, true, 1, 1)).ParamName);
    }

    [Fact]
    public void A_networks_tensors_say_theirs()
    {
        Assert.All(((INetwork)new Contract.InOut()).Tensors, t => Assert.Equal(t.Shape.Count == 2 ? WeightLayout.InOut : null, t.Layout));
        Assert.All(((INetwork)new Contract.OutIn()).Tensors, t => Assert.Equal(t.Shape.Count == 2 ? WeightLayout.OutIn : null, t.Layout));
        Assert.Equal(["Affine1", "Affine1", "Hidden", "Hidden", "Affine3", "Affine3"], System.Linq.Enumerable.Select(((INetwork)new Contract.Named()).Tensors, t => t.Layer));
        Assert.Equal("19;Affine(19,23,True,OutIn);Tanh;Affine(23,2,True,OutIn)", ((INetworkArchitecture)new Contract.OutIn()).Architecture);
    }
}
