using System;
using System.Linq;
using Xunit;

namespace BackpropGen.Training.Tests.Training;

public class ScheduleTests
{
    private static TrainingTime At(long step, double rate = 0.1, int perEpoch = 10, int epochs = 10) => new(rate, step, perEpoch, epochs);

    private static EpochResult Epoch(double loss) => new(1, 0, loss, null, [], TimeSpan.FromSeconds(1), 1, false);

    [Theory]
    [InlineData(0, 0.1)]
    [InlineData(29, 0.1)]
    [InlineData(30, 0.05)]
    [InlineData(65, 0.025)]
    public void Step_falls_every_so_many_epochs(long step, double expected) =>
        Assert.Equal(expected, LearningRateSchedule.Step(3, 0.5).Rate(At(step)), 15);

    [Fact]
    public void Exponential_falls_after_each_epoch()
    {
        for (int step = 0; step < 100; step++)
        {
            Assert.Equal(0.1 * Math.Pow(0.9, step / 10), LearningRateSchedule.Exponential(0.9).Rate(At(step)), 15);
        }
    }

    [Fact]
    public void Cosine_goes_from_the_base_rate_to_the_floor_without_a_jump()
    {
        LearningRateSchedule cosine = LearningRateSchedule.Cosine(0.01);
        Assert.Equal(0.1, cosine.Rate(At(0)), 15);
        Assert.Equal(0.055, cosine.Rate(At(50)), 15);
        Assert.Equal(0.01, cosine.Rate(At(100)), 15);
        Assert.Equal(0.01, cosine.Rate(At(150)), 15);
        for (int step = 0; step < 100; step++)
        {
            Assert.Equal(0.01 + (0.09 * (1 + Math.Cos(Math.PI * step / 100)) / 2), cosine.Rate(At(step)), 14);
            Assert.True(cosine.Rate(At(step + 1)) < cosine.Rate(At(step)));

            // The slope of a cosine is at most π/2 times that of the line between its ends.
            Assert.InRange(cosine.Rate(At(step)) - cosine.Rate(At(step + 1)), 0, 0.09 * Math.PI / 2 / 100);
        }
    }

    // PyTorch 1.13.1: OneCycleLR(SGD(lr=1), max_lr=0.3, total_steps=20), the rate before each step.
    [Fact]
    public void One_cycle_is_that_of_PyTorch()
    {
        double[] expected = [0.01200000000000001, 0.039501552810007556, 0.11150155281000756, 0.2004984471899924, 0.2724984471899924, 0.3, 0.2962392018705262, 0.2851453896040421, 0.267274853271315, 0.24352369618492894, 0.21508290053739026, 0.18337860658088678, 0.1500006, 0.11662259341911323, 0.08491829946260977, 0.05647750381507109, 0.03272634672868501, 0.014855810395957887, 0.0037619981294737662, 1.2e-06];
        LearningRateSchedule cycle = LearningRateSchedule.OneCycle(0.3);
        double[] actual = [.. Enumerable.Range(0, 20).Select(step => cycle.Rate(At(step, 1, 4, 5)))];
        for (int step = 0; step < 20; step++)
        {
            Assert.Equal(expected[step], actual[step], 12);
        }

        Assert.Equal(actual[19], cycle.Rate(At(25, 1, 4, 5)), 15);
    }

    // PyTorch 1.13.1: ReduceLROnPlateau(SGD(lr=1), factor=0.5, patience=2, cooldown=1, min_lr=0.1), the rate after each of these losses.
    [Fact]
    public void On_plateau_is_that_of_PyTorch()
    {
        double[] losses = [1, 0.9, 0.89999, 0.95, 0.9, 0.91, 0.92, 0.93, 0.94, 0.95, 0.5, 0.6, 0.6, double.NaN, 0.6, 0.6, 0.6, 0.6, 0.6, 0.6, 0.6, 0.6, 0.6];
        double[] expected = [1.0, 1.0, 1.0, 1.0, 0.5, 0.5, 0.5, 0.5, 0.25, 0.25, 0.25, 0.25, 0.25, 0.125, 0.125, 0.125, 0.125, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1];
        LearningRateSchedule plateau = LearningRateSchedule.OnPlateau(0.5, 2, Score.TrainingLoss, cooldown: 1, floor: 0.1);
        var state = new double[plateau.StateSize];
        plateau.Begin(state);
        for (int i = 0; i < losses.Length; i++)
        {
            plateau.EpochEnded(Epoch(losses[i]), state);
            Assert.Equal(expected[i], plateau.Rate(At(i, 1), state), 12);
        }

        Assert.Equal(1, plateau.Rate(At(0, 1)));
    }

    [Fact]
    public void A_plateau_of_a_score_that_should_be_high_waits_for_it_to_rise()
    {
        LearningRateSchedule plateau = LearningRateSchedule.OnPlateau(0.5, 0, Score.Of(Metric.Accuracy()));
        var state = new double[plateau.StateSize];
        plateau.Begin(state);
        double Next(double accuracy)
        {
            plateau.EpochEnded(Epoch(0) with { Metrics = [new MetricValue("accuracy", accuracy)] }, state);
            return plateau.Rate(At(0), state);
        }

        Assert.Equal([0.1, 0.1, 0.05, 0.05], [Next(0.5), Next(0.6), Next(0.6), Next(0.7)]);
    }

    [Fact]
    public void A_warm_up_rises_linearly_into_any_schedule_and_is_it_from_then_on()
    {
        foreach (LearningRateSchedule then in new[] { LearningRateSchedule.Constant(), LearningRateSchedule.Cosine(), LearningRateSchedule.Step(1), LearningRateSchedule.OneCycle(1) })
        {
            LearningRateSchedule warm = then.WithWarmUp(20, 0.25);
            for (int step = 0; step < 100; step++)
            {
                Assert.Equal(then.Rate(At(step)) * Math.Min(1, 0.25 + (0.75 * step / 20)), warm.Rate(At(step)), 15);
            }
        }

        LearningRateSchedule plateau = LearningRateSchedule.OnPlateau(0.5, 0).WithWarmUp(10);
        var state = new double[plateau.StateSize];
        plateau.Begin(state);
        plateau.EpochEnded(Epoch(1), state);
        plateau.EpochEnded(Epoch(1), state);
        Assert.Equal(0.05, plateau.Rate(At(10), state), 15);
        Assert.Equal(0.05 * 0.1, plateau.Rate(At(0), state), 15);
    }

    [Fact]
    public void What_says_that_it_changes_between_epochs_only_does_not_change_within_one()
    {
        foreach (LearningRateSchedule schedule in new[] { LearningRateSchedule.Constant(), LearningRateSchedule.Step(2), LearningRateSchedule.Exponential(0.9), LearningRateSchedule.OnPlateau() })
        {
            Assert.False(schedule.ChangesWithinEpoch);
            Assert.All(Enumerable.Range(0, 100), step => Assert.Equal(schedule.Rate(At(step / 10 * 10)), schedule.Rate(At(step))));
        }

        Assert.True(LearningRateSchedule.Step(2).WithWarmUp(3).ChangesWithinEpoch);
    }

    [Fact]
    public void Arguments_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>("every", () => LearningRateSchedule.Step(0));
        Assert.Throws<ArgumentOutOfRangeException>("factor", () => LearningRateSchedule.Step(1, double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>("factor", () => LearningRateSchedule.Exponential(0));
        Assert.Throws<ArgumentOutOfRangeException>("floor", () => LearningRateSchedule.Cosine(-1));
        Assert.Throws<ArgumentOutOfRangeException>("peak", () => LearningRateSchedule.OneCycle(double.PositiveInfinity));
        Assert.Throws<ArgumentOutOfRangeException>("rise", () => LearningRateSchedule.OneCycle(1, 1));
        Assert.Throws<ArgumentOutOfRangeException>("start", () => LearningRateSchedule.OneCycle(1, 0.5, 0.5));
        Assert.Throws<ArgumentOutOfRangeException>("factor", () => LearningRateSchedule.OnPlateau(1));
        Assert.Throws<ArgumentOutOfRangeException>("patience", () => LearningRateSchedule.OnPlateau(0.5, -1));
        Assert.Throws<ArgumentOutOfRangeException>("steps", () => LearningRateSchedule.Constant().WithWarmUp(0));
        Assert.Throws<ArgumentOutOfRangeException>("from", () => LearningRateSchedule.Constant().WithWarmUp(1, 2));
    }
}
