using System;
using System.Collections.Generic;
using System.Linq;
using BackpropGen.Data;

namespace BackpropGen.Training;

/// <summary>How often each class was taken for each other: rows are what is there, columns what the network found.</summary>
public sealed class ConfusionMatrix
{
    private readonly long[] counts;

    /// <summary>A matrix of zeros.</summary>
    /// <param name="classes">At least 1.</param>
    /// <param name="classNames">What they are called, as many; null where they have no names.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no class.</exception>
    /// <exception cref="ArgumentException">There are more or fewer names than classes.</exception>
    public ConfusionMatrix(int classes, IReadOnlyList<string>? classNames = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        if (classNames is not null && classNames.Count != classes)
        {
            throw new ArgumentException(FormattableString.Invariant($"{classNames.Count} names for {classes} classes."), nameof(classNames));
        }

        Classes = classes;
        ClassNames = classNames;
        counts = new long[checked(classes * classes)];
    }

    /// <summary>How many classes there are.</summary>
    public int Classes { get; }

    /// <summary>What they are called, by index; null where they have no names.</summary>
    public IReadOnlyList<string>? ClassNames { get; }

    /// <summary>How many cases were counted.</summary>
    public long Total => counts.Sum();

    /// <summary>How often one class was taken for another.</summary>
    /// <param name="actual">What is there, in [0, <see cref="Classes"/>).</param>
    /// <param name="predicted">What was found, in [0, <see cref="Classes"/>).</param>
    public long this[int actual, int predicted] => counts[(Check(actual) * Classes) + Check(predicted)];

    /// <summary>Right cases per case, in [0, 1]; NaN without a case.</summary>
    public double Accuracy => (double)Enumerable.Range(0, Classes).Sum(c => this[c, c]) / Total;

    /// <summary>The mean of <see cref="Precision"/> over the classes that were found or are there; one that is not defined counts as 0.</summary>
    public double MacroPrecision => Macro(Precision);

    /// <summary>The mean of <see cref="Recall"/> over the classes that were found or are there; one that is not defined counts as 0.</summary>
    public double MacroRecall => Macro(Recall);

    /// <summary>Examines a network on examples.</summary>
    /// <param name="network">The network; its parameters are read.</param>
    /// <param name="examples">At least one.</param>
    /// <exception cref="ArgumentException">The network's sizes do not fit the examples, there is no example, or a label is no class.</exception>
    public static ConfusionMatrix Of<TNetwork>(TNetwork network, LabelExamples examples)
        where TNetwork : ILabelTrainable
    {
        ArgumentNullException.ThrowIfNull(examples);
        var batch = new LabelBatch<TNetwork>(network, examples, "examples");
        batch.Check(checksValues: false);
        var matrix = new ConfusionMatrix(batch.Shape.Classes, examples.ClassNames is { } names && names.Count == batch.Shape.Classes ? names : null);
        batch.Allocate(Math.Min(examples.Count, batch.PieceSize(1)));
        var order = new int[examples.Count];
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        for (int start = 0; start < order.Length; start += batch.Capacity)
        {
            batch.Gather(order.AsSpan(start, Math.Min(batch.Capacity, order.Length - start)));
            MetricBatch piece = batch.Examine();
            for (int i = 0; i < piece.Cases; i++)
            {
                matrix.Add(piece.Actual(i), piece.Predicted(i));
            }
        }

        return matrix;
    }

    /// <summary>Counts a case.</summary>
    /// <param name="actual">What is there, in [0, <see cref="Classes"/>).</param>
    /// <param name="predicted">What was found, in [0, <see cref="Classes"/>).</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public void Add(int actual, int predicted) => counts[(Check(actual) * Classes) + Check(predicted)]++;

    /// <summary>Counts cases.</summary>
    /// <param name="actual">What is there, each in [0, <see cref="Classes"/>).</param>
    /// <param name="predicted">What was found, as many.</param>
    /// <exception cref="ArgumentException">There are not as many of one as of the other.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public void Add(ReadOnlySpan<int> actual, ReadOnlySpan<int> predicted)
    {
        if (actual.Length != predicted.Length)
        {
            throw new ArgumentException(FormattableString.Invariant($"{predicted.Length} classes were found for {actual.Length} that are there."), nameof(predicted));
        }

        for (int i = 0; i < actual.Length; i++)
        {
            Add(actual[i], predicted[i]);
        }
    }

    /// <summary>Right ones among those that were taken for a class, in [0, 1]; NaN where none was.</summary>
    /// <param name="label">The class, in [0, <see cref="Classes"/>).</param>
    public double Precision(int label) => (double)this[label, label] / Enumerable.Range(0, Classes).Sum(actual => this[actual, label]);

    /// <summary>Those found among a class's own, in [0, 1]; NaN where there are none.</summary>
    /// <param name="label">The class, in [0, <see cref="Classes"/>).</param>
    public double Recall(int label) => (double)this[label, label] / Enumerable.Range(0, Classes).Sum(predicted => this[label, predicted]);

    private double Macro(Func<int, double> ratio)
    {
        int[] occurring = Enumerable.Range(0, Classes).Where(c => Enumerable.Range(0, Classes).Any(o => this[c, o] + this[o, c] > 0)).ToArray();
        return occurring.Select(ratio).Sum(r => double.IsNaN(r) ? 0 : r) / occurring.Length;
    }

    private int Check(int label) => (uint)label < (uint)Classes
        ? label
        : throw new ArgumentOutOfRangeException(nameof(label), label, FormattableString.Invariant($"There is no such class; expected one in [0, {Classes})."));
}
