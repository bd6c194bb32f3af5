using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace BackpropGen.Compiler.Tests;

/// <summary>What holds for every loss by its being in Layers/, with every reduction, against values and labels.</summary>
public class LossLaws
{
    public static TheoryData<string> Losses => Sampling.KindsOf<LossAttribute>();

    [Theory]
    [MemberData(nameof(Losses))]
    public void The_gradient_as_a_loss_states_it_is_the_derived_one(string kind) =>
        ForEachLoss(kind, run => CentralDifferences.AssertClose(run.Backward(true), run.Backward(false), 1e-9, kind));

    [Theory]
    [MemberData(nameof(Losses))]
    public void The_gradient_is_central_differences_of_the_loss(string kind) =>
        ForEachLoss(kind, run => CentralDifferences.AssertClose(CentralDifferences.Of(run.Value, run.Output), run.Backward(false), 1e-6, kind));

    [Theory]
    [MemberData(nameof(Losses))]
    public void A_label_is_a_target_of_ones_and_zeros(string kind) => ForEachLoss(kind, run =>
    {
        if (run.Labels is not null)
        {
            LossRun oneHot = run.AgainstOneHot();
            CentralDifferences.AssertClose([oneHot.Value()], [run.Value()], 1e-12, kind);
            CentralDifferences.AssertClose(oneHot.Backward(false), run.Backward(false), 1e-12, kind);
        }
    });

    [Theory]
    [MemberData(nameof(Losses))]
    public void Reductions_differ_by_what_they_divide_by(string kind) => ForEachLoss(kind, run =>
    {
        double elements = run.Loss.MeanIsOverPositions ? run.Shape.Size / run.Shape.Classes : run.Shape.Size;
        double divisor = run.Loss.HowReduced switch
        {
            Reduction.Mean => run.Samples * elements,
            Reduction.BatchMean => run.Samples,
            _ => 1,
        };
        CentralDifferences.AssertClose([run.Total() / divisor], [run.Value()], 1e-12, kind);
    });

    private static void ForEachLoss(string kind, Action<LossRun> law)
    {
        int tried = 0;
        foreach (Shape shape in Sampling.Shapes)
        {
            foreach (LayerDeclaration declaration in Sampling.Variations(kind))
            {
                Network network = Sampling.Define(Sampling.Input(shape), declaration);
                bool[] kindsOfTarget = network.Shape.Loss!.Attribute.Targets == TargetKind.ValuesOrLabels ? [false, true] : [false];
                foreach (bool againstLabels in kindsOfTarget)
                {
                    // Probabilities suit every loss; whatever gives a number there, too, is also tried far from them.
                    var near = new LossRun(network, againstLabels, 1 + (tried % 3), new Random(tried), 0, 1);
                    Assert.True(double.IsFinite(near.Value()), $"{Sampling.Describe(declaration)} is not finite on probabilities.");
                    law(near);
                    var far = new LossRun(network, againstLabels, 1 + (tried % 3), new Random(tried), -4, 4);
                    if (double.IsFinite(far.Value()))
                    {
                        law(far);
                    }

                    tried++;
                }
            }
        }

        Assert.True(tried > 0);
    }

    private sealed class LossRun
    {
        private readonly Network network;
        private readonly DefinedLoss loss;
        private readonly Interpreter interpreter;

        public LossRun(Network network, bool againstLabels, int samples, Random random, double low, double high)
        {
            this.network = network;
            Samples = samples;
            loss = new DefinedLoss(network, network.Shape.Loss!, againstLabels);
            interpreter = new Interpreter(samples);
            Output = Sampling.AwayFromKinks(interpreter[network.Input].Length, random, low, high);
            interpreter[network.Input] = Output;
            if (loss.Target is { } target)
            {
                interpreter[target] = Sampling.Targets(interpreter[target].Length, random, low, high);
            }

            if (loss.Labels is { } labels)
            {
                interpreter[labels] = interpreter[labels].Select(_ => (double)random.Next(Shape.Classes)).ToArray();
            }
        }

        public int Samples { get; }

        /// <summary>What the loss is taken of, to be changed: the network is the identity.</summary>
        public double[] Output { get; }

        public Shape Shape => network.Shape.Output;

        public LossAttribute Loss => network.Shape.Loss!.Attribute;

        public double[]? Labels => loss.Labels is null ? null : interpreter[loss.Labels];

        public double Total()
        {
            interpreter.Run(network.Forward);
            interpreter.Run(loss.Forward);
            return interpreter[loss.Total][0];
        }

        public double Value() => Total() * Factor();

        public double[] Backward(bool derivedOnly)
        {
            var dy = new Tensor("dy", TensorRole.Local, ElementKind.F32, [.. network.Output.Extents]);
            IReadOnlyList<Step> backward = loss.Backward(dy, derivedOnly);
            _ = Total();
            interpreter[loss.G] = [Factor()];
            Array.Fill(interpreter[dy], double.NaN);
            interpreter.Run(backward);
            return interpreter[dy];
        }

        public LossRun AgainstOneHot()
        {
            var run = new LossRun(network, false, Samples, new Random(0), 0, 1);
            Array.Copy(Output, run.Output, Output.Length);
            double[] target = run.interpreter[run.loss.Target!];
            int classes = Shape.Classes;
            int inner = Shape.Sizes.Skip(Shape.ClassDimension + 1).Aggregate(1, (size, s) => size * s);
            for (int i = 0; i < target.Length; i++)
            {
                int position = (i / (inner * classes) * inner) + (i % inner);
                target[i] = Labels![position] == i / inner % classes ? 1 : 0;
            }

            return run;
        }

        private double Factor()
        {
            interpreter.Run([new Statement(loss.G, default, loss.Factor, Store.Assign, new Origin(-1, "Test"))]);
            return interpreter[loss.G][0];
        }
    }
}
