using System;

namespace BackpropGen.Training;

/// <summary>Falls by a factor after each epoch: <c>rate = base·factor^epoch</c> (PyTorch's <c>ExponentialLR</c>).</summary>
internal sealed class ExponentialSchedule : LearningRateSchedule
{
    private readonly double factor;

    public ExponentialSchedule(double factor)
    {
        Require.Positive(factor);
        this.factor = factor;
    }

    public override bool ChangesWithinEpoch => false;

    public override double Rate(in TrainingTime time, ReadOnlySpan<double> state) => time.BaseRate * Math.Pow(factor, time.Epoch);
}
