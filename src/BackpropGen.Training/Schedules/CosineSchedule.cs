using System;

namespace BackpropGen.Training;

/// <summary>
/// Half a cosine over the whole training, step by step: <c>rate = floor + (base − floor)·(1 + cos(π·step/steps))/2</c>
/// (I. Loshchilov and F. Hutter, "SGDR: Stochastic Gradient Descent with Warm Restarts", 2017, without the restarts).
/// </summary>
internal sealed class CosineSchedule : LearningRateSchedule
{
    private readonly double floor;

    public CosineSchedule(double floor)
    {
        Require.NotNegative(floor);
        this.floor = floor;
    }

    public override double Rate(in TrainingTime time, ReadOnlySpan<double> state) =>
        Anneal(time.BaseRate, floor, (double)time.Step / time.TotalSteps);

    /// <summary>From one rate to another along half a cosine.</summary>
    /// <param name="from">The rate at 0.</param>
    /// <param name="to">The rate at 1.</param>
    /// <param name="at">In [0, 1]; what lies beyond counts as 1.</param>
    internal static double Anneal(double from, double to, double at) => to + ((from - to) * 0.5 * (1 + Math.Cos(Math.PI * Math.Min(at, 1))));
}
