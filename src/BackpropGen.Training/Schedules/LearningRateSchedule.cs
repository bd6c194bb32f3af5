using System;

namespace BackpropGen.Training;

/// <summary>
/// The learning rate of each step. A schedule is immutable: what it must remember (whether the score still gets better) it keeps in the
/// state that the trainer hands to it and writes into checkpoints.
/// </summary>
/// <remarks>The factories below make the usual ones; a class of one's own derives from this.</remarks>
public abstract class LearningRateSchedule
{
    /// <summary>How many values the schedule remembers; 0 for a pure function of the time.</summary>
    public virtual int StateSize => 0;

    /// <summary>False where the rate changes between epochs only: it is then asked for once an epoch.</summary>
    public virtual bool ChangesWithinEpoch => true;

    /// <summary>The learning rate of the next step.</summary>
    /// <param name="time">Where the training is.</param>
    /// <param name="state">What the schedule remembers, [<see cref="StateSize"/>].</param>
    /// <returns>Finite and not negative.</returns>
    public abstract double Rate(in TrainingTime time, ReadOnlySpan<double> state);

    /// <summary>The learning rate of the next step, for a schedule that remembers nothing, or has seen no epoch yet.</summary>
    /// <param name="time">Where the training is.</param>
    public double Rate(in TrainingTime time)
    {
        if (StateSize == 0)
        {
            return Rate(time, default);
        }

        var state = new double[StateSize];
        Begin(state);
        return Rate(time, state);
    }

    /// <summary>What the schedule remembers before the first epoch; zeros where this is not overridden.</summary>
    /// <param name="state">Receives it, [<see cref="StateSize"/>].</param>
    public virtual void Begin(Span<double> state) => state.Clear();

    /// <summary>Called after each epoch.</summary>
    /// <param name="epoch">How it went.</param>
    /// <param name="state">What the schedule remembers, [<see cref="StateSize"/>].</param>
    public virtual void EpochEnded(EpochResult epoch, Span<double> state)
    {
    }

    /// <summary>The score that the schedule waits for; null where it waits for none.</summary>
    internal virtual Score? Monitored => null;

    /// <summary>The network's own rate, all the time.</summary>
    public static LearningRateSchedule Constant() => new ConstantSchedule();

    /// <inheritdoc cref="StepSchedule"/>
    /// <param name="every">Epochs between two falls, at least 1.</param>
    /// <param name="factor">What the rate is multiplied by, above 0; 0.1 by default.</param>
    public static LearningRateSchedule Step(int every, double factor = 0.1) => new StepSchedule(every, factor);

    /// <inheritdoc cref="ExponentialSchedule"/>
    /// <param name="factor">What the rate is multiplied by after each epoch, above 0.</param>
    public static LearningRateSchedule Exponential(double factor) => new ExponentialSchedule(factor);

    /// <inheritdoc cref="CosineSchedule"/>
    /// <param name="floor">The rate at the end, not negative; 0 by default.</param>
    public static LearningRateSchedule Cosine(double floor = 0) => new CosineSchedule(floor);

    /// <inheritdoc cref="OneCycleSchedule"/>
    /// <param name="peak">The highest rate, above 0.</param>
    /// <param name="rise">The share of the steps in which the rate rises, in (0, 1); 0.3 by default.</param>
    /// <param name="start">The first rate is the peak divided by this, at least 1; 25 by default.</param>
    /// <param name="end">The last rate is the first divided by this, at least 1; 10,000 by default.</param>
    public static LearningRateSchedule OneCycle(double peak, double rise = 0.3, double start = 25, double end = 1e4) => new OneCycleSchedule(peak, rise, start, end);

    /// <inheritdoc cref="PlateauSchedule"/>
    /// <param name="factor">What the rate is multiplied by, in (0, 1); 0.1 by default.</param>
    /// <param name="patience">Epochs without a better score that are put up with, 0 or more; 10 by default.</param>
    /// <param name="score">What should get better; by default the validation loss, without validation the training loss.</param>
    /// <param name="minimumDelta">By what share of the best score a score must be better to count, not negative; 1e-4 by default.</param>
    /// <param name="cooldown">Epochs after a fall in which none is counted, 0 or more.</param>
    /// <param name="floor">The rate that is not gone below, not negative.</param>
    public static LearningRateSchedule OnPlateau(
        double factor = 0.1, int patience = 10, Score? score = null, double minimumDelta = 1e-4, int cooldown = 0, double floor = 0) =>
        new PlateauSchedule(factor, patience, score ?? Score.Loss, minimumDelta, cooldown, floor);

    /// <summary>A schedule of one's own: a pure function of the time.</summary>
    /// <param name="rate">The rate of a step; finite and not negative.</param>
    /// <exception cref="ArgumentNullException"><paramref name="rate"/> is null.</exception>
    public static LearningRateSchedule Of(Func<TrainingTime, double> rate) => new FunctionSchedule(rate);

    /// <inheritdoc cref="WarmUpSchedule"/>
    /// <param name="steps">Steps of the warm-up, at least 1.</param>
    /// <param name="from">The share of the rate that the first step is taken with, in [0, 1]; 0.1 by default.</param>
    public LearningRateSchedule WithWarmUp(long steps, double from = 0.1) => new WarmUpSchedule(this, steps, from);
}
