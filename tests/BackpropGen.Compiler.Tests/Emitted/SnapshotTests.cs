using System.Linq;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Xunit;

namespace BackpropGen.Compiler.Tests;

/// <summary>The emitted text of five networks, to read what a change does to what users read.</summary>
public sealed class SnapshotTests
{
    [Fact]
    public void Card() => Verify("[Affine(3, 2)] [Sigmoid] [MseLoss] public partial class Card { }");

    [Fact]
    public void Xor() => Verify("[Affine(2, 8)] [Tanh] [Affine(8, 1)] [BinaryCrossEntropyWithLogitsLoss] [Adam(0.05f)] internal sealed partial class XorNet { }");

    [Fact]
    public void Digits() => Verify("namespace Digits { [Affine(64, 32)] [Relu] [Affine(32, 10)] [CrossEntropyLoss] [Adam(0.001f)] public sealed partial class DigitNet { } }");

    [Fact]
    public void Every_layer()
    {
        string layers = string.Concat(RegisteredAttributes.Layers.Select(l => $"[{RegisteredAttributes.Plain(l, 20, 20)}] "));
        Verify($"[Input(20)] {layers}[MaeLoss] public partial class EveryLayer {{ }}");
    }

    [Fact]
    public void No_loss() => Verify("[Affine(24, 12, Layout = WeightLayout.OutIn)] [Tanh] public partial class Features { }");

    /// <summary>Outputs one more than registers hold, forward and backward.</summary>
    [Fact]
    public void Last_column() => Verify("[Affine(16, 33)] public partial class Wide { }");

    /// <summary>A narrow step: its kernels stand in its entry point, terms and rows are four to a call.</summary>
    [Fact]
    public void Controller() => Verify("[Affine(8, 16)] [Tanh] [Affine(16, 2)] [MseLoss] [Sgd(0.01f)] public partial class Controller { }");

    private static void Verify(string network, [CallerMemberName] string method = "")
    {
        Compilation source = Compilations.Create("using BackpropGen;\n" + network);
        Snapshot.Verify(Compilations.Generate(source).GeneratedSources.Single(), nameof(SnapshotTests), method);
    }
}
