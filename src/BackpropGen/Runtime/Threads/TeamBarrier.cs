using System.Runtime.InteropServices;
using System.Threading;

namespace BackpropGen.Runtime;

/// <summary>A place where all threads of a team wait for the last one. Nothing is allocated, and a short wait costs no system call.</summary>
internal sealed class TeamBarrier
{
    private int count;
    private Line arrived;
    private Line generation;
    private Line broken;

    /// <summary>For a new call; nobody is at the barrier.</summary>
    /// <param name="threads">How many there are.</param>
    public void Reset(int threads)
    {
        count = threads;
        arrived.Value = 0;
        broken.Value = 0;
    }

    /// <summary>Waits until all have come, or one has failed.</summary>
    public void Meet()
    {
        int before = Volatile.Read(ref generation.Value);
        if (Interlocked.Increment(ref arrived.Value) == count)
        {
            arrived.Value = 0;
            Volatile.Write(ref generation.Value, before + 1);
            return;
        }

        var patience = new Patience(count);
        while (Volatile.Read(ref generation.Value) == before && Volatile.Read(ref broken.Value) == 0)
        {
            patience.Wait();
        }
    }

    /// <summary>A thread has failed and will not come: nobody waits any more in this call.</summary>
    public void Break() => Volatile.Write(ref broken.Value, 1);

    /// <summary>A number alone on its cache lines: two of them, for the processor fetches pairs.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct Line
    {
        [FieldOffset(128)]
        public int Value;
    }
}
