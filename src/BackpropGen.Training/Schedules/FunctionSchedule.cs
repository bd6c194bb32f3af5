using System;

namespace BackpropGen.Training;

/// <summary>A user's own function of the time.</summary>
internal sealed class FunctionSchedule : LearningRateSchedule
{
    private readonly Func<TrainingTime, double> rate;

    public FunctionSchedule(Func<TrainingTime, double> rate)
    {
        ArgumentNullException.ThrowIfNull(rate);
        this.rate = rate;
    }

    public override double Rate(in TrainingTime time, ReadOnlySpan<double> state) => rate(time);
}
