using System;
using System.Linq;
using Xunit;
using Xunit.Abstractions;

namespace BackpropGen.Compiler.Tests;

/// <summary>
/// One sample has code of its own, whose registers end where a layer ends: whatever is left of a layer's width, and whether its sums are written
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
            var each = new float[9 * outputs];
            for (int n = 0; n < 9; n++)
            {
                var one = new float[outputs];
                network.Forward(batch.Input.AsSpan(n * inputs, inputs), one);
                one.CopyTo(each, n * outputs);
            }

            agreement.Check($"{network.Description}: outputs", together, each);
        }

        output.WriteLine($"{networks.Length} networks, {agreement}");
        agreement.Assert();
    }
}
