using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;
using Xunit.Abstractions;

namespace BackpropGen.Compiler.Tests;

/// <summary>
/// A step of training is a program of its own, with updates where gradients are made: it must leave what <c>Backward</c> and <c>Step</c> leave,
/// for every optimizer, one sample at a time, in tiles, with packed weights and in pieces.
/// </summary>
public sealed class TrainStepTests(ITestOutputHelper output)
{
    /// <summary>One sample, a few, tiles and what they leave over, rows enough to pack weights, and more than a workspace of 20 holds.</summary>
    private static readonly int[] Batches = [1, 2, 7, 8, 15, 16, 17, 20, 21, 47];

    private static readonly (int Inputs, int Hidden, int Outputs)[] Sizes =
    [
        (3, 2, 1), (8, 16, 2), (1, 4, 3), (5, 3, 4), (17, 33, 5), (64, 32, 10), (40, 64, 7), (33, 15, 16), (100, 37, 17), (31, 48, 65), (16, 128, 8), (130, 20, 100), (17, 17, 17), (24, 20, 31), (33, 33, 33),
    ];

    [Fact]
    public void TrainStep_is_Backward_and_Step_for_every_optimizer()
    {
        string[] optimizers = RegisteredAttributes.Optimizers.SelectMany(o => RegisteredAttributes.Texts(o)).ToArray();
        string[] losses = ["CrossEntropyLoss", "MseLoss", "HuberLoss(0.3f)", "CrossEntropyLoss(Reduction = Reduction.Sum)"];
        string[] activations = ["Relu", "Tanh", "Silu", "Softsign"];
        var networks = new List<string[]>();
        for (int i = 0; i < Math.Max(Sizes.Length * 2, optimizers.Length); i++)
        {
            (int inputs, int hidden, int outputs) = Sizes[i % Sizes.Length];
            string layout = i % 3 == 2 ? ", Layout = WeightLayout.OutIn" : string.Empty;
            networks.Add(
            [
                $"Affine({inputs}, {hidden}{layout})",
                activations[i % activations.Length],
                $"Affine({hidden}, {outputs}{(i % 5 == 4 ? ", Trainable = false" : string.Empty)})",
                losses[i / 2 % losses.Length],
                optimizers[i % optimizers.Length],
                .. i % 2 == 0 ? (string[])["Workspace(20)"] : [],
            ]);
        }

        EmittedAssembly assembly = EmittedAssembly.Of(networks);
        var agreement = new Agreement(1e-5);
        for (int i = 0; i < assembly.Count; i++)
        {
            foreach (int samples in Batches.Where((_, b) => (b + i) % 3 == 0 || b is 0 or 1 or 5))
            {
                Compare(assembly, i, samples, agreement);
            }
        }

        output.WriteLine($"{networks.Count} networks, {agreement}");
        agreement.Assert();
    }

    // From 16 samples on, each moves a weight by half of its last digit at most: added one after another, they would be lost.
    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(33)]
    [InlineData(64)]
    [InlineData(256)]
    [InlineData(1000)]
    public void Samples_move_a_weight_together(int samples)
    {
        const float Weight = 4096, Input = 1 / 1024f, Residual = 1, Rate = 32, Sixteen = 16, LastDigit = 1 / 2048f;
        EmittedNetwork network = EmittedAssembly.Of([["Affine(16, 16)", "MseLoss", "Sgd(32f)"]]).Create(0);
        network.Parameters.Slice(0, 256).Fill(Weight);
        network.Parameters.Slice(256).Clear();
        float[] input = Enumerable.Repeat(Input, samples * 16).ToArray();
        float[] target = Enumerable.Repeat((Sixteen * Weight * Input) - Residual, samples * 16).ToArray();

        Assert.Equal(Residual, network.OnValues!.TrainStep!(input, target));
        foreach (float weight in network.Parameters.Slice(0, 256))
        {
            Assert.Equal(Weight - (Rate * 2 * Residual * Input / Sixteen), weight, LastDigit);
        }
    }

    internal static void Compare(EmittedAssembly assembly, int network, int samples, Agreement agreement)
    {
        EmittedNetwork apart = assembly.Create(network);
        EmittedNetwork fused = assembly.Create(network);
        Batch batch = Batch.Of(apart, samples, network + samples);

        // Three steps before: states that are not 0. A first step of some optimizers divides a gradient by itself, rounding and all.
        for (int step = 0; step < 3; step++)
        {
            batch.Backward(apart);
            apart.Step!();
        }

        apart.Parameters.CopyTo(fused.Parameters);
        apart.OptimizerState.CopyTo(fused.OptimizerState);
        fused.StepCount = 3;
        float loss = batch.Backward(apart);
        apart.Step!();
        string where = $"{apart.Description}, {samples} samples";
        agreement.Check($"{where}: loss", [loss], [batch.TrainStep(fused)]);
        agreement.Check($"{where}: parameters", apart.Parameters, fused.Parameters);
        agreement.Check($"{where}: optimizer state", apart.OptimizerState, fused.OptimizerState);
        Assert.Equal(4, fused.StepCount);
    }
}
