using System;

namespace BackpropGen.Training;

/// <summary>Falls by a factor every so many epochs: <c>rate = base·factor^⌊epoch/every⌋</c> (PyTorch's <c>StepLR</c>).</summary>
internal sealed class StepSchedule : LearningRateSchedule
{
    private readonly int every;
    private readonly double factor;

    public StepSchedule(int every, double factor)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(every, 1);
        Require.Positive(factor);
        this.every = every;
        this.factor = factor;
    }

    public override bool ChangesWithinEpoch => false;

    public override double Rate(in TrainingTime time, ReadOnlySpan<double> state) => time.BaseRate * Math.Pow(factor, time.Epoch / every);
}
