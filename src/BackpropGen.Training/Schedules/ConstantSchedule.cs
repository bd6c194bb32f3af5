using System;

namespace BackpropGen.Training;

/// <summary>The network's own rate, all the time: <c>rate = base</c>.</summary>
internal sealed class ConstantSchedule : LearningRateSchedule
{
    public override bool ChangesWithinEpoch => false;

    public override double Rate(in TrainingTime time, ReadOnlySpan<double> state) => time.BaseRate;
}
