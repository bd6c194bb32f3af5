using System;
using System.Collections.Generic;
using System.Linq;
using BackpropGen.Data;

namespace FuelEconomy;

/// <summary>What a network says about cars, in mpg.</summary>
/// <param name="Said">By car.</param>
/// <param name="Truth">By car.</param>
internal sealed record Examination(IReadOnlyList<float> Said, IReadOnlyList<float> Truth)
{
    /// <summary>Root mean square.</summary>
    public double Error => RootMeanSquare(Said.Zip(Truth, (said, truth) => (double)said - truth));

    /// <summary>Mean of the errors' sizes.</summary>
    public double MeanAbsoluteError => Said.Zip(Truth, (said, truth) => Math.Abs((double)said - truth)).Average();

    /// <summary>Root mean square of who says the same about every car.</summary>
    public double ErrorOf(float always) => RootMeanSquare(Truth.Select(truth => (double)always - truth));

    /// <summary>As a device would do it: a car's own numbers in, mpg out, nothing allocated in between.</summary>
    /// <param name="cars">In the cars' own units.</param>
    public static Examination Of(FuelNet net, TargetExamples cars, Scaling inputs, Scaling targets)
    {
        var said = new float[cars.Count];
        var truth = new float[cars.Count];
        Span<float> car = stackalloc float[FuelNet.InputSize];
        for (int i = 0; i < said.Length; i++)
        {
            cars.Input(i).CopyTo(car);
            inputs.ApplyInPlace(car);
            net.Forward(car, said.AsSpan(i, FuelNet.OutputSize));
            targets.InvertInPlace(said.AsSpan(i, FuelNet.OutputSize));
            truth[i] = cars.Target(i)[0];
        }

        return new Examination(said, truth);
    }

    private static double RootMeanSquare(IEnumerable<double> errors) => Math.Sqrt(errors.Average(error => error * error));
}
