using System;
using BackpropGen.Data;

namespace BackpropGen.Training.Tests.Training;

/// <summary>Examples by chance, the same every time.</summary>
internal static class Sets
{
    public static float[] Values(int count, int seed, float scale = 1)
    {
        var random = new Random(seed);
        var values = new float[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = scale * ((2 * random.NextSingle()) - 1);
        }

        return values;
    }

    public static int[] Labels(int count, int classes, int seed)
    {
        var random = new Random(seed);
        var labels = new int[count];
        for (int i = 0; i < count; i++)
        {
            labels[i] = random.Next(classes);
        }

        return labels;
    }

    public static TargetExamples Targets(int count, int seed, int inputs = 3, int outputs = 2) =>
        new(Values(count * inputs, seed), inputs, Values(count * outputs, seed + 1), outputs);

    public static LabelExamples Classes(int count, int seed, int inputs = 3, int classes = 4, int positions = 1) =>
        new(Values(count * inputs, seed), inputs, Labels(count * positions, classes, seed + 1), labelsPerExample: positions);
}
