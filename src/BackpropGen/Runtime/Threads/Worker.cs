using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Threading;

namespace BackpropGen.Runtime;

/// <summary>
/// A background thread that works for one team after another. It keeps nothing of a team that has let it go, so that a network that
/// nobody uses any more is collected; and after a while without work it ends.
/// </summary>
internal sealed class Worker
{
    /// <summary>How long a worker stays that nobody needs, in milliseconds.</summary>
    public const int IdleMilliseconds = 1_000;

    private const int Free = 0;
    private const int Leased = 1;
    private const int Gone = 2;

    // How long it asks for work before it sleeps, a millisecond: to be woken takes up to 100 µs, and between two steps of a training there is
    // often less than that. Others get the core meanwhile, if they want it.
    private static readonly long SpinTicks = System.Environment.ProcessorCount > 1 ? Stopwatch.Frequency / 1_000 : 0;

    private readonly object gate = new();
    private readonly int place;
    private int state = Leased;
    private int ticket;
    private int isAsleep;
    private ThreadTeam? team;
    private int index;

    /// <summary>A worker that its maker has leased already.</summary>
    /// <param name="place">Its place among the workers.</param>
    public Worker(int place) => this.place = place;

    /// <summary>Starts the thread.</summary>
    public void Start()
    {
        var thread = new Thread(Run) { IsBackground = true, Name = "BackpropGen worker" };
#if NETSTANDARD2_0
        if (ExecutionContext.IsFlowSuppressed())
        {
            thread.Start();
            return;
        }

        // Nothing of the caller's context is to live as long as the thread.
        using (ExecutionContext.SuppressFlow())
        {
            thread.Start();
        }
#else
        // Nothing of the caller's context is to live as long as the thread.
        thread.UnsafeStart();
#endif
    }

    /// <summary>Takes the worker if nobody has it.</summary>
    public bool TryLease() => Volatile.Read(ref state) == Free && Interlocked.CompareExchange(ref state, Leased, Free) == Free;

    /// <summary>Gives the worker something to do; whoever calls this has leased it.</summary>
    public void Begin(ThreadTeam toWorkFor, int share)
    {
        team = toWorkFor;
        index = share;

        // A full fence: either the worker sees the ticket before it sleeps, or it is seen to sleep here.
        Interlocked.Increment(ref ticket);
        if (Volatile.Read(ref isAsleep) != 0)
        {
            lock (gate)
            {
                Monitor.Pulse(gate);
            }
        }
    }

    /// <summary>Lets the worker go, when it has done its share.</summary>
    public void Release()
    {
        team = null;
        Volatile.Write(ref state, Free);
    }

    private void Run()
    {
        for (int done = 0; HasWork(done); done++)
        {
            Work();
        }

        WorkerPool.Remove(this, place);
    }

    // A frame of its own: in the other one, a reference to the team might stay.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Work() => team!.Work(index);

    private bool HasWork(int done)
    {
        long start = Stopwatch.GetTimestamp();
        var patience = new Patience(2);
        while (Volatile.Read(ref ticket) == done)
        {
            if (Stopwatch.GetTimestamp() - start > SpinTicks)
            {
                return Sleep(done);
            }

            patience.Wait();
        }

        return true;
    }

    private bool Sleep(int done)
    {
        lock (gate)
        {
            Interlocked.Exchange(ref isAsleep, 1);
            while (Volatile.Read(ref ticket) == done)
            {
                if (!Monitor.Wait(gate, IdleMilliseconds) && Interlocked.CompareExchange(ref state, Gone, Free) == Free)
                {
                    return false;
                }
            }

            Volatile.Write(ref isAsleep, 0);
            return true;
        }
    }
}
