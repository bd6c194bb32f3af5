using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;
using Xunit.Abstractions;

namespace BackpropGen.Compiler.Tests;

/// <summary>
/// What is emitted for registers of 512 bits, on an emulated machine that has them: it agrees with the interpreter, with itself in threads, and stays
/// within the memory that it is given.
/// </summary>
public sealed class Registers512Tests(ITestOutputHelper output)
{
    private const double Limit = 1e-5;

    /// <summary>Around tiles of 8 rows and blocks of 16, and more than a workspace of 20 holds.</summary>
    private static readonly int[] Batches = [1, 2, 7, 8, 9, 15, 16, 17, 33, 48];

    /// <summary>Around one, two and four registers, narrow rows among them, and rows so long that their packed copies are worth it.</summary>
    private static readonly (int Inputs, int Hidden, int Outputs)[] Sizes =
    [
        (3, 2, 1), (8, 16, 2), (64, 32, 10), (15, 17, 31), (33, 47, 65), (5, 128, 7), (130, 64, 4), (31, 96, 16), (100, 8, 33), (1, 9, 3), (160, 48, 12), (20, 129, 9),
    ];

    private static readonly Lazy<EmittedAssembly> Shared = new(() => EmittedAssembly.Of(Networks(), EmulatedLibrary.Instance));

    static Registers512Tests() => SharedBatchTests.ShareEverything(EmulatedLibrary.Instance.Type("BackpropGen.Runtime.ThreadTeam"));

    [Fact]
    public void The_emulated_registers_are_16_floats_and_many()
    {
        Type floats = EmulatedLibrary.Instance.Type("BackpropGen.Runtime.Floats512");
        Assert.Equal(16, floats.GetProperty("Count")!.GetValue(null));
        Assert.True((bool)floats.GetProperty("HasManyRegisters")!.GetValue(null)!);
    }

    [Fact]
    public void Outputs_losses_and_gradients_agree_with_the_interpreter()
    {
        var agreement = new Agreement(Limit);
        ForEach(3, (network, samples) => EmittedCodeTests.Compare(Shared.Value.Create(network), samples, network, agreement));
        output.WriteLine(agreement.ToString());
        agreement.Assert();
    }

    [Fact]
    public void TrainStep_is_Backward_and_Step()
    {
        var agreement = new Agreement(Limit);
        ForEach(2, (network, samples) => TrainStepTests.Compare(Shared.Value, network, samples, agreement));
        output.WriteLine(agreement.ToString());
        agreement.Assert();
    }

    [Fact]
    public void Every_number_of_threads_gives_the_same_bits() =>
        ForEach(4, (network, samples) => SharedBatchTests.Compare(Shared.Value, network, samples, 2, 3));

    [Fact]
    public void Nothing_beside_the_memory_that_is_given_is_touched() => ForEach(3, (network, samples) =>
    {
        _ = MemoryBoundsTests.Run(Shared.Value, network, samples, atEnd: true);
        _ = MemoryBoundsTests.Run(Shared.Value, network, samples, atEnd: false);
    });

    // Every network with one batch of so many, all batches in turn.
    private static void ForEach(int ofSoMany, Action<int, int> check)
    {
        for (int network = 0; network < Shared.Value.Count; network++)
        {
            foreach (int samples in Batches.Where((_, b) => (b + network) % ofSoMany == 0))
            {
                check(network, samples);
            }
        }
    }

    // Every layer of the registry between two affine ones, with the losses and optimizers in turn; and a deep one.
    private static List<string[]> Networks()
    {
        string[] losses = RegisteredAttributes.Losses.Select(l => RegisteredAttributes.Plain(l)).ToArray();
        string[] optimizers = RegisteredAttributes.Optimizers.SelectMany(o => RegisteredAttributes.Texts(o)).ToArray();
        List<string[]> networks = [["Affine(48, 64)", "Relu", "Affine(64, 64)", "Relu", "Affine(64, 10)", "CrossEntropyLoss", "Sgd(0.01f)"]];
        foreach ((int i, Type layer) in RegisteredAttributes.Layers.Where(l => !RegisteredAttributes.Plain(l, 1, 1).StartsWith("Input", StringComparison.Ordinal)).Index())
        {
            (int inputs, int hidden, int outputs) = Sizes[i % Sizes.Length];
            networks.Add(
            [
                .. i % 8 == 7 ? (string[])[$"Input(3, {inputs})"] : [],
                $"Affine({inputs}, {hidden}{(i % 3 == 2 ? ", Layout = WeightLayout.OutIn" : string.Empty)})",
                RegisteredAttributes.Plain(layer, hidden, hidden),
                $"Affine({hidden}, {outputs}{(i % 4 == 1 ? ", Layout = WeightLayout.OutIn" : string.Empty)}{(i % 7 == 4 ? ", Trainable = false" : string.Empty)})",
                "Sigmoid",
                losses[i % losses.Length],
                optimizers[i % optimizers.Length],
                .. i % 2 == 0 ? (string[])["Workspace(20)"] : [],
            ]);
        }

        return networks;
    }
}
