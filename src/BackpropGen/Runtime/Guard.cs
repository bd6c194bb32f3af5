using System;
using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
#if NET8_0_OR_GREATER
using System.Numerics;
#endif

namespace BackpropGen.Runtime;

/// <summary>
/// What generated methods check before they write anything. A message says what was given, what was expected and what to do;
/// <see cref="ArgumentException.ParamName"/> is the parameter at fault. A check that passes costs a comparison or two: throwing stands apart.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class Guard
{
    /// <summary>The number of samples in a span: at least one, and whole.</summary>
    /// <param name="length">The span's length.</param>
    /// <param name="valuesPerSample">Values per sample, at least 1.</param>
    /// <param name="parameter">The span's name.</param>
    /// <returns><paramref name="length"/> / <paramref name="valuesPerSample"/>, at least 1.</returns>
    /// <exception cref="ArgumentException">The span is empty, or its last sample is not complete.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Samples(int length, int valuesPerSample, string parameter)
    {
        // Unsigned: with a constant divisor, a multiplication and a shift.
        uint samples = (uint)length / (uint)valuesPerSample;
        if (samples == 0 || samples * (uint)valuesPerSample != (uint)length)
        {
            ThrowSamples(length, valuesPerSample, parameter);
        }

        return (int)samples;
    }

    /// <summary>Whether there is nothing to object to in a call with one sample: both spans hold one, in memory of their own.</summary>
    /// <param name="input">What is read.</param>
    /// <param name="inputSize">Values per sample in it.</param>
    /// <param name="output">What is written.</param>
    /// <param name="outputSize">Values per sample in it.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsOneSample(ReadOnlySpan<float> input, int inputSize, ReadOnlySpan<float> output, int outputSize)
    {
        if (input.Length != inputSize || output.Length != outputSize)
        {
            return false;
        }

        // They overlap where the distance is above −(bytes written) and below the bytes read: unsigned, one comparison.
        long distance = (long)Unsafe.ByteOffset(ref MemoryMarshal.GetReference(input), ref MemoryMarshal.GetReference(output));
        long written = (long)outputSize * sizeof(float);
        return (ulong)(distance + written - 1) >= (ulong)((long)inputSize * sizeof(float) + written - 1);
    }

    /// <summary>A span has exactly so many values.</summary>
    /// <param name="length">The span's length.</param>
    /// <param name="samples">How many samples the call is about.</param>
    /// <param name="valuesPerSample">Values per sample.</param>
    /// <param name="parameter">The span's name.</param>
    /// <exception cref="ArgumentException">The length is another one.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Length(int length, int samples, int valuesPerSample, string parameter)
    {
        if (length != (long)samples * valuesPerSample)
        {
            ThrowLength(length, samples, valuesPerSample, parameter);
        }
    }

    /// <summary>A span has exactly so many values, or none: then it is not asked for.</summary>
    /// <param name="length">The span's length.</param>
    /// <param name="samples">How many samples the call is about.</param>
    /// <param name="valuesPerSample">Values per sample.</param>
    /// <param name="parameter">The span's name.</param>
    /// <exception cref="ArgumentException">The length is another one, and not 0.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void OptionalLength(int length, int samples, int valuesPerSample, string parameter)
    {
        if (length != 0 && length != (long)samples * valuesPerSample)
        {
            ThrowOptionalLength(length, samples, valuesPerSample, parameter);
        }
    }

    /// <summary>There are as many labels as positions, and each is a class.</summary>
    /// <param name="labels">The labels.</param>
    /// <param name="samples">How many samples the call is about.</param>
    /// <param name="positionsPerSample">Labels per sample: 1, or the product of the axes that the loss leaves alone.</param>
    /// <param name="classes">How many classes there are; labels are in [0, <paramref name="classes"/>).</param>
    /// <param name="parameter">The span's name.</param>
    /// <exception cref="ArgumentException">There are more or fewer labels, or one is not a class: the message names it and its index.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Labels(ReadOnlySpan<int> labels, int samples, int positionsPerSample, int classes, string parameter)
    {
        if (labels.Length != (long)samples * positionsPerSample)
        {
            ThrowLabelCount(labels.Length, samples, positionsPerSample, parameter);
        }

        if (!AllBelow(labels, (uint)classes))
        {
            ThrowLabel(labels, classes, parameter);
        }
    }

    /// <summary>No target is given, for the loss reads none.</summary>
    /// <param name="length">The span's length.</param>
    /// <param name="parameter">The span's name.</param>
    /// <exception cref="ArgumentException">The length is not 0.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void NoTarget(int length, string parameter)
    {
        if (length != 0)
        {
            ThrowNoTarget(length, parameter);
        }
    }

    /// <summary>What is written shares no memory with what is read, or with what else is written.</summary>
    /// <param name="written">A span that the call writes.</param>
    /// <param name="other">A span that it reads or writes.</param>
    /// <param name="parameter">The name of <paramref name="written"/>.</param>
    /// <param name="otherParameter">The name of <paramref name="other"/>.</param>
    /// <exception cref="ArgumentException">The spans overlap.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void NoOverlap(ReadOnlySpan<float> written, ReadOnlySpan<float> other, string parameter, string otherParameter)
    {
        if (written.Overlaps(other))
        {
            ThrowOverlap(parameter, otherParameter);
        }
    }

    /// <inheritdoc cref="NoOverlap(ReadOnlySpan{float}, ReadOnlySpan{float}, string, string)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void NoOverlap(ReadOnlySpan<float> written, ReadOnlySpan<int> other, string parameter, string otherParameter)
    {
        if (MemoryMarshal.Cast<float, int>(written).Overlaps(other))
        {
            ThrowOverlap(parameter, otherParameter);
        }
    }

    /// <inheritdoc cref="NoOverlap(ReadOnlySpan{float}, ReadOnlySpan{float}, string, string)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void NoOverlapOfLabels(ReadOnlySpan<int> written, ReadOnlySpan<float> other, string parameter, string otherParameter)
    {
        if (written.Overlaps(MemoryMarshal.Cast<float, int>(other)))
        {
            ThrowOverlap(parameter, otherParameter);
        }
    }

    /// <summary>Whether every label, seen without its sign, is below a bound: so a negative one is not.</summary>
    private static bool AllBelow(ReadOnlySpan<int> labels, uint bound)
    {
        int i = 0;
#if NET8_0_OR_GREATER
        if (labels.Length >= Vector<uint>.Count)
        {
            ReadOnlySpan<Vector<uint>> vectors = MemoryMarshal.Cast<int, Vector<uint>>(labels);
            Vector<uint> largest = vectors[0];
            foreach (Vector<uint> vector in vectors)
            {
                largest = Vector.Max(largest, vector);
            }

            if (Vector.GreaterThanOrEqualAny(largest, new Vector<uint>(bound)))
            {
                return false;
            }

            i = vectors.Length * Vector<uint>.Count;
        }
#endif
        for (; i < labels.Length; i++)
        {
            if ((uint)labels[i] >= bound)
            {
                return false;
            }
        }

        return true;
    }

    [DoesNotReturn]
    private static void ThrowSamples(int length, int valuesPerSample, string parameter) =>
        throw new ArgumentException(
            length == 0
                ? Text("'{0}' is empty: pass at least one sample, {1} values.", parameter, valuesPerSample)
                : Text(
                    "'{0}' has {1} values, but a sample has {2}: pass a multiple of {2}, such as {3}.",
                    parameter,
                    length,
                    valuesPerSample,
                    (long)Math.Max(1, length / valuesPerSample) * valuesPerSample),
            parameter);

    [DoesNotReturn]
    private static void ThrowLength(int length, int samples, int valuesPerSample, string parameter) =>
        throw new ArgumentException(
            Text(
                "'{0}' has {1} values: pass exactly {2}, that is {3} {4} of {5}.",
                parameter,
                length,
                (long)samples * valuesPerSample,
                samples,
                samples == 1 ? "sample" : "samples",
                valuesPerSample),
            parameter);

    [DoesNotReturn]
    private static void ThrowOptionalLength(int length, int samples, int valuesPerSample, string parameter) =>
        throw new ArgumentException(
            Text(
                "'{0}' has {1} values: pass exactly {2}, that is {3} {4} of {5}, or none if it is not asked for.",
                parameter,
                length,
                (long)samples * valuesPerSample,
                samples,
                samples == 1 ? "sample" : "samples",
                valuesPerSample),
            parameter);

    [DoesNotReturn]
    private static void ThrowLabelCount(int length, int samples, int positionsPerSample, string parameter) =>
        throw new ArgumentException(
            Text(
                "'{0}' has {1} labels: pass exactly {2}, that is {3} for each of {4} {5}.",
                parameter,
                length,
                (long)samples * positionsPerSample,
                positionsPerSample,
                samples,
                samples == 1 ? "sample" : "samples"),
            parameter);

    [DoesNotReturn]
    private static void ThrowLabel(ReadOnlySpan<int> labels, int classes, string parameter)
    {
        int index = 0;
        while ((uint)labels[index] < (uint)classes)
        {
            index++;
        }

        throw new ArgumentException(
            Text(
                "'{0}' has label {1} at index {2}, but there are {3} classes: pass labels from 0 to {4}.",
                parameter,
                labels[index],
                index,
                classes,
                classes - 1),
            parameter);
    }

    [DoesNotReturn]
    private static void ThrowNoTarget(int length, string parameter) =>
        throw new ArgumentException(
            Text("'{0}' has {1} values, but the loss reads no target: pass 'default'.", parameter, length),
            parameter);

    [DoesNotReturn]
    private static void ThrowOverlap(string parameter, string otherParameter) =>
        throw new ArgumentException(
            Text("'{0}' is written to and overlaps '{1}': give each memory of its own.", parameter, otherParameter),
            parameter);

    private static string Text(string format, params object[] arguments) =>
        string.Format(CultureInfo.InvariantCulture, format, arguments);
}
