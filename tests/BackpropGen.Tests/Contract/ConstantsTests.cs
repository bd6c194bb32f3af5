using System.Linq;
using Xunit;

namespace BackpropGen.Tests.Contract;

/// <summary>InputSize, OutputSize, ParameterCount, WorkspaceSamples, WorkspaceBytes and Fingerprint.</summary>
public sealed class ConstantsTests
{
    // Only constants can stand here.
    private const int Constants = TinyNet.InputSize + TinyNet.OutputSize + TinyNet.ParameterCount + TinyNet.WorkspaceSamples + TinyNet.WorkspaceBytes;
    private const string Print = TinyNet.Fingerprint;

    [Fact]
    public void They_are_constants()
    {
        Assert.True(Constants >= 2 + 1 + 13);
        Assert.NotEmpty(Print);
    }

    [Fact]
    public void InputSize_and_OutputSize_are_values_per_sample()
    {
        Assert.Equal((2, 1), (TinyNet.InputSize, TinyNet.OutputSize));
        Assert.Equal((13, 5), (VectorNet.InputSize, VectorNet.OutputSize));
        Assert.Equal((6 * 4, 6 * 3), (SequenceClassifier.InputSize, SequenceClassifier.OutputSize));
        Assert.Equal((3 * 4 * 5, 3 * 4 * 5), (ImageClassifier.InputSize, ImageClassifier.OutputSize));
        Assert.Equal((3, 3), (Parameterless.InputSize, Parameterless.OutputSize));
    }

    [Fact]
    public void ParameterCount_counts_every_tensor_frozen_ones_included()
    {
        Assert.Equal((2 * 3) + 3 + 3 + 1, TinyNet.ParameterCount);
        Assert.Equal((13 * 37) + 37 + (37 * 19) + 19 + (19 * 5) + 5, VectorNet.ParameterCount);
        Assert.Equal((9 * 21) + 21 + (21 * 18) + 18 + (18 * 4) + 4, Frozen.ParameterCount);
        Assert.Equal((12 * 17) + (17 * 3), NoBias.ParameterCount);
        Assert.Equal((4 * 19) + 19 + (19 * 3) + 3, SequenceClassifier.ParameterCount);
        Assert.Equal(8, AllFrozen.ParameterCount);
        Assert.Equal(0, Parameterless.ParameterCount);
    }

    [Fact]
    public void ParameterCount_is_the_length_of_Parameters_and_of_Gradients()
    {
        Assert.Equal((VectorNet.ParameterCount, VectorNet.ParameterCount), Lengths(new VectorNet()));
        Assert.Equal((Frozen.ParameterCount, Frozen.ParameterCount), Lengths(new Frozen()));
        Assert.Equal((AllFrozen.ParameterCount, AllFrozen.ParameterCount), Lengths(new AllFrozen()));
        Assert.Equal((0, 0), Lengths(new Parameterless()));
    }

    [Fact]
    public void Workspace_sets_how_many_samples_the_workspace_holds()
    {
        Assert.Equal(5, Classifier.WorkspaceSamples);
        Assert.Equal(5, Model.WorkspaceSamples);
        Assert.Equal(4, SequenceClassifier.WorkspaceSamples);
        Assert.Equal(3, VectorSum.WorkspaceSamples);
    }

    [Fact]
    public void Without_it_the_planner_chooses()
    {
        Assert.InRange(VectorNet.WorkspaceSamples, 1, 1 << 20);
        Assert.InRange(TinyNet.WorkspaceSamples, 1, 1 << 20);
    }

    [Fact]
    public void WorkspaceBytes_is_the_size_of_the_workspace()
    {
        // What is kept between forward and backward: a value per hidden unit and sample at least.
        Assert.InRange(Classifier.WorkspaceBytes, 5 * 33 * sizeof(float), 5 * 33 * sizeof(float) * 20);
        Assert.InRange(Model.WorkspaceBytes, 5 * 40 * sizeof(float), 5 * 40 * sizeof(float) * 20);
        Assert.Equal(0, Classifier.WorkspaceBytes % sizeof(float));
        Assert.True(TinyNet.WorkspaceBytes >= 0);
    }

    [Fact]
    public void The_fingerprint_is_of_layers_sizes_and_storage_order()
    {
        Assert.Equal(SameA.Fingerprint, SameB.Fingerprint);
        string[] different =
        [
            SameA.Fingerprint, OtherSize.Fingerprint, OtherLayer.Fingerprint, OtherLayout.Fingerprint, OtherBias.Fingerprint, OneMoreLayer.Fingerprint,
            AsSequence.Fingerprint, AsImage.Fingerprint,
        ];
        Assert.Equal(different.Length, different.Distinct().Count());
    }

    [Fact]
    public void The_fingerprint_is_pinned_for_saved_parameters_outlive_a_version() =>
        Assert.Equal(PinnedFingerprint, SameA.Fingerprint);

    private const string PinnedFingerprint = "909ecb96f3b23e63";

    private static (int Parameters, int Gradients) Lengths(VectorNet net) => (net.Parameters.Length, net.Gradients.Length);

    private static (int Parameters, int Gradients) Lengths(Frozen net) => (net.Parameters.Length, net.Gradients.Length);

    private static (int Parameters, int Gradients) Lengths(AllFrozen net) => (net.Parameters.Length, net.Gradients.Length);

    private static (int Parameters, int Gradients) Lengths(Parameterless net) => (net.Parameters.Length, net.Gradients.Length);
}

[Affine(4, 3)]
[Tanh]
[Affine(3, 2)]
[MseLoss]
[Adam]
internal sealed partial class SameA;

[Affine(4, 3, Name = "First", Initializer = Initializer.HeNormal)]
[Tanh(Name = "Bend")]
[Affine(outputs: 2, inputs: 3, Trainable = false)]
[HuberLoss]
[Sgd(0.1f, Momentum = 0.9f)]
[Workspace(9)]
internal sealed partial class SameB;

[Affine(4, 5)]
[Tanh]
[Affine(5, 2)]
internal sealed partial class OtherSize;

[Affine(4, 3)]
[Sigmoid]
[Affine(3, 2)]
internal sealed partial class OtherLayer;

[Affine(4, 3)]
[Tanh]
[Affine(3, 2, Layout = WeightLayout.OutIn)]
internal sealed partial class OtherLayout;

[Affine(4, 3)]
[Tanh]
[Affine(3, 2, Bias = false)]
internal sealed partial class OtherBias;

[Affine(4, 3)]
[Tanh]
[Affine(3, 2)]
[Tanh]
internal sealed partial class OneMoreLayer;

[Input(5, 4)]
[Affine(4, 3)]
[Tanh]
[Affine(3, 2)]
internal sealed partial class AsSequence;

[Input(2, 5, 4)]
[Affine(4, 3)]
[Tanh]
[Affine(3, 2)]
internal sealed partial class AsImage;
