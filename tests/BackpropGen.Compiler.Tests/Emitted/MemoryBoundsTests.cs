using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Xunit;
using Xunit.Abstractions;

namespace BackpropGen.Compiler.Tests;

/// <summary>
/// Emitted code checks lengths once and addresses memory without checks after that. So it is run where a step beside the given memory
/// ends the process, and where its own buffers have NaN for neighbours.
/// </summary>
public sealed class MemoryBoundsTests(ITestOutputHelper output)
{
    private static readonly int[] Batches = [1, 2, 3, 5, 6, 7, 8, 9, 13, 15, 16, 17, 31, 33, 47, 48, 49, 64, 67];

    private static readonly (int Inputs, int Hidden, int Outputs)[] Sizes =
    [
        (1, 1, 1), (3, 2, 1), (8, 16, 2), (7, 9, 3), (15, 17, 31), (16, 16, 16), (64, 32, 10), (33, 47, 65), (5, 127, 7), (129, 63, 12), (100, 128, 3),
    ];

    [Fact]
    public void Nothing_beside_the_memory_that_is_given_is_touched()
    {
        string[] activations = RegisteredAttributes.Layers.Where(t => RegisteredAttributes.Plain(t, 1, 1) is { } text && !text.Contains('('))
            .Select(t => RegisteredAttributes.Plain(t)).ToArray();
        string[] losses = RegisteredAttributes.Losses.Select(t => RegisteredAttributes.Plain(t)).ToArray();
        string[] optimizers = RegisteredAttributes.Optimizers.Select(t => RegisteredAttributes.Plain(t)).ToArray();
        var networks = new List<string[]>();
        for (int i = 0; i < Math.Max(activations.Length, 2 * Sizes.Length); i++)
        {
            (int inputs, int hidden, int outputs) = Sizes[i % Sizes.Length];
            networks.Add(
            [
                $"Affine({inputs}, {hidden}{(i % 3 == 1 ? ", Layout = WeightLayout.OutIn" : string.Empty)})",
                activations[i % activations.Length],
                $"Affine({hidden}, {outputs}{(i % 4 == 3 ? ", Layout = WeightLayout.OutIn" : string.Empty)})",
                losses[i % losses.Length],
                optimizers[i % optimizers.Length],
                .. i % 2 == 0 ? (string[])["Workspace(20)"] : [],
            ]);
        }

        EmittedAssembly assembly = EmittedAssembly.Of(networks);
        int calls = 0, buffers = 0;
        for (int i = 0; i < assembly.Count; i++)
        {
            foreach (int samples in Batches)
            {
                foreach (bool atEnd in (bool[])[true, false])
                {
                    buffers += Run(assembly, i, samples, atEnd);
                    calls++;
                }
            }
        }

        output.WriteLine($"{networks.Count} networks, {calls} batches, {buffers} buffers");
        Assert.True(buffers >= 3 * calls, "The buffers of the networks were not found.");
    }

    [Fact]
    public void A_value_written_beside_a_buffer_is_found()
    {
        EmittedNetwork network = EmittedAssembly.Of([["Affine(3, 2)", "MseLoss", "Sgd(0.1f)"]]).Create(0);
        var slack = new BufferSlack(network.Instance);
        Assert.Empty(slack.Written());

        Unsafe.Add(ref MemoryMarshal.GetReference(network.Gradients), network.Gradients.Length) = 1;

        Assert.Equal(["1 at index 8 of a buffer of 8"], slack.Written());
    }

    internal static int Run(EmittedAssembly assembly, int network, int samples, bool atEnd)
    {
        EmittedNetwork guarded = assembly.Create(network);
        EmittedNetwork free = assembly.Create(network);
        Batch batch = Batch.Of(guarded, samples, network + samples);
        var slack = new BufferSlack(guarded.Instance);
        using var input = new GuardedMemory<float>(batch.Input, atEnd);
        using var target = new GuardedMemory<float>(batch.Target, atEnd);
        using var labels = new GuardedMemory<int>(batch.Labels, atEnd);
        using var result = new GuardedMemory<float>(new float[samples * guarded.OutputSize], atEnd);
        using var inputGradient = new GuardedMemory<float>(new float[batch.Input.Length], atEnd);
        var expected = new float[samples * guarded.OutputSize];
        var expectedGradient = new float[batch.Input.Length];
        string where = $"{guarded.Description}, {samples} samples";

        guarded.Forward(input.Span, result.Span);
        free.Forward(batch.Input, expected);
        AssertSame(expected, result.Span, $"{where}: output");

        float loss = guarded.OnLabels is { } onLabels
            ? onLabels.Loss(input.Span, labels.Span) + onLabels.Backward(input.Span, labels.Span, inputGradient.Span) + onLabels.TrainStep!(input.Span, labels.Span)
            : guarded.OnValues!.Loss(input.Span, target.Span) + guarded.OnValues.Backward(input.Span, target.Span, inputGradient.Span) + guarded.OnValues.TrainStep!(input.Span, target.Span);
        float expectedLoss = batch.Loss(free) + batch.Backward(free, expectedGradient) + batch.TrainStep(free);
        AssertSame([expectedLoss], [loss], $"{where}: loss");
        AssertSame(expectedGradient, inputGradient.Span, $"{where}: input gradient");

        guarded.BackwardFrom(input.Span, result.Span, inputGradient.Span);
        free.BackwardFrom(batch.Input, expected, expectedGradient);
        AssertSame(expectedGradient, inputGradient.Span, $"{where}: input gradient, from outputs");
        AssertSame(free.Gradients, guarded.Gradients, $"{where}: gradients");
        guarded.Step!();
        free.Step!();
        AssertSame(free.Parameters, guarded.Parameters, $"{where}: parameters");
        if (guarded.Predict is { } predict)
        {
            using var classes = new GuardedMemory<int>(new int[batch.Labels.Length], atEnd);
            predict(input.Span, classes.Span);
        }

        string[] written = slack.Written().Take(3).ToArray();
        Assert.True(written.Length == 0, $"{where}: {string.Join("; ", written)}");
        return slack.Buffers;
    }

    private static void AssertSame(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, string what)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.True(
                BitConverter.SingleToInt32Bits(expected[i]) == BitConverter.SingleToInt32Bits(actual[i]),
                $"{what}, index {i}: {actual[i]} with NaN beside the buffers, {expected[i]} without");
        }
    }
}
