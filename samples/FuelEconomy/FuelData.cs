using System.Collections.Generic;
using System.Linq;
using BackpropGen.Data;

namespace FuelEconomy;

/// <summary>Cars to learn from and cars to be examined on. What scales them comes from those to learn from alone.</summary>
/// <param name="Features">What the inputs are called.</param>
/// <param name="Train">Scaled.</param>
/// <param name="Held">Held out: the network never learns from it; in the cars' own units.</param>
/// <param name="HeldLines">Where the held out cars stand in the file.</param>
/// <param name="Inputs">How inputs are scaled.</param>
/// <param name="Targets">How mpg are scaled.</param>
internal sealed record FuelData(
    IReadOnlyList<string> Features, TargetExamples Train, TargetExamples Held, IReadOnlyList<int> HeldLines, Scaling Inputs, Scaling Targets)
{
    /// <summary>Scaled, to watch the training by.</summary>
    public TargetExamples ScaledHeld { get; } = Held.Scaled(Inputs, Targets);

    /// <summary>Four fifths train, one is held out; which, the seed says.</summary>
    public static FuelData Of(RawTable cars, int seed)
    {
        (RawTable train, RawTable held) = cars.Split(0.8, seed);
        var encoding = TableEncoding.Fit(train);
        TargetExamples training = encoding.ToTargets(train);
        var inputs = Scaling.Standardize(training);
        var targets = Scaling.StandardizeTargets(training);
        return new FuelData(
            encoding.FeatureNames,
            training.Scaled(inputs, targets),
            encoding.ToTargets(held),
            [.. Enumerable.Range(0, held.Count).Select(held.Line)],
            inputs,
            targets);
    }
}
