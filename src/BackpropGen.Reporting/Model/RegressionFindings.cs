using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using BackpropGen.Data;

namespace BackpropGen.Reporting;

/// <summary>How well a network predicts values for some examples. Immutable.</summary>
/// <param name="Outputs">The first outputs, at most 12 of them.</param>
/// <param name="OutputCount">How many outputs there are.</param>
/// <param name="Mistakes">The predictions that are furthest off, over all outputs in terms of their root mean square error.</param>
/// <param name="Total">Examples examined.</param>
internal sealed record RegressionFindings(
    IReadOnlyList<OutputFindings> Outputs, int OutputCount, IReadOnlyList<TargetMistake> Mistakes, int Total)
{
    private const int MostOutputs = 12;
    private const int MostPoints = 1000;

    /// <summary>Examines a network.</summary>
    public static RegressionFindings Of(INetwork network, TargetExamples examples, ReportOptions options)
    {
        int count = Math.Min(network.OutputSize, MostOutputs), total = examples.Count;
        var predicted = new float[count][];
        for (int output = 0; output < count; output++)
        {
            predicted[output] = new float[total];
        }

        Predictions.ForEach(network, examples, (example, outputs) =>
        {
            for (int output = 0; output < count; output++)
            {
                predicted[output][example] = outputs[output];
            }
        });

        var worst = new WorstOf<TargetMistake>(options.Mistakes);
        var findings = new OutputFindings[count];
        for (int output = 0; output < count; output++)
        {
            OutputScale scale = options.Outputs?[output] ?? new OutputScale("output " + (output + 1).ToString(CultureInfo.InvariantCulture));
            findings[output] = Examine(scale, [.. Enumerable.Range(0, total).Select(e => examples.Target(e)[output])], predicted[output]);
            OfferMistakes(worst, examples, findings[output], output, predicted[output]);
        }

        return new RegressionFindings(findings, network.OutputSize, worst.ToList(), total);
    }

    private static OutputFindings Examine(OutputScale scale, float[] targets, float[] predicted)
    {
        double squares = 0, absolutes = 0, mean = targets.Average(t => scale.Of(t)), deviations = 0;
        var errors = new float[targets.Length];
        for (int i = 0; i < targets.Length; i++)
        {
            double error = scale.Of(predicted[i]) - scale.Of(targets[i]), deviation = scale.Of(targets[i]) - mean;
            squares += error * error;
            absolutes += Math.Abs(error);
            deviations += deviation * deviation;
            errors[i] = (float)error;
        }

        int points = Math.Min(MostPoints, targets.Length);
        return new OutputFindings(
            scale,
            Math.Sqrt(squares / targets.Length),
            absolutes / targets.Length,
            deviations > 0 ? 1 - squares / deviations : double.NaN,
            [.. Enumerable.Range(0, points).Select(i => (int)((long)i * targets.Length / points)).Select(i => (scale.Of(targets[i]), scale.Of(predicted[i])))],
            Histogram.Of(errors));
    }

    private static void OfferMistakes(
        WorstOf<TargetMistake> worst, TargetExamples examples, OutputFindings findings, int output, float[] predicted)
    {
        for (int i = 0; i < predicted.Length; i++)
        {
            double target = findings.Scale.Of(examples.Target(i)[output]), value = findings.Scale.Of(predicted[i]);
            double score = Math.Abs(value - target) / findings.RootMeanSquare;
            if (value != target && worst.Takes(score))
            {
                worst.Offer(new TargetMistake(i, output, target, value, examples.Input(i).ToArray()), score);
            }
        }
    }
}
