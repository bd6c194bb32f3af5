using System;
using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BackpropGen.Runtime;

/// <summary>
/// Lends inference the memory in which it keeps what it computes on the way: on the caller's stack, since it may run on many threads at
/// once. Nobody clears it. What a method has of its own on the stack the language clears first, which takes up to 300 ns for 32 KB, and
/// twice the time of a whole small network where these stores and the loads of parameters agree in the last 12 bits of their addresses.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class Inference
{
    /// <summary>What is lent of the stack at most, in floats: 32 KB. More than that the network's memory has, for each thread.</summary>
    public const int MostFloatsOnStack = 8 * 1024;

#if NET8_0_OR_GREATER
    // What a local of 4 KB holds beside its alignment.
    private static int FewFloats => (sizeof(Twice<Twice<Twice<Twice<Twice<Twice<Twice<Twice<Floats128>>>>>>>>) / sizeof(float)) - AlignedBuffer.Slack;
#endif

    /// <summary>Works on a call's samples, of which each thread has a range. The call is part of the caller.</summary>
    /// <typeparam name="TPieces">What is done with a range.</typeparam>
    /// <typeparam name="T">What a call has beside its input.</typeparam>
    /// <param name="samples">The samples of the call.</param>
    /// <param name="multiplyAdds">What a sample takes: with the number of samples, whether the call is worth waking others; 0 where it is never shared.</param>
    /// <param name="piece">How many samples a thread works on at once.</param>
    /// <param name="granule">Ranges begin at multiples of this, and sums are kept of so many.</param>
    /// <param name="floatsPerSample">What is kept of a sample, in floats.</param>
    /// <param name="inputs">Their input.</param>
    /// <param name="others">Their output, target or labels.</param>
    /// <param name="memory">The network's memory.</param>
    /// <returns>The total of a loss; 0 where there is none.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Run<TPieces, T>(int samples, int multiplyAdds, int piece, int granule, int floatsPerSample, ReadOnlySpan<float> inputs, ReadOnlySpan<T> others, NetworkMemory memory)
        where TPieces : struct, IPieces<T>
        where T : unmanaged
    {
        // The pieces know which of them they may write to.
        ref float input = ref MemoryMarshal.GetReference(inputs);
        ref T other = ref MemoryMarshal.GetReference(others);
        if (memory.Gather(samples, multiplyAdds) is { } threads)
        {
            return threads.Infer(Shared<TPieces, T>.Work, samples, piece, granule, floatsPerSample, ref input, ref other);
        }

        var all = new InferenceShare(null, 0, samples, piece);
        return floatsPerSample == 0 ? default(TPieces).Run(ref input, ref other, ref input, memory, in all)
            : OnRange<TPieces, T>(in all, floatsPerSample, ref input, ref other, memory);
    }

#if NET8_0_OR_GREATER
    /// <inheritdoc cref="Run{TScratch, TSamples, T}(int, ref float, ref T, NetworkMemory)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Run<TScratch, TSamples, T>(int samples, ReadOnlySpan<float> input, ReadOnlySpan<T> other, NetworkMemory memory)
        where TScratch : struct
        where TSamples : struct, ISamples<T> =>
        Run<TScratch, TSamples, T>(samples, ref MemoryMarshal.GetReference(input), ref MemoryMarshal.GetReference(other), memory);

    /// <summary>Works on a few samples. The call is part of the caller.</summary>
    /// <typeparam name="TScratch">Memory for 16 floats more than are wanted.</typeparam>
    /// <typeparam name="TSamples">What is done with them.</typeparam>
    /// <typeparam name="T">What a call has beside its input.</typeparam>
    /// <param name="samples">How many.</param>
    /// <param name="input">The first value of their input.</param>
    /// <param name="other">The first value of their output, target or labels.</param>
    /// <param name="memory">The network's memory.</param>
    /// <returns>The total of a loss; 0 where there is none.</returns>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Run<TScratch, TSamples, T>(int samples, ref float input, ref T other, NetworkMemory memory)
        where TScratch : struct
        where TSamples : struct, ISamples<T>
    {
        // A local, and no array: the runtime guards those, which takes an eighth of what 8-16-16-2 does.
        Unsafe.SkipInit(out TScratch scratch);
        return default(TSamples).Run(samples, ref input, ref other, ref Unsafe.AsRef<float>(AlignedBuffer.Align((float*)Unsafe.AsPointer(ref scratch))), memory);
    }
#endif

    // What it calls may be a part of it, and then this says what is not cleared. Beside a few narrow samples it shows how it is compiled.
    [SkipLocalsInit]
#if NET8_0_OR_GREATER
    [MethodImpl(KernelOptions.OnItsOwn)]
#else
    [MethodImpl(MethodImplOptions.NoInlining)]
#endif
    private static double OnRange<TPieces, T>(in InferenceShare share, int floatsPerSample, ref float input, ref T other, NetworkMemory memory)
        where TPieces : struct, IPieces<T>
    {
#if NET8_0_OR_GREATER
        if (share.Rows * floatsPerSample <= FewFloats)
        {
            return OnLittleStack<TPieces, T>(in share, ref input, ref other, memory);
        }
#endif

        if (share.Rows * floatsPerSample <= MostFloatsOnStack)
        {
            return OnStack<TPieces, T>(in share, floatsPerSample, ref input, ref other, memory);
        }

        using ScratchLease lease = memory.Scratch.Rent();
        return default(TPieces).Run(ref input, ref other, ref lease.Reference, memory, in share);
    }

#if NET8_0_OR_GREATER
    // A local, as for a few samples: what an array takes shows beside a handful of them.
    [SkipLocalsInit]
    private static double OnLittleStack<TPieces, T>(in InferenceShare share, ref float input, ref T other, NetworkMemory memory)
        where TPieces : struct, IPieces<T>
    {
        Unsafe.SkipInit(out Twice<Twice<Twice<Twice<Twice<Twice<Twice<Twice<Floats128>>>>>>>> scratch);
        return default(TPieces).Run(ref input, ref other, ref Unsafe.AsRef<float>(AlignedBuffer.Align((float*)Unsafe.AsPointer(ref scratch))), memory, in share);
    }
#endif

    [SkipLocalsInit]
    private static double OnStack<TPieces, T>(in InferenceShare share, int floatsPerSample, ref float input, ref T other, NetworkMemory memory)
        where TPieces : struct, IPieces<T>
    {
        float* stack = stackalloc float[(share.Rows * floatsPerSample) + AlignedBuffer.Slack];
        return default(TPieces).Run(ref input, ref other, ref Unsafe.AsRef<float>(AlignedBuffer.Align(stack)), memory, in share);
    }

    /// <summary>What a thread does that shares the call with others.</summary>
    private static class Shared<TPieces, T>
        where TPieces : struct, IPieces<T>
        where T : unmanaged
    {
        public static readonly InferenceWork Work = static (team, share) =>
            OnRange<TPieces, T>(in share, team.FloatsPerSample, ref *team.InferenceInput, ref *(T*)team.InferenceOther, team.Memory);
    }
}
