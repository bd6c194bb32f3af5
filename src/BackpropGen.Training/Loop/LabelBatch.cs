using System;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using BackpropGen.Data;

namespace BackpropGen.Training;

internal sealed class LabelBatch<TNetwork>(TNetwork network, LabelExamples examples, string what) : Batch(network, examples, what)
    where TNetwork : ILabelTrainable
{
    private int[] labels = [];

    private ReadOnlySpan<int> Labels => labels.AsSpan(0, Count * examples.TargetSize);

    public override void Allocate(int capacity)
    {
        base.Allocate(capacity);
        labels = new int[checked(capacity * examples.TargetSize)];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override float TrainStep() => network.TrainStep(Inputs, Labels);

    public override float Backward() => network.Backward(Inputs, Labels);

    public override float Loss() => network.Loss(Inputs, Labels);

    public override MetricBatch Examine()
    {
        network.Forward(Inputs, Outputs);
        return new MetricBatch(Shape, Count, Outputs, default, Labels);
    }

    public override int FindNonFiniteTarget() => -1;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void GatherTargets(ReadOnlySpan<int> order) => examples.CopyTargets(order, labels.AsSpan(0, order.Length * examples.TargetSize));

    protected override void AppendTarget(IncrementalHash hash, int example) =>
        hash.AppendData(System.Runtime.InteropServices.MemoryMarshal.AsBytes(examples.Target(example)));

    protected override MetricShape CheckTargets(bool checksValues)
    {
        int classes = Declared is { Classes: > 0 } ? Declared.Classes : network.OutputSize / examples.TargetSize;
        if (classes == 0 || examples.TargetSize != network.OutputSize / classes)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"The {What} examples have {examples.TargetSize} labels each; the network takes {network.OutputSize / Math.Max(classes, 1)}, one for each {classes} of its {network.OutputSize} outputs."),
                What);
        }

        // Always: a network would refuse such a label in the middle of an epoch.
        for (int i = 0; i < examples.Count; i++)
        {
            foreach (int label in examples.Target(i))
            {
                if ((uint)label >= (uint)classes)
                {
                    throw new ArgumentException(
                        FormattableString.Invariant($"The label of {What} example {i} is {label}; the network tells {classes} classes apart: expected a label in [0, {classes})."),
                        What);
                }
            }
        }

        return new MetricShape(network.OutputSize, true, classes, Declared is { ClassStride: > 0 } ? Declared.ClassStride : 1, []);
    }
}
