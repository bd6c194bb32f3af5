using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace BackpropGen.Compiler.Tests;

/// <summary>BPG016: which losses go with which layers, and that what is proposed helps.</summary>
public class LossCheckTests
{
    private static readonly Shape Flat = new(6);

    [Theory]
    [InlineData("Softmax", "CrossEntropyLoss", "CrossEntropyLoss expects logits, for it takes the softmax itself, but Softmax before it gives a distribution over 6 classes", "Remove Softmax")]
    [InlineData("Sigmoid", "BinaryCrossEntropyWithLogitsLoss", "BinaryCrossEntropyWithLogitsLoss expects logits, for it takes the sigmoid itself, but Sigmoid before it gives probabilities [6]", "Remove Sigmoid", "Use BinaryCrossEntropyLoss instead of BinaryCrossEntropyWithLogitsLoss")]
    [InlineData("Relu", "BinaryCrossEntropyLoss", "BinaryCrossEntropyLoss expects probabilities, but Relu before it gives any numbers [6]", "Use BinaryCrossEntropyWithLogitsLoss instead of BinaryCrossEntropyLoss")]
    [InlineData("LogSoftmax", "BinaryCrossEntropyLoss", "BinaryCrossEntropyLoss expects probabilities, but LogSoftmax before it gives log-probabilities [6]", "Use NllLoss instead of BinaryCrossEntropyLoss")]
    [InlineData("Tanh", "NllLoss", "NllLoss expects log-probabilities, but Tanh before it gives any numbers [6]", "Use CrossEntropyLoss instead of NllLoss")]
    [InlineData("Softmax", "NllLoss", "NllLoss expects log-probabilities, but Softmax before it gives a distribution over 6 classes", "Use LogSoftmax instead of Softmax")]
    public void A_loss_that_does_not_fit_is_a_warning_and_says_why(string layer, string loss, string message, params string[] mends)
    {
        ShapeError warning = Assert.Single(NetworkCompiler.Check(Network(layer, loss)));
        Assert.Equal(("BPG016", 2, true), (warning.Id, warning.Layer, warning.IsWarning));
        Assert.Equal(message, warning.Message);
        Assert.Equal(mends, warning.Mends.Select(mend => mend.Title));
    }

    [Theory]
    [InlineData("CrossEntropyLoss", "Softmax")]
    [InlineData("BinaryCrossEntropyWithLogitsLoss", "HardSigmoid Sigmoid Softmax")]
    [InlineData("NllLoss", "all but LogSoftmax")]
    [InlineData("BinaryCrossEntropyLoss", "all but HardSigmoid Sigmoid Softmax")]
    [InlineData("MseLoss", "")]
    [InlineData("SumLoss", "")]
    public void These_layers_do_not_go_before(string loss, string layers)
    {
        // Identity is what comes before it, which is nothing here.
        string[] all = [.. Sampling.NamesOf<LayerAttribute>().Where(layer => layer != "Identity")];
        string[] named = layers.Replace("all but ", "", StringComparison.Ordinal).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        string[] expected = layers.StartsWith("all", StringComparison.Ordinal) ? [.. all.Except(named)] : named;
        Assert.Equal(expected, all.Where(layer => NetworkCompiler.Check(Network(layer, loss)).Count > 0));
    }

    [Fact]
    public void Every_mend_mends()
    {
        int mended = 0;
        foreach (string layer in Sampling.NamesOf<LayerAttribute>())
        {
            foreach (string loss in Sampling.NamesOf<LossAttribute>())
            {
                LayerDeclaration[] network = Network(layer, loss);
                foreach (Mend mend in NetworkCompiler.Check(network).SelectMany(warning => warning.Mends))
                {
                    List<LayerDeclaration> edited = [.. network];
                    if (mend.Kind == MendKind.Remove)
                    {
                        edited.RemoveAt(mend.Layer);
                    }
                    else
                    {
                        Assert.Equal(MendKind.Rename, mend.Kind);
                        edited[mend.Layer] = edited[mend.Layer] with { Kind = mend.Text };
                    }

                    Assert.Empty(NetworkCompiler.Check(edited));
                    mended++;
                }
            }
        }

        Assert.True(mended > 30, $"Only {mended} mends were tried.");
    }

    [Fact]
    public void What_passes_values_on_is_looked_through()
    {
        LayerDeclaration identity = Sampling.Declare("Identity");
        LayerDeclaration[] network = [Sampling.Input(Flat), Sampling.Declare("Softmax"), identity, identity, Sampling.Declare("CrossEntropyLoss")];
        ShapeError warning = Assert.Single(NetworkCompiler.Check(network));
        Assert.Equal(1, Assert.Single(warning.Mends).Layer);
        Assert.Empty(NetworkCompiler.Check([Sampling.Input(Flat), identity, Sampling.Declare("NllLoss")]));
    }

    [Fact]
    public void A_loss_is_judged_where_no_shape_is_known_yet()
    {
        IReadOnlyList<ShapeError> errors = NetworkCompiler.Check([Sampling.Declare("Relu"), Sampling.Declare("Softmax"), Sampling.Declare("CrossEntropyLoss")]);
        Assert.Equal(["BPG012", "BPG016"], errors.Select(error => error.Id));
        Assert.EndsWith("but Softmax before it gives a distribution", errors[1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_said_across_what_is_not_understood() =>
        Assert.Empty(NetworkCompiler.Check([Sampling.Input(Flat), Sampling.Declare("Softmax"), new LayerDeclaration("Afine", false, default), Sampling.Declare("CrossEntropyLoss")]));

    [Fact]
    public void A_network_with_a_warning_is_emitted_whole()
    {
        var declaration = new NetworkDeclaration(string.Empty, default, "Net", "Net", Network("Softmax", "CrossEntropyLoss").ToEquatableArray(), new TargetCapabilities(true, true));
        Assert.DoesNotContain("InvalidOperationException", NetworkCompiler.Emit(declaration), StringComparison.Ordinal);
    }

    private static LayerDeclaration[] Network(string layer, string loss) =>
        [Sampling.Input(Flat), layer == "Affine" ? Sampling.Declare("Affine", ("inputs", 6), ("outputs", 6)) : Sampling.Declare(layer), Sampling.Declare(loss)];
}
