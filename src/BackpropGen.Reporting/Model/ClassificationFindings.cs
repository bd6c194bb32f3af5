using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using BackpropGen.Data;

namespace BackpropGen.Reporting;

/// <summary>How a network classifies some examples. Immutable.</summary>
/// <param name="ClassNames">One per class.</param>
/// <param name="Counts">[true, predicted], row-major: how often.</param>
/// <param name="Mistakes">The worst, those that the network gave the right class the least probability first.</param>
/// <param name="Positions">Labels per example.</param>
internal sealed record ClassificationFindings(
    IReadOnlyList<string> ClassNames, IReadOnlyList<long> Counts, IReadOnlyList<LabelMistake> Mistakes, int Positions)
{
    /// <summary>How many classes there are.</summary>
    public int Classes => ClassNames.Count;

    /// <summary>Labels that were examined.</summary>
    public long Total { get; } = Counts.Sum();

    /// <summary>Labels that were right.</summary>
    public long Right { get; } = Enumerable.Range(0, ClassNames.Count).Sum(c => Counts[c * ClassNames.Count + c]);

    /// <summary>How often a class was taken for another (or for itself).</summary>
    public long Count(int right, int predicted) => Counts[right * Classes + predicted];

    /// <summary>How often a class occurs.</summary>
    public long Support(int right) => Enumerable.Range(0, Classes).Sum(p => Count(right, p));

    /// <summary>How often a class was predicted.</summary>
    public long Predicted(int predicted) => Enumerable.Range(0, Classes).Sum(r => Count(r, predicted));

    /// <summary>Of the times a class was predicted, the share that was right; NaN where it never was.</summary>
    public double Precision(int c) => Count(c, c) / (double)Predicted(c);

    /// <summary>Of the times a class occurs, the share that was found; NaN where it does not occur.</summary>
    public double Recall(int c) => Count(c, c) / (double)Support(c);

    /// <summary>The mistakes by pair of classes, the most frequent first.</summary>
    public IReadOnlyList<Confusion> Confusions(int most)
    {
        var worst = new WorstOf<Confusion>(most);
        for (int r = 0; r < Classes; r++)
        {
            long support = Support(r);
            for (int p = 0; p < Classes; p++)
            {
                if (r != p && Count(r, p) is > 0 and long count)
                {
                    worst.Offer(new Confusion(r, p, count, count / (double)support), count);
                }
            }
        }

        return worst.ToList();
    }

    /// <summary>Examines a network.</summary>
    /// <remarks>Both losses that take labels read the outputs as logarithms of something proportional to probabilities; so softmax gives these.</remarks>
    public static ClassificationFindings Of(INetwork network, LabelExamples examples, ReportOptions options)
    {
        int positions = examples.TargetSize, classes = network.OutputSize / positions;
        var counts = new long[classes * classes];
        var worst = new WorstOf<LabelMistake>(options.Mistakes);
        Predictions.ForEach(network, examples, (example, outputs) =>
        {
            for (int position = 0; position < positions; position++)
            {
                ReadOnlySpan<float> scores = outputs.Slice(position * classes, classes);
                int right = examples.Target(example)[position], predicted = Greatest(scores);
                counts[right * classes + predicted]++;
                double loss = LogSumOfExponentials(scores) - scores[right];
                if (right != predicted && worst.Takes(loss))
                {
                    double probability = Math.Exp(scores[predicted] - LogSumOfExponentials(scores));
                    worst.Offer(
                        new LabelMistake(example, position, right, predicted, Math.Exp(-loss), probability, examples.Input(example).ToArray()), loss);
                }
            }
        });

        IReadOnlyList<string> names = options.ClassNames ?? examples.ClassNames
            ?? [.. Enumerable.Range(0, classes).Select(c => c.ToString(CultureInfo.InvariantCulture))];
        return new ClassificationFindings(names, counts, worst.ToList(), positions);
    }

    /// <summary>The index of the greatest score, the first of equal ones; NaN is above everything, as in the network's own <c>Predict</c>.</summary>
    private static int Greatest(ReadOnlySpan<float> scores)
    {
        int greatest = 0;
        for (int i = 1; i < scores.Length && !float.IsNaN(scores[greatest]); i++)
        {
            if (scores[i] > scores[greatest] || float.IsNaN(scores[i]))
            {
                greatest = i;
            }
        }

        return greatest;
    }

    private static double LogSumOfExponentials(ReadOnlySpan<float> scores)
    {
        double greatest = scores[Greatest(scores)], sum = 0;
        foreach (float score in scores)
        {
            sum += Math.Exp(score - greatest);
        }

        return greatest + Math.Log(sum);
    }
}
