using System;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using BackpropGen.Data;

namespace BackpropGen.Training;

/// <summary>Some examples, gathered in one place, and what a network does with them. Nothing is allocated after <see cref="Allocate"/>.</summary>
internal abstract class Batch
{
    // A piece for examining, in input values: large enough to keep the kernels busy, small enough for a cache.
    private const int PieceValues = 1 << 18;

    private const int PieceSamples = 256;

    private readonly Examples examples;
    private float[] inputs = [];
    private float[] outputs = [];

    protected Batch(ITrainable network, Examples examples, string what)
    {
        this.examples = examples;
        What = what;
        Declared = network as IDeclaredLoss;
        InputSize = network.InputSize;
    }

    /// <summary>What the outputs are; after <see cref="Check"/>.</summary>
    public MetricShape Shape { get; private set; } = null!;

    /// <summary>How many examples there are to gather from.</summary>
    public int ExampleCount => examples.Count;

    /// <summary>How many examples have room.</summary>
    public int Capacity { get; private set; }

    /// <summary>How many examples are gathered.</summary>
    public int Count { get; private set; }

    /// <summary>How the examples are called in messages: training, validation.</summary>
    protected string What { get; }

    /// <summary>What the network says of its loss.</summary>
    protected IDeclaredLoss? Declared { get; }

    protected int InputSize { get; }

    /// <summary>The gathered inputs, [<see cref="Count"/>, inputs].</summary>
    public ReadOnlySpan<float> Inputs => inputs.AsSpan(0, Count * InputSize);

    /// <summary>Where the gathered examples' outputs go, [<see cref="Count"/>, outputs].</summary>
    protected Span<float> Outputs => outputs.AsSpan(0, Count * Shape.OutputSize);

    /// <summary>Throws where the examples do not fit the network, or are no numbers.</summary>
    /// <param name="checksValues">Whether every value is looked at.</param>
    public void Check(bool checksValues)
    {
        if (examples.Count == 0)
        {
            throw new ArgumentException($"The {What} set is empty; expected at least one example.", What);
        }

        if (examples.InputSize != InputSize)
        {
            throw new ArgumentException(FormattableString.Invariant($"The {What} examples have {examples.InputSize} input values each; the network takes {InputSize}."), What);
        }

        Shape = CheckTargets(checksValues);
        if (!checksValues)
        {
            return;
        }

        for (int i = 0; i < examples.Count; i++)
        {
            RequireFinite(examples.Input(i), i, "Input");
        }
    }

    /// <summary>How many samples to examine at a time.</summary>
    /// <param name="atLeast">Not fewer than so many.</param>
    public int PieceSize(int atLeast) => Math.Max(atLeast, Math.Clamp(PieceValues / InputSize, 1, PieceSamples));

    /// <summary>Makes room.</summary>
    /// <param name="capacity">For how many examples.</param>
    public virtual void Allocate(int capacity)
    {
        Capacity = capacity;
        inputs = new float[checked(capacity * InputSize)];
        outputs = new float[checked(capacity * Shape.OutputSize)];
    }

    /// <summary>Takes examples in.</summary>
    /// <param name="order">Which.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Gather(ReadOnlySpan<int> order)
    {
        Count = order.Length;
        examples.CopyInputs(order, inputs.AsSpan(0, order.Length * InputSize));
        GatherTargets(order);
    }

    /// <summary>A step of training on what is gathered; returns the loss from before it.</summary>
    public abstract float TrainStep();

    /// <summary>The gradients of what is gathered; returns the loss.</summary>
    public abstract float Backward();

    /// <summary>The loss of what is gathered.</summary>
    public abstract float Loss();

    /// <summary>The outputs of what is gathered, next to what they should be.</summary>
    public abstract MetricBatch Examine();

    /// <summary>The first value that is not finite among the gathered targets; -1 where there is none.</summary>
    public abstract int FindNonFiniteTarget();

    /// <summary>Of all examples, to know them again.</summary>
    public string Hash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (int i = 0; i < examples.Count; i++)
        {
            hash.AppendData(System.Runtime.InteropServices.MemoryMarshal.AsBytes(examples.Input(i)));
            AppendTarget(hash, i);
        }

        return Convert.ToHexString(hash.GetHashAndReset(), 0, 8).ToLowerInvariant();
    }

    protected abstract MetricShape CheckTargets(bool checksValues);

    protected abstract void GatherTargets(ReadOnlySpan<int> order);

    protected abstract void AppendTarget(IncrementalHash hash, int example);

    protected void RequireFinite(ReadOnlySpan<float> values, int example, string role)
    {
        int column = NonFinite.IndexIn(values);
        if (column >= 0)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"{role} column {column} of {What} example {example} is {NonFinite.InWords(values[column])} (both from 0). Mend or drop it, or set ChecksExamples = false to train all the same."),
                What);
        }
    }
}
