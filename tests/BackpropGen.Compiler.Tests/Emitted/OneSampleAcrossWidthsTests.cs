using System;
using System.Linq;
using Xunit;
using Xunit.Abstractions;

namespace BackpropGen.Compiler.Tests;

/// <summary>
/// One sample has code of its own, and so have two at once, whose registers end where a layer ends: whatever is left of a layer's width, and whether its sums are written
/// out or in loops, it computes what batches do.
/// </summary>
public sealed class OneSampleAcrossWidthsTests(ITestOutputHelper output)
{
    private static readonly string[] Losses = ["MseLoss", "MaeLoss", "HuberLoss(0.3f)", "LogCoshLoss", "BinaryCrossEntropyWithLogitsLoss", "CrossEntropyLoss"];

    // Every remainder of a register of 16, of 8 and of 4, and several registers before it.
    private static readonly int[] Widths = [.. Enumerable.Range(2, 33), 47, 49, 63, 65, 66, 68, 97, 100, 105, 127, 128];

    [Fact]
    public void A_layer_of_any_width_computes_what_it_does_in_batches() =>
        Compare([.. Widths.Select((width, i) => (string[])[$"Affine({width + (i % 3)}, {width}{Layout(i)})", Losses[i % Losses.Length], "Sgd(0.01f)"])]);

    [Fact]
    public void Layers_of_any_width_compute_what_they_do_in_batches()
    {
        int[] widths = [9, 18, 27, 33, 40, 47, 50, 63, 64, 65, 97, 100, 127];
        Compare([.. widths.Select((width, i) => (string[])[$"Affine({width}, {width})", "Relu", $"Affine({width}, {width + (i % 2)}{Layout(i)})", "Tanh", $"Affine({width + (i % 2)}, {width})", Losses[i % Losses.Length], "Sgd(0.01f)"])]);
    }

    [Fact]
    public void Other_layers_compute_what_they_do_in_batches() => Compare(
    [
        ["Input(3, 7)", "Affine(7, 5)", "Tanh", "MseLoss", "Sgd(0.01f)"],
        ["Input(2, 9)", "Softmax", "Affine(9, 8)", "Silu", "MseLoss", "Sgd(0.01f)"],
        ["Affine(9, 17, Bias = false)", "Sigmoid", "Affine(17, 8, Bias = false)", "Softmax", "MseLoss", "Sgd(0.01f)"],
        ["Affine(6, 12)", "LogSoftmax", "NllLoss", "Sgd(0.01f)"],
        ["Affine(20, 20)", "Relu", "Affine(20, 40, Layout = WeightLayout.OutIn)", "MseLoss", "Sgd(0.01f)"],
        ["Affine(21, 96)", "Gelu", "Affine(96, 2)", "MseLoss", "Sgd(0.01f)"],
        ["Affine(8, 8)", "Relu", "Affine(8, 8)", "Selu", "Affine(8, 1)", "MseLoss", "Sgd(0.01f)"],
        ["Affine(5, 4)", "Elu", "Affine(4, 2)", "Mish", "Affine(2, 4)", "Softplus", "MseLoss", "Sgd(0.01f)"],
    ]);

    [Fact]
    public void An_infinite_weight_counts_once_where_registers_overlap()
    {
        EmittedAssembly assembly = EmittedAssembly.Of([.. Widths.Select(width => (string[])[$"Affine({width}, {width})", $"Affine({width}, {width})", "MseLoss", "Sgd(0.01f)"])]);
        for (int i = 0; i < assembly.Count; i++)
        {
            EmittedNetwork network = assembly.Create(i);
            int width = network.InputSize;
            for (int lane = 0; lane < width; lane++)
            {
                network.Initialize(i);
                network.Parameters[((width + 1) * width) + lane] = float.PositiveInfinity; // the second layer's, of its first input's row
                Batch batch = Batch.Of(network, samples: 9, seed: i);
                float[] gradient = [.. batch.Input.Select(x => x + 0.5f)];
                var together = new float[9 * width];
                network.BackwardFrom(batch.Input, gradient, together);
                var one = new float[width];
                network.BackwardFrom(batch.Input.AsSpan(0, width), gradient.AsSpan(0, width), one);
                for (int k = 0; k < width; k++)
                {
                    Assert.True(float.IsNaN(together[k]) == float.IsNaN(one[k]), $"{network.Description}, infinite in lane {lane}: {one[k]} for one sample, {together[k]} for nine.");
                }
            }
        }
    }

    private static string Layout(int i) => i % 5 == 4 ? ", Layout = WeightLayout.OutIn" : string.Empty;

    private void Compare(string[][] networks)
    {
        EmittedAssembly assembly = EmittedAssembly.Of(networks);
        var agreement = new Agreement(1e-5);
        for (int i = 0; i < assembly.Count; i++)
        {
            TrainStepTests.Compare(assembly, i, samples: 1, agreement);
            EmittedNetwork network = assembly.Create(i);
            Batch batch = Batch.Of(network, samples: 9, seed: i);
            int inputs = network.InputSize, outputs = network.OutputSize;
            var together = new float[9 * outputs];
            network.Forward(batch.Input, together);
            foreach (int samples in (int[])[1, 2, 3, 7])
            {
                // Few by few, as a line works on them: one, two at once, and what an odd number leaves.
                var few = new float[9 * outputs];
                for (int first = 0; first < 9; first += samples)
                {
                    int count = Math.Min(samples, 9 - first);
                    network.Forward(batch.Input.AsSpan(first * inputs, count * inputs), few.AsSpan(first * outputs, count * outputs));
                }

                agreement.Check($"{network.Description}: outputs of {samples} at a time", together, few);
            }
        }

        output.WriteLine($"{networks.Length} networks, {agreement}");
        agreement.Assert();
    }
}
