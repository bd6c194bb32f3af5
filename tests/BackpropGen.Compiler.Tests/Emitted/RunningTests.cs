using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Xunit;
using Xunit.Abstractions;

namespace BackpropGen.Compiler.Tests;

/// <summary>How emitted code runs: in pieces, on many threads, without allocating, the same bits every time, and NaN goes where it belongs.</summary>
public sealed class RunningTests(ITestOutputHelper output)
{
    private const double Limit = 1e-5;

    /// <summary>Straight lines, vector kernels, and a network whose inference does not fit the stack.</summary>
    private static readonly string[][] Networks =
    [
        ["Affine(3, 2)", "Sigmoid", "MseLoss", "Sgd(0.1f)"],
        ["Affine(2, 4)", "Tanh", "Affine(4, 3)", "CrossEntropyLoss", "Adam"],
        ["Affine(33, 17)", "Gelu", "Affine(17, 9, Layout = WeightLayout.OutIn)", "Softmax", "MseLoss", "Sgd(0.1f, Momentum = 0.9f)", "Workspace(3)"],
        ["Affine(20, 31, Trainable = false)", "Relu", "Affine(31, 10)", "CrossEntropyLoss", "AdamW", "Workspace(8)"],
        ["Input(3, 7)", "Affine(7, 5)", "Mish", "LogSoftmax", "NllLoss", "RmsProp", "Workspace(2)"],
        ["Input(5, 4, 3)", "Square", "Softmax", "SumLoss"],
        ["Affine(33, 33)", "Relu", "Affine(33, 65, Layout = WeightLayout.OutIn)", "Tanh", "Affine(65, 49)", "MseLoss", "Sgd(0.1f)", "Workspace(40)"],
        ["Affine(4, 9001)", "Relu", "Affine(9001, 3)", "CrossEntropyLoss", "Adagrad", "Workspace(2)"],
    ];

    // With and without a whole vector, with and without a rest.
    private static readonly int[] Narrow = [1, 3, 18, 33];
    private static readonly int[] Few = [2, 18];
    private static readonly string[] Shapes = ["Input(1)", "Input(2)", "Input(17)", "Input(65)", "Input(3, 9)", "Input(5, 2, 3)"];

    private static readonly Lazy<EmittedAssembly> Shared = new(() => EmittedAssembly.Of(Networks));

    public static TheoryData<int> All => [.. Enumerable.Range(0, Networks.Length)];

    [Fact]
    public void Affine_square_sum_exercise_prints_52()
    {
        EmittedNetwork network = EmittedAssembly.Of([["Affine(2, 2, Bias = false)", "Square", "SumLoss"]]).Create(0);
        network.Parameters.Fill(1);
        var dX = new float[4];

        float loss = network.OnValues!.Backward([0, 1, 2, 3], default, dX);

        Assert.Equal(52, loss);
        Assert.Equal([4, 4, 20, 20], dX);
        Assert.Equal([20, 20, 32, 32], network.Gradients.ToArray());
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_batch_in_one_call_is_its_samples_one_by_one(int index)
    {
        EmittedNetwork network = Shared.Value.Create(index);
        var agreement = new Agreement(Limit);

        // More than inference lays on the stack, and more than the workspace holds.
        int samples = network.InputSize == 4 ? 37 : 301;
        Batch batch = Batch.Of(network, samples);
        var together = new float[samples * network.OutputSize];
        network.Forward(batch.Input, together);
        var apart = new float[together.Length];
        var gradients = new double[network.Gradients.Length];
        var inputGradients = new float[batch.Input.Length];
        var whole = new float[batch.Input.Length];
        float[] outputGradient = Batch.Values(new Random(5), together.Length, -1, 1);
        for (int n = 0; n < samples; n++)
        {
            (Range x, Range y) = (Of(n, network.InputSize), Of(n, network.OutputSize));
            network.Forward(batch.Input.AsSpan(x), apart.AsSpan(y));
            network.BackwardFrom(batch.Input.AsSpan(x), outputGradient.AsSpan(y), inputGradients.AsSpan(x));
            for (int i = 0; i < gradients.Length; i++)
            {
                gradients[i] += network.Gradients[i];
            }
        }

        agreement.Check("output", apart, together);
        network.BackwardFrom(batch.Input, outputGradient, whole);
        agreement.Check("parameter gradients", gradients, network.Gradients);
        agreement.Check("input gradients", inputGradients, whole);

        agreement.Check("loss", batch.Loss(network), batch.Backward(network));
        output.WriteLine(agreement.ToString());
        agreement.Assert();

        static Range Of(int n, int size) => (n * size)..((n + 1) * size);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void The_same_calls_give_the_same_bits(int index)
    {
        EmittedNetwork network = Shared.Value.Create(index);
        Batch batch = Batch.Of(network, 11);
        int[] first = Bits(network);

        // Enough calls for the JIT to compile them again, with optimization.
        for (int i = 0; i < 40; i++)
        {
            Assert.Equal(first, Bits(network));
        }

        System.Threading.Thread.Sleep(150);
        Assert.Equal(first, Bits(network));
        Assert.Equal(first, Bits(Shared.Value.Create(index)));

        int[] Bits(EmittedNetwork own)
        {
            own.Initialize(3);
            var values = new float[batch.Samples * own.OutputSize];
            var inputGradient = new float[batch.Input.Length];
            own.Forward(batch.Input, values);
            float evaluated = batch.Loss(own);
            float loss = batch.Backward(own, inputGradient);
            IEnumerable<float> all = [.. values, .. inputGradient, evaluated, loss, .. own.Gradients];
            if (own.Step is not null)
            {
                batch.TrainStep(own);
                batch.TrainStep(own);
                all = [.. all, .. own.Parameters, .. own.OptimizerState];
            }

            return all.Select(BitConverter.SingleToInt32Bits).ToArray();
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void No_call_allocates(int index)
    {
        EmittedNetwork warm = Shared.Value.Create(index);
        foreach (int samples in new[] { 1, 7, 4 * warm.WorkspaceSamples })
        {
            Batch batch = Batch.Of(warm, samples);
            _ = Allocated(warm, batch);

            // A collection, which any thread may cause, counts what is left of this thread's allocation buffer as allocated. So a new
            // object is measured again: what a call allocates, it allocates with every object.
            (string Call, long Bytes)[] allocated;
            int attempts = 0;
            do
            {
                allocated = Allocated(Shared.Value.Create(index), batch);
                attempts++;
            }
            while (attempts < 10 && allocated.Any(call => call.Bytes != 0));
            Assert.All(allocated, call => Assert.True(call.Bytes == 0, $"{call.Call} allocated {call.Bytes} bytes at {samples} samples."));
        }

        static (string Call, long Bytes)[] Allocated(EmittedNetwork network, Batch batch)
        {
            var outputs = new float[batch.Samples * network.OutputSize];
            var outputGradient = new float[outputs.Length];
            var inputGradient = new float[batch.Input.Length];
            var predicted = new int[batch.Samples * network.Truth.Positions];
            (string Name, Action Call)[] calls =
            [
                ("Forward", () => network.Forward(batch.Input, outputs)),
                ("Loss", () => network.OnValues!.Loss(batch.Input, batch.Target)),
                ("Loss of labels", () => network.OnLabels?.Loss(batch.Input, batch.Labels)),
                ("Predict", () => network.Predict?.Invoke(batch.Input, predicted)),
                ("Backward", () => network.OnValues!.Backward(batch.Input, batch.Target, inputGradient)),
                ("Backward of labels", () => network.OnLabels?.Backward(batch.Input, batch.Labels, inputGradient)),
                ("Accumulate", () => network.OnValues!.Accumulate(batch.Input, batch.Target, inputGradient)),
                ("BackwardFrom", () => network.BackwardFrom(batch.Input, outputGradient, inputGradient)),
                ("TrainStep", () => network.OnValues!.TrainStep?.Invoke(batch.Input, batch.Target)),
                ("TrainStep of labels", () => network.OnLabels?.TrainStep?.Invoke(batch.Input, batch.Labels)),
                ("Step", () => network.Step?.Invoke()),
            ];
            var allocated = new (string, long)[calls.Length];
            for (int i = 0; i < calls.Length; i++)
            {
                long before = GC.GetAllocatedBytesForCurrentThread();
                calls[i].Call();
                allocated[i] = (calls[i].Name, GC.GetAllocatedBytesForCurrentThread() - before);
            }

            return allocated;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Inference_runs_on_many_threads_at_once(int index)
    {
        EmittedNetwork network = Shared.Value.Create(index);
        Batch batch = Batch.Of(network, 9);
        float[] alone = Infer();

        float[][] together = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(Infer)));

        Assert.All(together, outputs => Assert.Equal(alone, outputs));

        float[] Infer()
        {
            var outputs = new float[batch.Samples * network.OutputSize];
            float loss = 0;
            for (int i = 0; i < 5; i++)
            {
                network.Forward(batch.Input, outputs);
                loss = batch.Loss(network);
            }

            return [.. outputs, loss];
        }
    }

    [Fact]
    public void Wide_inference_agrees_with_the_interpreter()
    {
        EmittedNetwork network = Shared.Value.Create(Networks.Length - 1);
        Batch batch = Batch.Of(network, 2);
        Truth.Result expected = network.Truth.Run(network.Parameters, batch.Input, labels: batch.Labels);
        var outputs = new float[2 * network.OutputSize];
        var agreement = new Agreement(Limit);

        network.Forward(batch.Input, outputs);
        agreement.Check("output", expected.Output, outputs);
        agreement.Check("loss", expected.Loss, network.OnLabels!.Loss(batch.Input, batch.Labels));
        agreement.Check("loss of Backward", expected.Loss, network.OnLabels.Backward(batch.Input, batch.Labels, default));
        agreement.Check("parameter gradients", expected.ParameterGradients, network.Gradients);

        output.WriteLine(agreement.ToString());
        agreement.Assert();
    }

    [Fact]
    public void NaN_reaches_every_output_that_depends_on_it()
    {
        string[][] networks = RegisteredAttributes.Layers
            .SelectMany(layer => Narrow.Select(width => new[] { $"Input({width})", RegisteredAttributes.Plain(layer, width, 19), "SumLoss" }))
            .Concat(RegisteredAttributes.Losses.SelectMany(loss => Few.Select(width => new[] { $"Affine({width}, {width})", "Sigmoid", RegisteredAttributes.Plain(loss) })))
            .ToArray();
        EmittedAssembly assembly = EmittedAssembly.Of(networks);
        for (int i = 0; i < assembly.Count; i++)
        {
            EmittedNetwork network = assembly.Create(i);
            const int Samples = 5;
            Batch batch = Batch.Of(network, Samples);
            for (int feature = 0; feature < network.InputSize; feature += network.InputSize > 18 ? 4 : 1)
            {
                var input = (float[])batch.Input.Clone();
                input[(feature % Samples * network.InputSize) + feature] = float.NaN;
                Truth.Result expected = network.Truth.Run(network.Parameters, input, batch.Target);
                var outputs = new float[expected.Output.Length];
                var inputGradient = new float[input.Length];

                network.Forward(input, outputs);
                float loss = network.OnValues!.Backward(input, batch.Target, inputGradient);

                string where = $"{network.Description}, NaN in feature {feature} of sample {feature % Samples}";
                Assert.Contains(expected.Output, double.IsNaN);
                Same($"{where}: output", expected.Output, outputs);
                Same($"{where}: loss", [expected.Loss], [loss]);
                Same($"{where}: Loss()", [expected.Loss], [network.OnValues.Loss(input, batch.Target)]);
                Same($"{where}: parameter gradients", expected.ParameterGradients, network.Gradients.ToArray());
                Same($"{where}: input gradient", expected.InputGradient, inputGradient);
            }
        }

        static void Same(string where, double[] expected, float[] actual) => Assert.True(
            expected.Select(double.IsNaN).SequenceEqual(actual.Select(float.IsNaN)),
            $"{where}: NaN at [{string.Join(", ", Where(actual.Select(float.IsNaN)))}], expected at [{string.Join(", ", Where(expected.Select(double.IsNaN)))}].");

        static IEnumerable<int> Where(IEnumerable<bool> values) => values.Select((value, i) => value ? i : -1).Where(i => i >= 0);
    }

    [Fact]
    public void Predict_is_the_index_of_the_largest_output()
    {
        EmittedAssembly assembly = EmittedAssembly.Of(Shapes.Select(input => new[] { input, "Identity", "CrossEntropyLoss", "Workspace(3)" }));
        for (int i = 0; i < assembly.Count; i++)
        {
            EmittedNetwork network = assembly.Create(i);
            Shape shape = network.Truth.Shape.Output;
            int inner = shape.ClassDimension == 0 && shape.Sizes.Count == 3 ? shape.Sizes[1] * shape.Sizes[2] : 1;
            var random = new Random(i);

            // Few different values, so that there are ties; and NaN, which wins.
            float[] input = Enumerable.Range(0, 40 * network.InputSize).Select(_ => random.Next(30) == 0 ? float.NaN : random.Next(4) - 2f).ToArray();
            var labels = new int[40 * network.Truth.Positions];
            network.Predict!(input, labels);

            for (int p = 0; p < labels.Length; p++)
            {
                int start = (p / inner * inner * shape.Classes) + (p % inner);
                float[] classes = Enumerable.Range(0, shape.Classes).Select(c => input[start + (c * inner)]).ToArray();
                int nan = Array.FindIndex(classes, float.IsNaN);
                Assert.Equal(nan >= 0 ? nan : Array.IndexOf(classes, classes.Max()), labels[p]);
            }
        }
    }
}
