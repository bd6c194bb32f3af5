using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace BackpropGen.Compiler.Tests;

/// <summary>What holds for every layer by its being in Layers/.</summary>
public class LayerLaws
{
    public static TheoryData<string> Layers => Sampling.KindsOf<LayerAttribute>();

    [Theory]
    [MemberData(nameof(Layers))]
    public void Backward_as_a_layer_states_it_is_backward_as_it_is_derived(string kind) => ForEachNetwork(kind, (network, samples, random) =>
    {
        var run = new LayerRun(network, samples, random);
        Dictionary<string, double[]> derived = run.Backward(derivedOnly: true);
        Dictionary<string, double[]> stated = run.Backward(derivedOnly: false);
        Assert.Equal(derived.Keys, stated.Keys);
        foreach ((string tensor, double[] values) in derived)
        {
            CentralDifferences.AssertClose(values, stated[tensor], 1e-9, $"{kind}, {tensor}");
        }
    });

    [Theory]
    [MemberData(nameof(Layers))]
    public void Gradients_are_central_differences(string kind) => ForEachNetwork(kind, (network, samples, random) =>
    {
        var run = new LayerRun(network, samples, random);
        Dictionary<string, double[]> gradients = run.Backward(derivedOnly: false);
        foreach (Tensor tensor in network.Parameters.Append(network.Input))
        {
            double[] gradient = gradients["d" + tensor.Symbol];
            double[] expected = tensor.Slot is { IsTrainable: false }
                ? new double[gradient.Length]
                : CentralDifferences.Of(run.Objective, run.Values(tensor));
            CentralDifferences.AssertClose(expected, gradient, 1e-6, $"{kind}, d{tensor.Symbol}");
        }
    });

    [Theory]
    [MemberData(nameof(Layers))]
    public void Samples_of_a_batch_do_not_touch_each_other(string kind) => ForEachNetwork(kind, (network, samples, random) =>
    {
        var all = new LayerRun(network, samples, random);
        _ = all.Objective();
        int size = network.Shape.Input.Size is var s ? (int)s : 0;
        int outputs = (int)network.Shape.Output.Size;
        for (int n = 0; n < samples; n++)
        {
            var one = new Interpreter(1);
            foreach (Tensor parameter in network.Parameters)
            {
                one[parameter] = all.Values(parameter);
            }

            one[network.Input] = all.Values(network.Input)[(n * size)..((n + 1) * size)];
            one.Run(network.Forward);
            Assert.Equal(all.Values(network.Output)[(n * outputs)..((n + 1) * outputs)], one[network.Output]);
        }
    });

    [Theory]
    [MemberData(nameof(Layers))]
    public void The_parameters_are_as_many_as_the_layer_says(string kind) => ForEachNetwork(kind, (network, _, _) =>
    {
        Assert.Equal(network.Layers[0].Placed.Attribute.ParameterCount, network.ParameterCount);
        int offset = 0;
        foreach (Tensor parameter in network.Parameters)
        {
            Assert.Equal(offset, parameter.Slot!.Offset);
            Assert.Equal(parameter.SizePerSample, parameter.Slot.Length);
            Assert.Equal(parameter.Slot, network.GradientOf(parameter).Slot);
            Assert.InRange(parameter.Slot.Start.Scale, 0, 10);
            offset += parameter.Slot.Length;
        }
    });

    [Theory]
    [MemberData(nameof(Layers))]
    public void What_a_network_computes_reads_only_what_is_there_by_then(string kind) => ForEachNetwork(kind, (network, _, _) =>
    {
        var known = new HashSet<Tensor>(network.Parameters) { network.Input };
        foreach (Statement statement in network.Forward)
        {
            Assert.All(statement.Reads, r => Assert.Contains(r.Tensor, known));
            known.Add(statement.Target);
        }

        Assert.Contains(network.Output, known);
    });

    private static void ForEachNetwork(string kind, Action<Network, int, Random> law)
    {
        int networks = 0;
        foreach (Shape shape in Sampling.Shapes)
        {
            foreach (Network network in Sampling.NetworksOf(kind, shape))
            {
                law(network, networks % 2 == 0 ? 2 : 1, new Random(networks));
                networks++;
            }
        }

        Assert.True(networks > 0, $"No sample of {kind} fits any of the shapes: teach {nameof(Sampling)} its arguments.");
    }

    private sealed class LayerRun
    {
        private readonly Network network;
        private readonly Interpreter interpreter;
        private readonly Tensor dy;
        private readonly double[] weights;

        public LayerRun(Network network, int samples, Random random)
        {
            this.network = network;
            interpreter = new Interpreter(samples);
            dy = new Tensor("dy", TensorRole.OutputGradient, ElementKind.F32, [.. network.Output.Extents]);
            interpreter[network.Input] = Sampling.AwayFromKinks(interpreter[network.Input].Length, random);
            foreach (Tensor parameter in network.Parameters)
            {
                Sampling.Fill(interpreter, parameter, random);
            }

            weights = Sampling.Fill(interpreter, dy, random);
        }

        public double[] Values(Tensor tensor) => interpreter[tensor];

        /// <summary>Σ dy·y: its gradient is what the backward pass gives for dy.</summary>
        public double Objective()
        {
            interpreter.Run(network.Forward);
            return interpreter[network.Output].Zip(weights, (y, w) => y * w).Sum();
        }

        public Dictionary<string, double[]> Backward(bool derivedOnly)
        {
            var dx = new Tensor("dx", TensorRole.InputGradient, ElementKind.F32, [.. network.Input.Extents]);
            IReadOnlyList<Step> backward = network.Backward(dy, dx, derivedOnly);
            interpreter.Run(network.Forward);
            foreach (Tensor target in backward.OfType<Statement>().Select(s => s.Target))
            {
                // What was there before must not matter: an assignment comes before every accumulation.
                Array.Fill(interpreter[target], target.Role == TensorRole.Gradient ? 0 : double.NaN);
            }

            interpreter.Run(backward);
            var gradients = network.Parameters.Select(network.GradientOf).ToDictionary(g => g.Symbol, g => interpreter[g].ToArray());
            gradients.Add("dx", interpreter[dx].ToArray());
            return gradients;
        }
    }
}
