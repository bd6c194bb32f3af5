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
}
