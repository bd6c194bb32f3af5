using System;
using System.Threading;

namespace BackpropGen.Runtime;

/// <summary>
/// The workers of all networks of the process. One pool, and not one for every network: a network holds no thread, so that none is left
/// behind when it is abandoned; and where many networks train at once, there are not more workers than cores for them. A team that
/// finds too few works with fewer, and alone where there is none: the result is the same.
/// </summary>
internal static class WorkerPool
{
    private static readonly Worker?[] Places = new Worker?[ThreadTeam.MostThreads - 1];

    /// <summary>How many workers there are.</summary>
    public static int Count
    {
        get
        {
            int count = 0;
            for (int i = 0; i < Places.Length; i++)
            {
                count += Volatile.Read(ref Places[i]) is null ? 0 : 1;
            }

            return count;
        }
    }

    /// <summary>
    /// Leases as many workers as are wanted and free, and makes new ones as long as there are not more than cores (the caller's own is one
    /// of these), or than are wanted. Everyone tries the places in the same order: who asks alone gets the same workers every time, with
    /// what their caches hold.
    /// </summary>
    /// <param name="workers">Receives them; its length is how many are wanted.</param>
    /// <returns>How many there are.</returns>
    public static int Lease(Worker?[] workers)
    {
        int leased = 0;
        int most = Math.Min(Places.Length, Math.Max(workers.Length, Environment.ProcessorCount - 1));
        for (int i = 0; i < most && leased < workers.Length; i++)
        {
            Worker? worker = Volatile.Read(ref Places[i]);
            if (worker is null ? (worker = Make(i)) is not null : worker.TryLease())
            {
                workers[leased++] = worker;
            }
        }

        return leased;
    }

    /// <summary>A worker that ends has no place any more.</summary>
    public static void Remove(Worker worker, int place) => Interlocked.CompareExchange(ref Places[place], null, worker);

    // Null where somebody else was first, or where there is no thread to be had.
    private static Worker? Make(int place)
    {
        var worker = new Worker(place);
        if (Interlocked.CompareExchange(ref Places[place], worker, null) is not null)
        {
            return null;
        }

        try
        {
            worker.Start();
            return worker;
        }
        catch (Exception exception) when (exception is OutOfMemoryException or ThreadStartException or PlatformNotSupportedException)
        {
            Remove(worker, place);
            return null;
        }
    }
}
