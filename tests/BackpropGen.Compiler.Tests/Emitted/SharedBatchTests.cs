using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using Xunit;

namespace BackpropGen.Compiler.Tests;

/// <summary>Large batches are shared by threads, and nobody can tell from the results how many there were.</summary>
public sealed class SharedBatchTests
{
    // One sample, two, granules of 16 and what is around them, primes, and more than a workspace of 50 holds.
    private static readonly int[] Batches = [1, 2, 31, 32, 47, 48, 49, 53, 101, 307];
    private static readonly int[] Numbers = [2, 3, 5, 8];

    private static readonly Lazy<EmittedAssembly> Shared = new(() => EmittedAssembly.Of(Networks()));

    static SharedBatchTests() => ShareEverything(Type.GetType("BackpropGen.Runtime.ThreadTeam, BackpropGen", throwOnError: true)!);

    public static TheoryData<int> All => [.. Enumerable.Range(0, Networks().Count)];

    [Theory]
    [MemberData(nameof(All))]
    public void Every_number_of_threads_gives_the_same_bits(int index)
    {
        foreach (int samples in Batches.Where((b, i) => i % 4 == index % 4 || b is 307))
        {
            Compare(Shared.Value, index, samples, Numbers);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void The_training_of_every_one_of_these_networks_is_split(int index)
    {
        NetworkPlan plan = NetworkPlan.For(Network.Define(Shared.Value.Create(index).Truth.Shape), SampleNetworks.Vectors);
        Assert.True(plan.SplitsTraining);
        Assert.NotNull(plan.BackwardFrom.Split);
        Assert.NotNull(plan.Forward.Split);
    }

    [Fact]
    public void Threads_may_change_between_calls()
    {
        EmittedNetwork network = Shared.Value.Create(1);
        EmittedNetwork alone = Shared.Value.Create(1);
        Batch batch = Batch.Of(network, 97);
        foreach (int threads in new[] { 2, 1, 5, 3, 1, 2 })
        {
            network.Threads = threads;
            Assert.Equal(threads, network.Threads);
            Assert.Equal(batch.TrainStep(alone), batch.TrainStep(network));
            Assert.True(alone.Parameters.SequenceEqual(network.Parameters));
        }
    }

    [Fact]
    public void A_call_that_is_refused_leaves_the_threads_usable()
    {
        EmittedNetwork network = Shared.Value.Create(2);
        network.Threads = 3;
        Batch batch = Batch.Of(network, 97);
        float[] output = new float[97 * network.OutputSize];
        network.Forward(batch.Input, output);

        Assert.Throws<ArgumentException>(() => network.Forward(batch.Input, new float[output.Length - 1]));

        var again = new float[output.Length];
        network.Forward(batch.Input, again);
        Assert.Equal(output, again);
    }

    /// <summary>Every call of a network with threads is shared, be it as small as it may.</summary>
    /// <param name="team">The library's class of threads.</param>
    internal static void ShareEverything(Type team) => team.GetProperty("FewestMultiplyAdds", BindingFlags.Static | BindingFlags.NonPublic)!.SetValue(null, 0L);

    internal static void Compare(EmittedAssembly assembly, int index, int samples, params int[] numbers)
    {
        int[] alone = Bits(assembly, index, samples, 1);
        foreach (int threads in numbers)
        {
            int[] together = Bits(assembly, index, samples, threads);
            int first = Enumerable.Range(0, alone.Length).FirstOrDefault(i => alone[i] != together[i], -1);
            Assert.True(first < 0, $"{assembly.Create(index).Description}: value {first} of {alone.Length} differs for {samples} samples and {threads} threads: {BitConverter.Int32BitsToSingle(alone[Math.Max(first, 0)]):R} alone, {BitConverter.Int32BitsToSingle(together[Math.Max(first, 0)]):R} together.");
        }
    }

    // Outputs, losses and gradients; then parameters and the optimizer's state after some steps of each kind.
    private static int[] Bits(EmittedAssembly assembly, int index, int samples, int threads)
    {
        EmittedNetwork network = assembly.Create(index);
        network.Threads = threads;
        Batch batch = Batch.Of(network, samples, samples);
        var values = new float[samples * network.OutputSize];
        var inputGradient = new float[batch.Input.Length];
        var all = new List<float>();
        network.Forward(batch.Input, values);
        all.AddRange(values);
        all.Add(batch.Loss(network));
        all.Add(batch.Backward(network, inputGradient));
        all.AddRange(inputGradient);
        network.BackwardFrom(batch.Input, values, inputGradient);
        all.AddRange([.. inputGradient, .. network.Gradients]);
        if (network.Predict is { } predict)
        {
            var labels = new int[samples * network.Truth.Positions];
            predict(batch.Input, labels);
            all.AddRange(labels.Select(l => (float)l));
        }

        batch.Backward(network);
        all.AddRange(network.Gradients);
        network.Step!();
        all.Add(batch.TrainStep(network));
        all.Add(batch.TrainStep(network));
        all.AddRange([.. network.Parameters, .. network.OptimizerState]);
        Assert.Equal(3, network.StepCount);

        // Which of several NaNs an addition passes on, its operands' order decides.
        return all.Select(v => BitConverter.SingleToInt32Bits(float.IsNaN(v) ? float.NaN : v)).ToArray();
    }

    // Every layer, loss and optimizer of the registry, as plain as can be and with arguments; wide enough that a piece is worth threads.
    private static List<string[]> Networks()
    {
        string[] layers = RegisteredAttributes.Layers.Select(l => RegisteredAttributes.Plain(l, 96, 96)).Where(l => !l.StartsWith("Input", StringComparison.Ordinal)).ToArray();
        string[] losses = RegisteredAttributes.Losses.Select(l => RegisteredAttributes.Plain(l)).ToArray();
        string[] optimizers = RegisteredAttributes.Optimizers.SelectMany(o => RegisteredAttributes.Texts(o)).ToArray();
        (int Inputs, int Outputs)[] sizes = [(64, 33), (70, 10), (130, 48), (97, 3)];
        var networks = new List<string[]>();
        for (int i = 0; i < layers.Length; i++)
        {
            (int inputs, int outputs) = sizes[i % sizes.Length];
            networks.Add(
            [
                .. i % 7 == 6 ? (string[])[$"Input(3, {inputs})"] : [],
                $"Affine({inputs}, 96{(i % 3 == 2 ? ", Layout = WeightLayout.OutIn" : string.Empty)})",
                layers[i],
                $"Affine(96, {outputs}{(i % 4 == 1 ? ", Layout = WeightLayout.OutIn" : string.Empty)}{(i % 5 == 4 ? ", Trainable = false" : string.Empty)})",
                losses[i % losses.Length],
                optimizers[i % optimizers.Length],
                .. i % 2 == 0 ? (string[])["Workspace(50)"] : [],
            ]);
        }

        // Narrow rows, alone and with the product that they come from.
        foreach ((int hidden, int outputs, string[] end) in ((int, int, string[])[])[(96, 10, ["CrossEntropyLoss"]), (97, 6, ["CrossEntropyLoss"]), (128, 9, ["LogSoftmax", "NllLoss"]), (129, 12, ["CrossEntropyLoss"]), (100, 12, ["Softmax", "MseLoss"])])
        {
            networks.Add([$"Affine(20, {hidden})", "Relu", $"Affine({hidden}, {outputs})", .. end, optimizers[networks.Count % optimizers.Length]]);
        }

        return networks;
    }
}
