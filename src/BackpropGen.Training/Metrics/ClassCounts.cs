using System;

namespace BackpropGen.Training;

/// <summary>Per class three counts, one behind the other: how often it was found and right, how often found, how often there.</summary>
internal static class ClassCounts
{
    public static int Length(MetricShape shape) => 3 * shape.Classes;

    public static void Add(in MetricBatch batch, Span<double> sums)
    {
        int cases = batch.Cases;
        for (int i = 0; i < cases; i++)
        {
            int predicted = batch.Predicted(i);
            int actual = batch.Actual(i);
            sums[3 * actual] += predicted == actual ? 1 : 0;
            sums[(3 * predicted) + 1]++;
            sums[(3 * actual) + 2]++;
        }
    }

    /// <summary>Right ones per found one, or per one that was there; NaN without any.</summary>
    public static double Ratio(ReadOnlySpan<double> sums, int label, bool ofPrediction) => sums[3 * label] / sums[(3 * label) + (ofPrediction ? 1 : 2)];

    /// <summary>The mean of a ratio over the classes that were found or there; what is not defined counts as 0. NaN without any.</summary>
    public static double Macro(ReadOnlySpan<double> sums, bool ofPrediction)
    {
        double sum = 0;
        int occurring = 0;
        for (int c = 0; c < sums.Length / 3; c++)
        {
            if (sums[(3 * c) + 1] + sums[(3 * c) + 2] > 0)
            {
                double ratio = Ratio(sums, c, ofPrediction);
                sum += double.IsNaN(ratio) ? 0 : ratio;
                occurring++;
            }
        }

        return sum / occurring;
    }
}
