using System;

namespace BackpropGen.Training;

/// <summary>
/// Rises to a peak and falls far below where it began, both along half a cosine; the network's own rate plays no part
/// (L. N. Smith and N. Topin, "Super-Convergence", 2018; PyTorch's <c>OneCycleLR</c> with two phases). With <c>top = rise·steps − 1</c>:
/// <c>peak/start</c> at step 0, <c>peak</c> at <c>top</c>, <c>peak/start/end</c> at the last step.
/// </summary>
internal sealed class OneCycleSchedule : LearningRateSchedule
{
    private readonly double peak;
    private readonly double rise;
    private readonly double first;
    private readonly double last;

    public OneCycleSchedule(double peak, double rise, double start, double end)
    {
        Require.Positive(peak);
        Require.Within(rise, 0, 1);
        Require.AtLeastOne(start);
        Require.AtLeastOne(end);
        this.peak = peak;
        this.rise = rise;
        first = peak / start;
        last = first / end;
    }

    public override double Rate(in TrainingTime time, ReadOnlySpan<double> state)
    {
        // With so few steps that the rise has none, the training begins at the peak.
        double top = Math.Max(0, (rise * time.TotalSteps) - 1);
        return time.Step < top
            ? CosineSchedule.Anneal(first, peak, time.Step / top)
            : CosineSchedule.Anneal(peak, last, time.TotalSteps - 1 > top ? (time.Step - top) / (time.TotalSteps - 1 - top) : 0);
    }
}
