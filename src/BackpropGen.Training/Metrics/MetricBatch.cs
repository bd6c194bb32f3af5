using System;

namespace BackpropGen.Training;

/// <summary>Some samples' outputs, and what they should have been.</summary>
public readonly ref struct MetricBatch
{
    /// <summary>Puts outputs next to what they should have been.</summary>
    /// <param name="shape">What the outputs are.</param>
    /// <param name="samples">How many samples there are.</param>
    /// <param name="outputs">[samples, <see cref="MetricShape.OutputSize"/>].</param>
    /// <param name="targets">The same; empty where there are labels.</param>
    /// <param name="labels">[samples, <see cref="MetricShape.Positions"/>]; empty where there are targets.</param>
    public MetricBatch(MetricShape shape, int samples, ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, ReadOnlySpan<int> labels)
    {
        Shape = shape;
        Samples = samples;
        Outputs = outputs;
        Targets = targets;
        Labels = labels;
    }

    /// <summary>What the outputs are.</summary>
    public MetricShape Shape { get; }

    /// <summary>How many samples there are.</summary>
    public int Samples { get; }

    /// <summary>[<see cref="Samples"/>, <see cref="MetricShape.OutputSize"/>].</summary>
    public ReadOnlySpan<float> Outputs { get; }

    /// <summary>The same; empty where there are labels.</summary>
    public ReadOnlySpan<float> Targets { get; }

    /// <summary>[<see cref="Samples"/>, <see cref="MetricShape.Positions"/>]; empty where there are targets.</summary>
    public ReadOnlySpan<int> Labels { get; }

    /// <summary>How many classes were to be found: one at each position of each sample.</summary>
    public int Cases => Samples * Shape.Positions;

    /// <summary>The class that the network finds: of the highest score, the first of equals; a score that is not a number wins.</summary>
    /// <param name="index">In [0, <see cref="Cases"/>).</param>
    public int Predicted(int index) => Highest(Outputs, index);

    /// <summary>The class that it should find: the label, or the target's highest value.</summary>
    /// <param name="index">In [0, <see cref="Cases"/>).</param>
    public int Actual(int index) => Shape.HasLabels ? Labels[index] : Highest(Targets, index);

    /// <summary>How many classes come before one in the order of their scores: 0 where it is the predicted one.</summary>
    /// <param name="index">In [0, <see cref="Cases"/>).</param>
    /// <param name="label">The class.</param>
    public int RankOf(int index, int label)
    {
        int start = Start(index);
        float own = Outputs[start + (label * Shape.ClassStride)];
        int rank = 0;
        for (int c = 0; c < Shape.Classes; c++)
        {
            float other = Outputs[start + (c * Shape.ClassStride)];
            bool isAhead = c < label
                ? float.IsNaN(other) || other >= own
                : c > label && !float.IsNaN(own) && (float.IsNaN(other) || other > own);
            rank += isAhead ? 1 : 0;
        }

        return rank;
    }

    private int Highest(ReadOnlySpan<float> values, int index)
    {
        int start = Start(index);
        int best = 0;
        float highest = values[start];
        for (int c = 1; c < Shape.Classes && !float.IsNaN(highest); c++)
        {
            float value = values[start + (c * Shape.ClassStride)];
            if (value > highest || float.IsNaN(value))
            {
                highest = value;
                best = c;
            }
        }

        return best;
    }

    // Where the score of class 0 at this position lies: positions are next to each other where the classes are the outer axis.
    private int Start(int index)
    {
        int positions = Shape.Positions;
        int sample = index / positions;
        int position = index % positions;
        return (sample * Shape.OutputSize) + (Shape.ClassStride == 1 ? position * Shape.Classes : position);
    }
}
