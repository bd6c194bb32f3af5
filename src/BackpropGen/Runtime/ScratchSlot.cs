using System.Runtime.CompilerServices;
using System.Threading;

namespace BackpropGen.Runtime;

/// <summary>A place in a <see cref="ScratchList"/>: a buffer, and whether somebody has it.</summary>
internal sealed class ScratchSlot
{
    /// <summary>The following slot; written once, from null.</summary>
    public ScratchSlot? Next;

    private int taken;

    /// <summary>Read and written by whoever has the slot; null until somebody had it.</summary>
    public AlignedBuffer? Buffer { get; set; }

    /// <summary>A new slot that its maker already has.</summary>
    public static ScratchSlot Taken() => new() { taken = 1 };

    /// <summary>Takes the slot if nobody has it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryTake() =>
        // The plain read first: a taken slot then stays in the caches of all who pass by.
        Volatile.Read(ref taken) == 0 && Interlocked.CompareExchange(ref taken, 1, 0) == 0;

    /// <summary>Gives the slot back, with all that was written to its buffer.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Release() => Volatile.Write(ref taken, 0);
}
