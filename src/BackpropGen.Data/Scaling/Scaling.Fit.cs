using System;

namespace BackpropGen.Data;

public sealed partial class Scaling
{
    /// <summary>The values of an example that are looked at.</summary>
    private delegate ReadOnlySpan<float> Values(int example);

    /// <summary>Inputs to mean 0 and standard deviation 1 (of the training part as it is: divided by n).</summary>
    /// <param name="training">What the network learns from, without what it is examined on.</param>
    /// <exception cref="ArgumentException">There are no examples, or a value is not finite.</exception>
    public static Scaling Standardize(Examples training)
    {
        ArgumentNullException.ThrowIfNull(training);
        return Standardize(training.Input, training.Count, training.InputSize, "input");
    }

    /// <summary>Targets to mean 0 and standard deviation 1 (of the training part as it is: divided by n).</summary>
    /// <param name="training">What the network learns from, without what it is examined on.</param>
    /// <exception cref="ArgumentException">There are no examples, or a value is not finite.</exception>
    public static Scaling StandardizeTargets(TargetExamples training)
    {
        ArgumentNullException.ThrowIfNull(training);
        return Standardize(training.Target, training.Count, training.TargetSize, "target");
    }

    /// <summary>Inputs to a range: the least value of the training part to its lower end, the greatest to its upper.</summary>
    /// <param name="training">What the network learns from, without what it is examined on.</param>
    /// <param name="low">The range's lower end, finite.</param>
    /// <param name="high">Its upper end, finite and above.</param>
    /// <exception cref="ArgumentException">There are no examples, a value is not finite, the range is none, or the values lie further apart than float32 reaches.</exception>
    public static Scaling MinMax(Examples training, float low = 0, float high = 1)
    {
        ArgumentNullException.ThrowIfNull(training);
        return MinMax(training.Input, training.Count, training.InputSize, "input", low, high);
    }

    /// <summary>Targets to a range: the least value of the training part to its lower end, the greatest to its upper.</summary>
    /// <param name="training">What the network learns from, without what it is examined on.</param>
    /// <param name="low">The range's lower end, finite.</param>
    /// <param name="high">Its upper end, finite and above.</param>
    /// <exception cref="ArgumentException">There are no examples, a value is not finite, the range is none, or the values lie further apart than float32 reaches.</exception>
    public static Scaling MinMaxTargets(TargetExamples training, float low = 0, float high = 1)
    {
        ArgumentNullException.ThrowIfNull(training);
        return MinMax(training.Target, training.Count, training.TargetSize, "target", low, high);
    }

    private static Scaling Standardize(Values training, int count, int size, string what)
    {
        (float[] least, float[] greatest) = Extremes(training, count, size, what);
        var means = new double[size];
        for (int example = 0; example < count; example++)
        {
            ReadOnlySpan<float> sample = training(example);
            for (int i = 0; i < size; i++)
            {
                means[i] += sample[i];
            }
        }

        var offsets = new float[size];
        for (int i = 0; i < size; i++)
        {
            means[i] /= count;

            // Of equal values, the sum's rounding must not make a mean that is none of them.
            offsets[i] = least[i] == greatest[i] ? least[i] : (float)means[i];
        }

        // A second pass: squares of values far from 0 would cancel.
        var squares = new double[size];
        for (int example = 0; example < count; example++)
        {
            ReadOnlySpan<float> sample = training(example);
            for (int i = 0; i < size; i++)
            {
                double distance = sample[i] - means[i];
                squares[i] += distance * distance;
            }
        }

        var scales = new float[size];
        for (int i = 0; i < size; i++)
        {
            scales[i] = ScaleOf(least[i] == greatest[i] ? 0 : Math.Sqrt(squares[i] / count));
        }

        return new Scaling(offsets, scales);
    }

    private static Scaling MinMax(Values training, int count, int size, string what, float low, float high)
    {
        if (!float.IsFinite(low) || !float.IsFinite(high) || !(low < high))
        {
            throw new ArgumentException(FormattableString.Invariant($"The range is {low} to {high}; expected two finite numbers, the lower one first."), nameof(high));
        }

        (float[] least, float[] greatest) = Extremes(training, count, size, what);
        var offsets = new float[size];
        var scales = new float[size];
        for (int i = 0; i < size; i++)
        {
            double scale = ((double)greatest[i] - least[i]) / ((double)high - low);
            scales[i] = ScaleOf(scale);
            offsets[i] = (float)(least[i] - (double)low * scales[i]);
            if (!float.IsFinite(scales[i]) || !float.IsFinite(offsets[i]))
            {
                throw new ArgumentException(
                    FormattableString.Invariant($"Value {i} of the {what}s goes from {least[i]} to {greatest[i]}, which float32 cannot bring to {low} to {high}."), nameof(training));
            }
        }

        return new Scaling(offsets, scales);
    }

    /// <summary>A scale of 0 would divide by it: such a feature says nothing, and is left as its difference.</summary>
    private static float ScaleOf(double distance) => (float)distance == 0 ? 1 : (float)distance;

    private static (float[] Least, float[] Greatest) Extremes(Values training, int count, int size, string what)
    {
        if (count == 0)
        {
            throw new ArgumentException("No examples to fit a scaling on; expected at least one.", nameof(training));
        }

        float[] least = training(0).ToArray();
        float[] greatest = training(0).ToArray();
        for (int example = 0; example < count; example++)
        {
            ReadOnlySpan<float> sample = training(example);
            for (int i = 0; i < size; i++)
            {
                if (!float.IsFinite(sample[i]))
                {
                    throw new ArgumentException(FormattableString.Invariant($"Value {i} of the {what} of example {example} is {sample[i]}; expected a finite number."), nameof(training));
                }

                least[i] = Math.Min(least[i], sample[i]);
                greatest[i] = Math.Max(greatest[i], sample[i]);
            }
        }

        return (least, greatest);
    }
}
