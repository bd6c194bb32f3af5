using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Threading;

namespace BackpropGen.Runtime;

/// <summary>
/// Buffers of one size for inference on many threads at once, without a lock. Each further thread that is inside at the same moment
/// allocates one buffer, once; from then on nothing is allocated.
/// </summary>
/// <remarks>
/// Slots are appended and never removed, and a slot is free or taken by a flag of its own: no pointer is ever swung back, so that there
/// is no ABA problem. Everyone tries the slots in the same order, first to last; k threads then never need more than k slots (M. Moir,
/// J. H. Anderson, "Wait-free algorithms for fast, long-lived renaming", Science of Computer Programming 25, 1995).
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ScratchList
{
    private readonly int bufferLength;
    private readonly ScratchSlot first = new();

    /// <summary>Makes a list; its first buffer is allocated at once, so that a single thread never allocates later.</summary>
    /// <param name="bufferLength">Floats per buffer, 0 or more.</param>
    /// <exception cref="System.ArgumentOutOfRangeException"><paramref name="bufferLength"/> is negative, or beyond what an array holds.</exception>
    public ScratchList(int bufferLength)
    {
        this.bufferLength = bufferLength;
        first.Buffer = new AlignedBuffer(bufferLength);
    }

    /// <summary>Floats per buffer.</summary>
    public int BufferLength => bufferLength;

    /// <summary>How many slots there are: the most threads that were inside at the same moment, and at least 1.</summary>
    public int Count
    {
        get
        {
            int count = 1;
            for (ScratchSlot? slot = Volatile.Read(ref first.Next); slot is not null; slot = Volatile.Read(ref slot.Next))
            {
                count++;
            }

            return count;
        }
    }

    /// <summary>
    /// Takes a buffer that nobody else has until the lease is disposed. Its contents are whatever was left in it. Dispose a lease exactly
    /// once: <c>using var scratch = list.Rent();</c>.
    /// </summary>
    /// <exception cref="System.OutOfMemoryException">A further buffer is needed and there is no memory for it; the list stays usable.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ScratchLease Rent() => new(first.TryTake() ? first : RentFurther());

    /// <summary>Allocates now what so many threads at once would allocate later.</summary>
    /// <param name="threads">How many, 1 or more.</param>
    /// <exception cref="System.OutOfMemoryException">There is no memory for it; the list stays usable.</exception>
    public void Reserve(int threads)
    {
        using ScratchLease lease = Rent();
        if (threads > 1)
        {
            Reserve(threads - 1);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private ScratchSlot RentFurther()
    {
        ScratchSlot slot = first;
        ScratchSlot? spare = null;
        do
        {
            ScratchSlot? next = Volatile.Read(ref slot.Next);
            if (next is null)
            {
                // Appended as taken. Its buffer follows when the place in the list is certain: who loses the race has made a small
                // object too many and not a workspace.
                spare ??= ScratchSlot.Taken();
                next = Interlocked.CompareExchange(ref slot.Next, spare, null);
                if (next is null)
                {
                    slot = spare;
                    break;
                }
            }

            slot = next;
        }
        while (!slot.TryTake());

        if (slot.Buffer is null)
        {
            Allocate(slot);
        }

        return slot;
    }

    private void Allocate(ScratchSlot slot)
    {
        try
        {
            slot.Buffer = new AlignedBuffer(bufferLength);
        }
        finally
        {
            if (slot.Buffer is null)
            {
                // Free again, without a buffer: whoever takes it next tries anew.
                slot.Release();
            }
        }
    }
}
