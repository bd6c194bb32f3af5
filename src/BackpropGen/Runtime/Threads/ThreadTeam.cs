using System;
using System.ComponentModel;
using System.Runtime.ExceptionServices;
using System.Threading;

namespace BackpropGen.Runtime;

/// <summary>
/// The threads that work on one call of a network: the caller's, and workers that are leased for the call. Each runs the same code on
/// its own share, and they wait for each other where one reads what another has written. A team belongs to one network, works on one
/// call at a time, and allocates nothing in a call.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed unsafe class ThreadTeam
{
    /// <summary>The most threads that a network may have.</summary>
    public const int MostThreads = 256;

    /// <summary>The most groups of samples whose sums are kept at once.</summary>
    public const int MostGroups = 1024;

    private readonly Worker?[] workers;
    private readonly TeamBarrier barrier = new();
    private readonly double[] sums = new double[MostGroups];
    private int isTaken;
    private int done;
    private int firstGroup;
    private ExceptionDispatchInfo? failure;

    // The call that is worked on.
    private TeamWork? work;
    private InferenceWork? inference;
    private int piece;
    private int granule;
    private int first;
    private int last;
    private float* input;
    private int inputLength;
    private float* values;
    private int valuesLength;
    private int* labels;
    private int labelsLength;
    private float* inputGradient;
    private int inputGradientLength;

    internal ThreadTeam(NetworkMemory memory, int threads)
    {
        Memory = memory;
        workers = new Worker?[threads - 1];
    }

    /// <summary>The network's memory.</summary>
    public NetworkMemory Memory { get; }

    /// <summary>The samples of the call.</summary>
    public int Samples { get; private set; }

    /// <summary>The call's input.</summary>
    public ReadOnlySpan<float> Input => new(input, inputLength);

    /// <summary>The call's target or gradient of the output.</summary>
    public Span<float> Values => new(values, valuesLength);

    /// <summary>The call's labels.</summary>
    public Span<int> Labels => new(labels, labelsLength);

    /// <summary>Where the gradient of the input goes; empty where it is not wanted.</summary>
    public Span<float> InputGradient => new(inputGradient, inputGradientLength);

    /// <summary>Inference: the first value of the call's input.</summary>
    internal float* InferenceInput { get; private set; }

    /// <summary>Inference: the first value of the call's output, target or labels.</summary>
    internal void* InferenceOther { get; private set; }

    /// <summary>Inference: what is kept of a sample, in floats.</summary>
    internal int FloatsPerSample { get; private set; }

    /// <summary>
    /// The fewest multiply-adds of a call that is worth waking others for: at some 100 a nanosecond, ten times what a dozen waits for each
    /// other cost.
    /// </summary>
    internal static long FewestMultiplyAdds { get; set; } = 1 << 20;

    /// <summary>How many threads it may have.</summary>
    internal int Threads => workers.Length + 1;

    /// <summary>How many threads work on this call.</summary>
    internal int Count { get; private set; } = 1;

    /// <summary>Works on a call whose threads share the samples among themselves as they go; it may not begin again before it ends.</summary>
    /// <param name="part">What each thread does.</param>
    /// <param name="samples">The samples of the call.</param>
    /// <param name="input">Its input.</param>
    /// <param name="values">Its target or gradient of the output.</param>
    /// <param name="labels">Its labels.</param>
    /// <param name="inputGradient">Where the gradient of the input goes.</param>
    /// <returns>What the caller's own thread returned.</returns>
    public double Train(TeamWork part, int samples, ReadOnlySpan<float> input, ReadOnlySpan<float> values, ReadOnlySpan<int> labels, Span<float> inputGradient)
    {
        try
        {
            fixed (float* inputPointer = input, valuesPointer = values, gradientPointer = inputGradient)
            fixed (int* labelsPointer = labels)
            {
                Take(part, samples, inputPointer, input.Length, valuesPointer, values.Length, labelsPointer, labels.Length);
                this.inputGradient = gradientPointer;
                inputGradientLength = inputGradient.Length;
                return Run();
            }
        }
        finally
        {
            Release();
        }
    }

    /// <summary>Works on what is no call with samples: a step of the optimizer.</summary>
    /// <param name="part">What each thread does.</param>
    public void Step(TeamWork part) => Train(part, 0, default, default, default, default);

    /// <summary>Works on a call whose samples are independent of each other: each thread has a range of them.</summary>
    /// <param name="part">What each thread does.</param>
    /// <param name="samples">The samples of the call.</param>
    /// <param name="piece">How many samples a thread works on at once; ranges of more threads than one begin where such a piece does, or inside it.</param>
    /// <param name="samplesPerGroup">Ranges begin at multiples of this, and sums are kept of so many.</param>
    /// <param name="floatsPerSample">What is kept of a sample, in floats.</param>
    /// <param name="input">The first value of the call's input.</param>
    /// <param name="other">The first value of its output, target or labels.</param>
    /// <returns>The sum of what was kept.</returns>
    internal double Infer<T>(InferenceWork part, int samples, int piece, int samplesPerGroup, int floatsPerSample, ref float input, ref T other)
        where T : unmanaged
    {
        try
        {
            fixed (float* inputPointer = &input)
            fixed (T* otherPointer = &other)
            {
                inference = part;
                this.piece = piece;
                granule = samplesPerGroup;
                FloatsPerSample = floatsPerSample;
                InferenceInput = inputPointer;
                InferenceOther = otherPointer;
                double total = 0.0;
                int most = Math.Max(1, MostGroups * samplesPerGroup / piece) * piece;
                for (int start = 0; start < samples; start = last)
                {
                    first = start;
                    last = start + Math.Min(most, samples - start);
                    firstGroup = start / granule;
                    Run();
                    total = Gather(total, (last - start + granule - 1) / granule);
                }

                return total;
            }
        }
        finally
        {
            Release();
        }
    }

    /// <summary>Where a range of a thread begins: each has as many whole granules, give or take one, and the last one what is left as well.</summary>
    internal static int Bound(int thread, int threads, int extent, int granule)
    {
        int granules = Math.Max(1, extent / granule);
        return thread == threads ? extent : (int)((long)granules * thread / threads) * granule;
    }

    /// <summary>Leases workers for a call; null where it is too small, or where there are none, or where the team is at work for another thread.</summary>
    /// <param name="multiplyAdds">How much work the call is.</param>
    internal ThreadTeam? Gather(long multiplyAdds)
    {
        if (multiplyAdds < FewestMultiplyAdds || Volatile.Read(ref isTaken) != 0 || Interlocked.CompareExchange(ref isTaken, 1, 0) != 0)
        {
            return null;
        }

        Count = 1 + WorkerPool.Lease(workers);
        if (Count > 1)
        {
            return this;
        }

        Volatile.Write(ref isTaken, 0);
        return null;
    }

    /// <summary>What a worker does.</summary>
    internal void Work(int index)
    {
        try
        {
            Part(index);
        }
        catch (Exception exception)
        {
            Fail(exception);
        }
        finally
        {
            Interlocked.Increment(ref done);
        }
    }

    internal void Meet() => barrier.Meet();

    internal void Keep(int group, double sum) => sums[group - firstGroup] = sum;

    internal double Gather(double total, int groups)
    {
        for (int i = 0; i < groups; i++)
        {
            total += sums[i];
        }

        return total;
    }

    // A thread's part of the call.
    private double Part(int index)
    {
        if (work is not null)
        {
            return work(this, new TeamShare(this, index));
        }

        int samples = last - first;
        inference!(this, new InferenceShare(this, first + Bound(index, Count, samples, granule), first + Bound(index + 1, Count, samples, granule), piece));
        return 0.0;
    }

    private void Take(TeamWork part, int samples, float* inputPointer, int inputCount, float* valuesPointer, int valuesCount, int* labelsPointer, int labelsCount)
    {
        work = part;
        Samples = samples;
        firstGroup = 0;
        input = inputPointer;
        inputLength = inputCount;
        values = valuesPointer;
        valuesLength = valuesCount;
        labels = labelsPointer;
        labelsLength = labelsCount;
    }

    // All threads, from the first that begins to the last that ends: before that, nobody may let go of the memory.
    private double Run()
    {
        barrier.Reset(Count);
        done = 0;
        for (int i = 1; i < Count; i++)
        {
            workers[i - 1]!.Begin(this, i);
        }

        double result = 0.0;
        try
        {
            result = Part(0);
        }
        catch (Exception exception)
        {
            Fail(exception);
        }

        var patience = new Patience(Count);
        while (Volatile.Read(ref done) != Count - 1)
        {
            patience.Wait();
        }

        if (failure is { } thrown)
        {
            failure = null;
            thrown.Throw();
        }

        return result;
    }

    // The first of several.
    private void Fail(Exception exception)
    {
        Interlocked.CompareExchange(ref failure, ExceptionDispatchInfo.Capture(exception), null);
        barrier.Break();
    }

    private void Release()
    {
        for (int i = 0; i < Count - 1; i++)
        {
            workers[i]!.Release();
            workers[i] = null;
        }

        work = null;
        inference = null;
        InferenceInput = null;
        InferenceOther = null;
        input = null;
        values = null;
        labels = null;
        inputGradient = null;
        inputLength = valuesLength = labelsLength = inputGradientLength = 0;
        Volatile.Write(ref isTaken, 0);
    }
}
