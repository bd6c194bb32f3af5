using System;
using System.Collections.Generic;
using System.IO;
using BackpropGen.Tests.Contract;
using Xunit;

namespace BackpropGen.Tests.Storage;

/// <summary>
/// Weights of PyTorch in both storage orders: PyTorch/make_weights.py wrote the files, with what PyTorch computes. A folder that
/// BACKPROPGEN_PYTORCH names is read in place of the committed one.
/// </summary>
public sealed class PyTorchTests
{
    private static readonly string Folder =
        Environment.GetEnvironmentVariable("BACKPROPGEN_PYTORCH") ?? Path.Combine(AppContext.BaseDirectory, "Weights", "PyTorch");

    public static TheoryData<string, bool> Files => new()
    {
        { "sequential-f32", false },
        { "sequential-f64", false },
        { "sequential-f16", false },
        { "sequential-bf16", false },
        { "named", true },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void Both_orders_compute_what_PyTorch_computes(string name, bool isNamed)
    {
        var expected = SafetensorsFile.Open(Path.Combine(Folder, "expected.safetensors"));
        var input = new float[5 * 4];
        expected.ReadFloats("input", input);
        var output = new float[5 * 3];
        expected.ReadFloats("output." + name.Replace("sequential-", string.Empty, StringComparison.Ordinal), output);
        WeightMap map = isNamed ? WeightMap.FromPyTorch("fc1", "head") : WeightMap.FromPyTorch("0", "2");
        foreach (INetwork network in new INetwork[] { new SquareInOut(), new SquareOutIn(), new SquareMixed() })
        {
            Weights.Load(network, Path.Combine(Folder, name + ".safetensors"), map);
            var computed = new float[output.Length];
            network.Forward(input, computed);
            Numbers.AssertClose(output, computed, 1e-6);
        }
    }

    [Fact]
    public void Read_the_wrong_way_round_a_square_matrix_computes_something_else()
    {
        // So that the test above says something: the two orders are not the same numbers.
        var right = new SquareInOut();
        var wrong = new SquareInOut();
        string path = Path.Combine(Folder, "sequential-f32.safetensors");
        Weights.Load(right, path, WeightMap.FromPyTorch("0", "2"));
        var names = new Dictionary<string, string> { ["Affine1Weights"] = "0.weight", ["Affine1Bias"] = "0.bias", ["Affine2Weights"] = "2.weight", ["Affine2Bias"] = "2.bias" };
        Assert.Contains("'Affine2Weights [4, 3]' ('2.weight' there): found [3, 4], expected [4, 3]", Assert.Throws<WeightsFormatException>(() => Weights.Load(wrong, path, WeightMap.Stored(WeightLayout.InOut, names))).Message, StringComparison.Ordinal);
        Assert.NotEqual(right.Affine1Weights[1], right.Affine1Weights[4]);
    }

    [Fact]
    public void What_PyTorch_wrote_is_not_taken_for_this_librarys()
    {
        var file = SafetensorsFile.Open(Path.Combine(Folder, "sequential-f32.safetensors"));
        Assert.False(file.IsFromBackpropGen);
        Assert.Equal("pt", file.Metadata["format"]);
        Assert.Throws<WeightsFormatException>(() => Weights.Load(new SquareInOut(), file));
    }
}
