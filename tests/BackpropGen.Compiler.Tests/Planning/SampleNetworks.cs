using System.Collections.Generic;
using System.Linq;

namespace BackpropGen.Compiler.Tests;

/// <summary>Networks to plan: each layer of the registry between affine ones, each loss behind them; too large for a straight line.</summary>
internal static class SampleNetworks
{
    public static TargetCapabilities Vectors { get; } = new(HasVectors: true, HasFileTypes: true);

    public static TargetCapabilities NoVectors { get; } = new(HasVectors: false, HasFileTypes: false);

    public static IEnumerable<LayerDeclaration[]> All
    {
        get
        {
            string[] layers = Sampling.NamesOf<LayerAttribute>().ToArray();
            string[] losses = Sampling.NamesOf<LossAttribute>().ToArray();
            for (int i = 0; i < layers.Length * 2; i++)
            {
                LayerDeclaration middle = Fitting(layers[i % layers.Length], 16);
                LayerDeclaration loss = Sampling.Variations(losses[i % losses.Length]).First();
                yield return [Affine(20, 16), middle, Affine(16, 10), loss];
                yield return [Sampling.Input(new Shape(5, 20)), Affine(20, 16), middle, Fitting(layers[(i * 7) % layers.Length], 16), loss];
                yield return [Affine(20, 16, ("Trainable", i % 3 == 0)), middle, middle, Affine(16, 10, ("Trainable", i % 2 == 0)), loss];
            }

            foreach (string loss in losses)
            {
                yield return [Sampling.Input(new Shape(10, 5, 4)), Fitting("Softmax", 4), Sampling.Variations(loss).First()];
                yield return [Affine(200, 3), Sampling.Variations(loss).Last()];
            }
        }
    }

    public static LayerDeclaration Affine(int inputs, int outputs, params (string, object?)[] more) =>
        Sampling.Declare("Affine", [("inputs", inputs), ("outputs", outputs), .. more]);

    public static NetworkPlan Plan(params LayerDeclaration[] layers) => NetworkPlan.For(Sampling.Define(layers), Vectors);

    public static IEnumerable<MethodPlan> Methods(NetworkPlan plan)
    {
        IEnumerable<MethodPlan> methods = plan.Losses.SelectMany(l => new[] { l.Evaluate, l.Backward }).Append(plan.Forward).Append(plan.BackwardFrom);
        return plan.Predict is null ? methods : methods.Append(plan.Predict);
    }

    /// <summary>The kind with its first arguments that keep the number of features.</summary>
    private static LayerDeclaration Fitting(string kind, int features) =>
        Sampling.Variations(kind, new Shape(features)).First(d => Sampling.TryDefine(Sampling.Input(new Shape(features)), d)?.Shape.Output.Features == features);
}
