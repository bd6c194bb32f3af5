using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;
using Xunit.Abstractions;

namespace BackpropGen.Compiler.Tests;

/// <summary>The emitted float code is held against the interpreter, which runs the layers' own statements in double, for everything in the registry.</summary>
public sealed class EmittedCodeTests(ITestOutputHelper output)
{
    private const double Limit = 1e-5;

    /// <summary>Below, at and above every number of lanes there is, and unrolled twice.</summary>
    private static readonly int[] Widths = [1, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 64, 65];

    /// <summary>Below, at and above a tile, and more than the workspaces below hold.</summary>
    private static readonly int[] Batches = [1, 3, 4, 5, 7, 8, 9, 33];

    [Fact]
    public void Every_layer_between_two_affine_layers_agrees_with_the_interpreter()
    {
        var networks = new List<string[]>();
        string[] losses = RegisteredAttributes.Losses.Select(l => RegisteredAttributes.Plain(l)).ToArray();
        foreach ((int turn, Type layer) in RegisteredAttributes.Layers.Index())
        {
            // Every other width; the next layer has the others. All inputs and outputs of the affine layers come up, in turn.
            foreach (int width in Widths.Where((_, w) => (w + turn) % 2 == 0))
            {
                int i = networks.Count;
                int inputs = Rotate(Widths, (7 * i) + (i / 15));
                int outputs = Rotate(Widths, (4 * i) + (i / 15) + 2);
                networks.Add(
                [
                    Affine(inputs, width, isOutIn: i % 2 == 1),
                    RegisteredAttributes.Plain(layer, width, width),
                    Affine(width, outputs, isOutIn: i / 2 % 2 == 1),
                    "Sigmoid",
                    Rotate(losses, i),
                    $"Workspace({4 + (i % 5)})",
                ]);
            }
        }

        Compare(networks);
    }

    [Fact]
    public void Every_layer_alone_agrees_on_vectors_sequences_and_images()
    {
        var networks = new List<string[]>();
        foreach (Type layer in RegisteredAttributes.Layers)
        {
            int first = networks.Count;
            foreach (int width in Widths)
            {
                int i = networks.Count;
                string input = ((i - first) % 3) switch
                {
                    0 => $"Input({width})",
                    1 => $"Input({Rotate([2, 3, 5], i)}, {width})",
                    _ => $"Input({Rotate([3, 5, 8, 1], i)}, {Rotate([2, 1, 3], i)}, {width})",
                };
                IReadOnlyList<string> texts = RegisteredAttributes.Texts(layer, width, Rotate(Widths, (7 * i) + 3));
                networks.Add([input, Rotate(texts, i - first), "MseLoss(Reduction = Reduction.BatchMean)", $"Workspace({3 + (i % 4)})"]);
            }
        }

        Compare(networks);
    }

    [Fact]
    public void Every_loss_and_reduction_agrees_against_values_and_labels()
    {
        var networks = new List<string[]>();
        foreach (string loss in RegisteredAttributes.Losses.SelectMany(l => RegisteredAttributes.Texts(l)))
        {
            foreach (string input in new[] { "Input(1)", "Input(3)", "Input(17)", "Input(32)", "Input(65)", "Input(3, 9)", "Input(5, 2, 3)" })
            {
                // What comes out lies in (0, 1): every loss is defined there.
                networks.Add([input, "Sigmoid", loss, "Workspace(5)"]);
            }
        }

        Compare(networks);
    }

    [Fact]
    public void Narrow_layers_of_small_networks_agree_with_the_interpreter()
    {
        var networks = new List<string[]>();
        foreach (int outputs in new[] { 2, 4, 8 })
        {
            foreach (int inputs in new[] { 8, 16, 32, 48 })
            {
                int i = networks.Count;
                networks.Add([Affine(Rotate([3, 8, 5], i), inputs, isOutIn: false), "Tanh", Affine(inputs, outputs, isOutIn: false), "MseLoss", "Workspace(1)"]);
                networks.Add([Affine(Rotate([4, 2, 8], i), inputs, isOutIn: false), "Sigmoid", Affine(inputs, outputs, isOutIn: false), "Tanh", Affine(outputs, inputs, isOutIn: true), "MseLoss", "Workspace(9)"]);
            }
        }

        Compare(networks);
    }

    /// <summary>Blocks of 4, 8 or 16 rows and what they leave, in one piece and in several; where two narrow layers meet; and what a user's gradient is given for.</summary>
    [Fact]
    public void Narrow_rows_agree_in_blocks_and_one_by_one()
    {
        var networks = new List<string[]>();
        foreach (int width in Enumerable.Range(2, 16))
        {
            // With the product that the rows come from, of one term and of as many as there may be, and one more.
            int terms = Rotate([128, 1, 7, 31, 16, 127, 129], width);
            networks.Add([$"Affine(3, {terms})", "Relu", $"Affine({terms}, {width}, Bias = {(width % 4 == 2 ? "false" : "true")})", "CrossEntropyLoss", .. width % 2 == 0 ? (string[])["Workspace(20)"] : []]);
            foreach (string[] end in (string[][])[["CrossEntropyLoss"], ["LogSoftmax", "NllLoss"], ["Softmax", "MseLoss"], [$"Affine({width}, {20 - width})", "Softmax", "HuberLoss"]])
            {
                networks.Add([$"Affine(6, {width})", .. end, .. networks.Count % 2 == 0 ? (string[])["Workspace(37)"] : []]);
            }
        }

        EmittedAssembly assembly = EmittedAssembly.Of(networks);
        var agreement = new Agreement(Limit);
        for (int i = 0; i < assembly.Count; i++)
        {
            foreach (int samples in new[] { 1, 2, 3, 8, 16 + (i % 16), 75 })
            {
                Compare(assembly.Create(i), samples, i, agreement);
            }
        }

        output.WriteLine($"{networks.Count} networks, {agreement}");
        agreement.Assert();
    }

    /// <summary>Rows that several registers side by side do not fill: what is left is other registers where they are narrower.</summary>
    [Fact]
    public void What_is_left_of_wide_rows_agrees_for_few_samples()
    {
        int[] widths = [112, 144, 176, 200, 208, 240, 336, 368, 400, 432];
        EmittedAssembly assembly = EmittedAssembly.Of([.. widths.Select(width => (string[])[Affine(150, width, isOutIn: false), "Relu", Affine(width, 5, isOutIn: false), "MseLoss"])]);
        var agreement = new Agreement(Limit);
        for (int i = 0; i < assembly.Count; i++)
        {
            foreach (int samples in new[] { 1, 2, 3, 9 })
            {
                Compare(assembly.Create(i), samples, i, agreement);
            }
        }

        output.WriteLine(agreement.ToString());
        agreement.Assert();
    }

    /// <summary>From 32 rows on, columns of a wide matrix are copied near each other: whole registers of them, and such that overlap.</summary>
    [Fact]
    public void Wide_layers_agree_below_at_and_above_the_rows_that_copy_columns()
    {
        int[] copied = [63, 128, 95, 127], widths = [57, 63, 64, 95, 127, 128, 129, 160];
        EmittedAssembly assembly = EmittedAssembly.Of([.. widths.Select((width, i) => (string[])
        [
            Affine(11, width, isOutIn: false), "Relu", Affine(width, Rotate(copied, i), isOutIn: false), "Tanh", Affine(Rotate(copied, i), width, isOutIn: i % 3 == 2), "MseLoss", "Workspace(36)",
        ])]);
        var agreement = new Agreement(Limit);
        for (int i = 0; i < assembly.Count; i++)
        {
            foreach (int samples in new[] { 31, 32, 33 + i })
            {
                Compare(assembly.Create(i), samples, i, agreement);
            }
        }

        output.WriteLine(agreement.ToString());
        agreement.Assert();
    }

    /// <summary>One column more than registers hold is by itself: of outputs and of inputs, in either layout, below and above the rows that are summed together.</summary>
    [Fact]
    public void A_last_column_by_itself_agrees()
    {
        int[] widths = [33, 49, 65, 81, 97, 113, 129];
        EmittedAssembly assembly = EmittedAssembly.Of([.. widths.SelectMany((width, i) => (string[][])
        [
            [Affine(16 + i, width, isOutIn: false), "Relu", Affine(width, Rotate(widths, i + 3), isOutIn: i % 2 == 0), "Tanh", Affine(Rotate(widths, i + 3), 5, isOutIn: i % 3 == 0), "MseLoss", "Sgd(0.1f)"],
            [$"Affine({width}, {Rotate(widths, i + 2)}, Bias = false)", "CrossEntropyLoss", "Adam", "Workspace(21)"],
            [$"Affine({width}, {Rotate(widths, i + 1)}, Layout = WeightLayout.OutIn, Trainable = {(i % 2 == 0 ? "false" : "true")})", "Relu", Affine(Rotate(widths, i + 1), 6, isOutIn: false), "MseLoss", "Workspace(8)"],
        ]), [Affine(9, 145, isOutIn: false), "Relu", Affine(145, 257, isOutIn: false), "Tanh", Affine(257, 3, isOutIn: true), "MseLoss", "Workspace(24)"]]);
        var agreement = new Agreement(Limit);
        for (int i = 0; i < assembly.Count; i++)
        {
            foreach (int samples in new[] { 1, 2, 3, 4, 5, 17 + (i % 5), 40 })
            {
                Compare(assembly.Create(i), samples, i, agreement);
            }
        }

        output.WriteLine(agreement.ToString());
        agreement.Assert();
    }

    private void Compare(List<string[]> networks)
    {
        EmittedAssembly assembly = EmittedAssembly.Of(networks);
        var agreement = new Agreement(Limit);
        for (int i = 0; i < assembly.Count; i++)
        {
            EmittedNetwork network = assembly.Create(i);
            foreach (int samples in new[] { Rotate(Batches, i), Rotate(Batches, i + 3) })
            {
                // The interpreter takes its time: wide samples come in small batches, which are still more than a workspace.
                Compare(network, samples * network.InputSize <= 1500 ? samples : Math.Min(samples, 9), i, agreement);
            }
        }

        output.WriteLine($"{networks.Count} networks, {agreement}");
        agreement.Assert();
    }

    internal static void Compare(EmittedNetwork network, int samples, int seed, Agreement agreement)
    {
        Truth truth = network.Truth;
        (_, float[] input, float[] target, int[] labels) = Batch.Of(network, samples, seed);
        string where = $"{network.Description}, {samples} samples";
        var inputGradient = new float[input.Length];

        Truth.Result expected = truth.Run(network.Parameters, input, target);
        var outputs = new float[expected.Output.Length];
        network.Forward(input, outputs);
        agreement.Check($"{where}: output", expected.Output, outputs);
        Check(network.OnValues!.Backward(input, target, inputGradient), where);
        agreement.Check($"{where}: Loss()", expected.Loss, network.OnValues.Loss(input, target));
        network.BackwardFrom(input, truth.OutputGradient(outputs, target, null), inputGradient);
        Check((float)expected.Loss, where + ", BackwardFrom");

        if (network.OnLabels is { } onLabels)
        {
            expected = truth.Run(network.Parameters, input, labels: labels);
            Check(onLabels.Backward(input, labels, inputGradient), where + ", labels");
            agreement.Check($"{where}: Loss() of labels", expected.Loss, onLabels.Loss(input, labels));
        }

        void Check(float loss, string at)
        {
            agreement.Check($"{at}: loss", expected.Loss, loss);
            agreement.Check($"{at}: parameter gradients", expected.ParameterGradients, network.Gradients);
            agreement.Check($"{at}: input gradient", expected.InputGradient, inputGradient);
        }
    }

    private static string Affine(int inputs, int outputs, bool isOutIn) =>
        $"Affine({inputs}, {outputs}{(isOutIn ? ", Layout = WeightLayout.OutIn" : string.Empty)})";

    private static T Rotate<T>(IReadOnlyList<T> items, int i) => items[i % items.Count];
}
