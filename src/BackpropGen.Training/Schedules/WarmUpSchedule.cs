using System;

namespace BackpropGen.Training;

/// <summary>
/// Rises linearly to another schedule's rate in the first steps, and is that rate from then on:
/// <c>rate = other·(from + (1 − from)·min(1, step/steps))</c> (P. Goyal et al., "Accurate, Large Minibatch SGD", 2017). The other
/// schedule's time goes on meanwhile.
/// </summary>
internal sealed class WarmUpSchedule : LearningRateSchedule
{
    private readonly LearningRateSchedule then;
    private readonly long steps;
    private readonly double from;

    public WarmUpSchedule(LearningRateSchedule then, long steps, double from)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        if (!(from >= 0 && from <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(from), from, "A warm-up begins with a share of the rate in [0, 1].");
        }

        this.then = then;
        this.steps = steps;
        this.from = from;
    }

    public override int StateSize => then.StateSize;

    internal override Score? Monitored => then.Monitored;

    public override double Rate(in TrainingTime time, ReadOnlySpan<double> state)
    {
        double rate = then.Rate(time, state);
        return time.Step >= steps ? rate : rate * (from + ((1 - from) * time.Step / steps));
    }

    public override void Begin(Span<double> state) => then.Begin(state);

    public override void EpochEnded(EpochResult epoch, Span<double> state) => then.EpochEnded(epoch, state);
}
