using System;
using System.IO;
using BackpropGen.Data;
using Xunit;

namespace BackpropGen.Training.Tests.Training;

public class BadInputTests
{
    private static readonly TargetExamples Set = Sets.Targets(10, 1);

    private static string Refusal(Trainer trainer)
    {
        float[] before = trainer.Network.Parameters.ToArray();
        string message = Assert.ThrowsAny<ArgumentException>(() => trainer.Run()).Message;
        Assert.Equal(before, trainer.Network.Parameters.ToArray());
        Assert.Equal(0, trainer.Network.StepCount);
        return message;
    }

    private static TargetTrainer<PlainNet> Trainer(TargetExamples set, TargetExamples? held = null) => new(new PlainNet(), set, held) { BatchSize = 1 };

    [Fact]
    public void Sizes_that_do_not_fit_are_both_said()
    {
        Assert.StartsWith("The training examples have 4 input values each; the network takes 3.", Refusal(Trainer(Sets.Targets(10, 1, inputs: 4))), StringComparison.Ordinal);
        Assert.StartsWith("The validation examples have 2 input values each; the network takes 3.", Refusal(Trainer(Set, Sets.Targets(10, 1, inputs: 2))), StringComparison.Ordinal);
        Assert.StartsWith("The training examples have 1 target values each; the network puts out 2.", Refusal(Trainer(Sets.Targets(10, 1, outputs: 1))), StringComparison.Ordinal);
        Assert.StartsWith(
            "The training examples have 2 labels each; the network takes 1, one for each 4 of its 4 outputs.",
            Refusal(new LabelTrainer<ClassNet>(new ClassNet(), Sets.Classes(40, 1, positions: 2))),
            StringComparison.Ordinal);
        Assert.StartsWith(
            "The training examples have 1 labels each; the network takes 4, one for each 5 of its 20 outputs.",
            Refusal(new LabelTrainer<SequenceNet>(new SequenceNet(), Sets.Classes(40, 1, inputs: 12))),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Empty_sets_are_refused()
    {
        Assert.StartsWith("The training set is empty", Refusal(Trainer(Sets.Targets(0, 1))), StringComparison.Ordinal);
        Assert.StartsWith("The validation set is empty", Refusal(Trainer(Set, Sets.Targets(0, 1))), StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_beyond_the_classes_are_refused()
    {
        var set = new LabelExamples(Sets.Values(9, 1), 3, (int[])[0, 4, 1]);
        Assert.StartsWith(
            "The label of training example 1 is 4; the network tells 4 classes apart: expected a label in [0, 4).",
            Refusal(new LabelTrainer<ClassNet>(new ClassNet(), set) { BatchSize = 1, ChecksExamples = false }),
            StringComparison.Ordinal);
        Assert.Contains("validation example 1 is 4", Refusal(new LabelTrainer<ClassNet>(new ClassNet(), Sets.Classes(10, 1), set) { BatchSize = 1 }), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_number_is_found_before_the_first_step()
    {
        float[] inputs = Sets.Values(90, 1);
        inputs[(3 * 17) + 1] = float.NegativeInfinity;
        Assert.StartsWith("Input column 1 of training example 17 is minus infinity", Refusal(Trainer(new TargetExamples(inputs, 3, Sets.Values(60, 2), 2))), StringComparison.Ordinal);
        float[] targets = Sets.Values(60, 2);
        targets[59] = float.NaN;
        Assert.StartsWith("Target column 1 of validation example 29 is NaN", Refusal(Trainer(Set, new TargetExamples(Sets.Values(90, 1), 3, targets, 2))), StringComparison.Ordinal);
    }

    [Fact]
    public void A_parameter_that_is_no_number_is_found_before_the_first_step()
    {
        TargetTrainer<PlainNet> trainer = Trainer(Set);
        trainer.Network.Affine2Weights[3] = float.NaN;
        Assert.StartsWith(
            "The network's parameter Affine2Weights [5, 2], index 3, is NaN before the first step.",
            Assert.ThrowsAny<ArgumentException>(() => trainer.Run()).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_that_make_no_sense_are_refused()
    {
        TargetTrainer<PlainNet> With(Action<TargetTrainer<PlainNet>> set)
        {
            TargetTrainer<PlainNet> trainer = Trainer(Set);
            set(trainer);
            return trainer;
        }

        Assert.StartsWith("Epochs is 0; expected at least 1.", Refusal(With(t => t.Epochs = 0)), StringComparison.Ordinal);
        Assert.StartsWith("BatchSize is 0; expected 1 to 10", Refusal(With(t => t.BatchSize = 0)), StringComparison.Ordinal);
        Assert.StartsWith("BatchSize is 11; expected 1 to 10", Refusal(With(t => t.BatchSize = 11)), StringComparison.Ordinal);
        Assert.StartsWith("A metric is null.", Refusal(With(t => t.Metrics.Add(null!))), StringComparison.Ordinal);
        Assert.StartsWith("An observer is null.", Refusal(With(t => t.Observers.Add(null!))), StringComparison.Ordinal);
        Assert.StartsWith(
            "EarlyStopping looks at the metric 'RMSE', which is not among the trainer's: it has none.",
            Refusal(With(t => t.EarlyStopping = new EarlyStopping(1) { Score = Score.Of(Metric.Rmse()) })),
            StringComparison.Ordinal);
        Assert.StartsWith(
            "Schedule looks at the validation loss, and there are no validation examples.",
            Refusal(With(t => t.Schedule = LearningRateSchedule.OnPlateau(score: Score.ValidationLoss))),
            StringComparison.Ordinal);
        string nowhere = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"), "a.checkpoint");
        Assert.Contains("there is no folder", Refusal(With(t => t.Checkpoints = new CheckpointOptions(nowhere))), StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>("patience", () => new EarlyStopping(0));
        Assert.Throws<ArgumentOutOfRangeException>("value", () => new EarlyStopping(1) { MinimumDelta = double.NaN });
        Assert.Throws<ArgumentOutOfRangeException>("value", () => new CheckpointOptions("a") { EverySteps = -1 });
    }

    [Fact]
    public void A_rate_that_is_none_is_refused()
    {
        TargetTrainer<PlainNet> trainer = Trainer(Set);
        trainer.Schedule = LearningRateSchedule.Of(_ => double.NaN);
        Assert.Contains("learning rate", Refusal(trainer), StringComparison.Ordinal);
    }
}
