using System;
using System.IO;
using System.Linq;
using System.Threading;
using BackpropGen.Data;

namespace BackpropGen.Training.Tests.Training;

[Affine(2, 16)]
[Relu]
[Affine(16, 2)]
[CrossEntropyLoss]
[Adam(0.01f)]
public partial class InsideNet;

public static class Inside
{
    public static TrainingResult Train(string folder, CancellationToken cancellationToken)
    {
        // Is a point of the square within the circle?
        var random = new Random(1);
        float[] points = Enumerable.Range(0, 2 * 1000).Select(_ => (2 * random.NextSingle()) - 1).ToArray();
        int[] labels = points.Chunk(2).Select(p => (p[0] * p[0]) + (p[1] * p[1]) < 0.6f ? 1 : 0).ToArray();
        (LabelExamples train, LabelExamples held) = new LabelExamples(points, 2, labels, ["outside", "inside"]).Split(0.8, seed: 1);

        var trainer = new LabelTrainer<InsideNet>(new InsideNet(), train, held)
        {
            Epochs = 50,
            BatchSize = 20,
            Schedule = LearningRateSchedule.Cosine().WithWarmUp(40),
            Clipping = GradientClipping.ByNorm(1),
            EarlyStopping = new EarlyStopping(patience: 10),
            Checkpoints = new CheckpointOptions(Path.Combine(folder, "inside.checkpoint")) { EverySteps = 100 },
        };
        trainer.Metrics.Add(Metric.Accuracy());
        trainer.Metrics.Add(Metric.Recall(1));
        TrainingResult result = trainer.Run(cancellationToken);

        TrainingHistory.WriteCsv(result.History, Path.Combine(folder, "inside.csv"));
        Weights.Save(trainer.Network, Path.Combine(folder, "inside.safetensors"));
        return result;
    }
}
