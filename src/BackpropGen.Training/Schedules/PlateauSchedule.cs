using System;

namespace BackpropGen.Training;

/// <summary>
/// Falls by a factor when a score has not got better for more than so many epochs: <c>rate = max(floor, base·factor^falls)</c>
/// (PyTorch's <c>ReduceLROnPlateau</c> with its relative threshold). A score that is not a number counts as no better.
/// </summary>
internal sealed class PlateauSchedule : LearningRateSchedule
{
    // What is remembered: falls so far, the best score, epochs since it, epochs of the cooldown that are left.
    private const int Falls = 0;
    private const int Best = 1;
    private const int Waited = 2;
    private const int Cooling = 3;

    private readonly double factor;
    private readonly int patience;
    private readonly Score score;
    private readonly double minimumDelta;
    private readonly int cooldown;
    private readonly double floor;

    public PlateauSchedule(double factor, int patience, Score score, double minimumDelta, int cooldown, double floor)
    {
        Require.Within(factor, 0, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(patience);
        Require.NotNegative(minimumDelta);
        ArgumentOutOfRangeException.ThrowIfNegative(cooldown);
        Require.NotNegative(floor);
        this.factor = factor;
        this.patience = patience;
        this.score = score;
        this.minimumDelta = minimumDelta;
        this.cooldown = cooldown;
        this.floor = floor;
    }

    public override int StateSize => 4;

    public override bool ChangesWithinEpoch => false;

    internal override Score? Monitored => score;

    public override double Rate(in TrainingTime time, ReadOnlySpan<double> state) =>
        state[Falls] == 0 ? time.BaseRate : Math.Max(Math.Min(floor, time.BaseRate), time.BaseRate * Math.Pow(factor, state[Falls]));

    public override void Begin(Span<double> state)
    {
        state.Clear();
        state[Best] = score.Worst;
    }

    public override void EpochEnded(EpochResult epoch, Span<double> state)
    {
        double value = score.Of(epoch);
        double best = state[Best];
        if (score.IsBetter(value, best, double.IsFinite(best) ? minimumDelta * Math.Abs(best) : 0))
        {
            state[Best] = value;
            state[Waited] = 0;
        }
        else
        {
            state[Waited]++;
        }

        if (state[Cooling] > 0)
        {
            state[Cooling]--;
            state[Waited] = 0;
        }

        if (state[Waited] > patience)
        {
            state[Falls]++;
            state[Cooling] = cooldown;
            state[Waited] = 0;
        }
    }
}
