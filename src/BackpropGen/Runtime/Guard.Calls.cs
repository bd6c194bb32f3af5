using System;
using System.Runtime.CompilerServices;

namespace BackpropGen.Runtime;

/// <summary>All that a member checks, in one call: the parameters' names are the contract's.</summary>
public static partial class Guard
{
    private const string Input = "input";
    private const string Output = "output";
    private const string Target = "target";
    private const string LabelsName = "labels";
    private const string InputGradientName = "inputGradient";
    private const string OutputGradientName = "outputGradient";

    /// <summary>The samples of <c>Forward</c>.</summary>
    /// <param name="input">What is read.</param>
    /// <param name="inputSize">Values per sample in it.</param>
    /// <param name="output">What is written.</param>
    /// <param name="outputSize">Values per sample in it.</param>
    /// <returns>How many there are, at least 1.</returns>
    /// <exception cref="ArgumentException">A length does not match, or the spans overlap.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Forward(ReadOnlySpan<float> input, int inputSize, ReadOnlySpan<float> output, int outputSize)
    {
        int samples = Samples(input.Length, inputSize, Input);
        Length(output.Length, samples, outputSize, Output);
        NoOverlap(output, input, Output, Input);
        return samples;
    }

    /// <summary>The samples of <c>Predict</c>.</summary>
    /// <param name="input">What is read.</param>
    /// <param name="inputSize">Values per sample in it.</param>
    /// <param name="labels">What is written.</param>
    /// <param name="positions">Labels per sample.</param>
    /// <inheritdoc cref="Forward"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Predict(ReadOnlySpan<float> input, int inputSize, ReadOnlySpan<int> labels, int positions)
    {
        int samples = Samples(input.Length, inputSize, Input);
        Length(labels.Length, samples, positions, LabelsName);
        NoOverlapOfLabels(labels, input, LabelsName, Input);
        return samples;
    }

    /// <summary>The samples of a call with a loss that reads a target.</summary>
    /// <param name="input">What is read.</param>
    /// <param name="inputSize">Values per sample in it.</param>
    /// <param name="target">What should come out.</param>
    /// <param name="outputSize">Values per sample in it.</param>
    /// <inheritdoc cref="Forward"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int WithTarget(ReadOnlySpan<float> input, int inputSize, ReadOnlySpan<float> target, int outputSize)
    {
        int samples = Samples(input.Length, inputSize, Input);
        Length(target.Length, samples, outputSize, Target);
        return samples;
    }

    /// <summary>The same, with the input's gradient.</summary>
    /// <param name="input">What is read.</param>
    /// <param name="inputSize">Values per sample in it.</param>
    /// <param name="target">What should come out.</param>
    /// <param name="outputSize">Values per sample in it.</param>
    /// <param name="inputGradient">What is written; empty where it is not asked for.</param>
    /// <inheritdoc cref="Forward"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int WithTarget(ReadOnlySpan<float> input, int inputSize, ReadOnlySpan<float> target, int outputSize, ReadOnlySpan<float> inputGradient)
    {
        int samples = WithTarget(input, inputSize, target, outputSize);
        InputGradient(inputGradient, samples, input, inputSize);
        NoOverlap(inputGradient, target, InputGradientName, Target);
        return samples;
    }

    /// <summary>The samples of a call with labels.</summary>
    /// <param name="input">What is read.</param>
    /// <param name="inputSize">Values per sample in it.</param>
    /// <param name="labels">The classes.</param>
    /// <param name="positions">Labels per sample.</param>
    /// <param name="classes">How many classes there are.</param>
    /// <inheritdoc cref="Forward"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int WithLabels(ReadOnlySpan<float> input, int inputSize, ReadOnlySpan<int> labels, int positions, int classes)
    {
        int samples = Samples(input.Length, inputSize, Input);
        Labels(labels, samples, positions, classes, LabelsName);
        return samples;
    }

    /// <summary>The same, with the input's gradient.</summary>
    /// <param name="input">What is read.</param>
    /// <param name="inputSize">Values per sample in it.</param>
    /// <param name="labels">The classes.</param>
    /// <param name="positions">Labels per sample.</param>
    /// <param name="classes">How many classes there are.</param>
    /// <param name="inputGradient">What is written; empty where it is not asked for.</param>
    /// <inheritdoc cref="Forward"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int WithLabels(ReadOnlySpan<float> input, int inputSize, ReadOnlySpan<int> labels, int positions, int classes, ReadOnlySpan<float> inputGradient)
    {
        int samples = WithLabels(input, inputSize, labels, positions, classes);
        InputGradient(inputGradient, samples, input, inputSize);
        NoOverlap(inputGradient, labels, InputGradientName, LabelsName);
        return samples;
    }

    /// <summary>The samples of a call with a loss that reads no target.</summary>
    /// <param name="input">What is read.</param>
    /// <param name="inputSize">Values per sample in it.</param>
    /// <param name="target">Empty.</param>
    /// <inheritdoc cref="Forward"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int WithoutTarget(ReadOnlySpan<float> input, int inputSize, ReadOnlySpan<float> target)
    {
        int samples = Samples(input.Length, inputSize, Input);
        NoTarget(target.Length, Target);
        return samples;
    }

    /// <summary>The same, with the input's gradient.</summary>
    /// <param name="input">What is read.</param>
    /// <param name="inputSize">Values per sample in it.</param>
    /// <param name="target">Empty.</param>
    /// <param name="inputGradient">What is written; empty where it is not asked for.</param>
    /// <inheritdoc cref="Forward"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int WithoutTarget(ReadOnlySpan<float> input, int inputSize, ReadOnlySpan<float> target, ReadOnlySpan<float> inputGradient)
    {
        int samples = WithoutTarget(input, inputSize, target);
        InputGradient(inputGradient, samples, input, inputSize);
        return samples;
    }

    /// <summary>The samples of <c>BackwardFrom</c>.</summary>
    /// <param name="input">What is read.</param>
    /// <param name="inputSize">Values per sample in it.</param>
    /// <param name="outputGradient">dL/doutput.</param>
    /// <param name="outputSize">Values per sample in it.</param>
    /// <param name="inputGradient">What is written; empty where it is not asked for.</param>
    /// <inheritdoc cref="Forward"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int BackwardFrom(ReadOnlySpan<float> input, int inputSize, ReadOnlySpan<float> outputGradient, int outputSize, ReadOnlySpan<float> inputGradient)
    {
        int samples = Samples(input.Length, inputSize, Input);
        Length(outputGradient.Length, samples, outputSize, OutputGradientName);
        InputGradient(inputGradient, samples, input, inputSize);
        NoOverlap(inputGradient, outputGradient, InputGradientName, OutputGradientName);
        return samples;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void InputGradient(ReadOnlySpan<float> inputGradient, int samples, ReadOnlySpan<float> input, int inputSize)
    {
        OptionalLength(inputGradient.Length, samples, inputSize, InputGradientName);
        NoOverlap(inputGradient, input, InputGradientName, Input);
    }
}
