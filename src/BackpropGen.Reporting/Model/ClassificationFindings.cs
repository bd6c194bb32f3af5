using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using BackpropGen.Data;
using BackpropGen.Training;

namespace BackpropGen.Reporting;

/// <summary>How a network classifies some examples. Immutable.</summary>
/// <param name="ClassNames">One per class.</param>
/// <param name="Matrix">How often each class was taken for each other; not written to any more.</param>
/// <param name="Mistakes">The worst, those that the network gave the right class the least probability first.</param>
/// <param name="Positions">Labels per example.</param>
internal sealed record ClassificationFindings(
    IReadOnlyList<string> ClassNames, ConfusionMatrix Matrix, IReadOnlyList<LabelMistake> Mistakes, int Positions)
{
    /// <summary>How many classes there are.</summary>
    public int Classes => ClassNames.Count;

    /// <summary>How often a class occurs.</summary>
    public long Support(int actual) => Enumerable.Range(0, Classes).Sum(p => Matrix[actual, p]);

    /// <summary>How many mistakes a class has part in: taken for another, or another for it.</summary>
    public long Mistaken(int label) => Enumerable.Range(0, Classes).Sum(c => c == label ? 0 : Matrix[label, c] + Matrix[c, label]);

    /// <summary>The mistakes by pair of classes, the most frequent first.</summary>
    public IReadOnlyList<Confusion> Confusions(int most)
    {
        var worst = new WorstOf<Confusion>(most);
        for (int actual = 0; actual < Classes; actual++)
        {
            long support = Support(actual);
            for (int predicted = 0; predicted < Classes; predicted++)
            {
                if (actual != predicted && Matrix[actual, predicted] is > 0 and long count)
                {
                    worst.Offer(new Confusion(actual, predicted, count, count / (double)support), count);
                }
            }
        }

        return worst.ToList();
    }

    /// <summary>Examines a network.</summary>
    /// <remarks>Both losses that take labels read the outputs as logarithms of something proportional to probabilities; so softmax gives these.</remarks>
    public static ClassificationFindings Of(INetwork network, ScoreLayout layout, Examples examples, ReportOptions options)
    {
        var matrix = new ConfusionMatrix(layout.Classes);
        var worst = new WorstOf<LabelMistake>(options.Mistakes);
        var scores = new float[layout.Classes];
        Predictions.ForEach(network, examples, (example, outputs) =>
        {
            for (int position = 0; position < layout.Positions; position++)
            {
                int actual = Actual(layout, examples, example, position, scores);
                layout.Copy(outputs, position, scores);
                int predicted = Greatest(scores);
                matrix.Add(actual, predicted);
                double total = LogSumOfExponentials(scores), loss = total - scores[actual];
                if (actual != predicted && worst.Takes(loss))
                {
                    worst.Offer(
                        new LabelMistake(
                            example, position, actual, predicted, Math.Exp(-loss), Math.Exp(scores[predicted] - total), examples.Input(example).ToArray()),
                        loss);
                }
            }
        });

        IReadOnlyList<string> names = options.ClassNames ?? (examples as LabelExamples)?.ClassNames
            ?? [.. Enumerable.Range(0, layout.Classes).Select(c => c.ToString(CultureInfo.InvariantCulture))];
        return new ClassificationFindings(names, matrix, worst.ToList(), layout.Positions);
    }

    /// <summary>The right class: the label, or where the target is a distribution its greatest value.</summary>
    private static int Actual(ScoreLayout layout, Examples examples, int example, int position, Span<float> scratch)
    {
        if (examples is LabelExamples labels)
        {
            return labels.Target(example)[position];
        }

        layout.Copy(((TargetExamples)examples).Target(example), position, scratch);
        return Greatest(scratch);
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
